import { Injectable } from '@nestjs/common';
import { Agencies } from '../agencies/index.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { notFound } from '../platform/errors.js';
import { readCursor, writeCursor } from '../platform/http/cursors.js';
import type { LocalText } from '../platform/texts.js';
import { Targets } from '../programmes/index.js';
import { isCivilDate } from '../rules/civil-date.js';
import { scopeRoots, type Permission } from '../rules/scope.js';
import { AssignPeople, ASKED_TARGET, type MemberRule } from './assign-people.js';
import { CandidatesRepository, type Candidate, type CandidateCursor } from './candidates.repository.js';
import { CohortsRepository, type Assignment, type Cohort, type CohortCursor, type CohortTime } from './cohorts.repository.js';
import type { Who } from './create-cohort.js';

export interface CandidateWish extends MemberRule { q?: string; cursor?: string }
export interface Choice { code: string; name: LocalText }

const PAGE = 50;
const CHOICES = 300;

/** Reading classes and who may be given them: only what stands under the reader's own agencies. */
@Injectable()
export class ReadCohorts {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly agencies: Agencies,
    private readonly targets: Targets,
    private readonly cohorts: CohortsRepository,
    private readonly candidates: CandidatesRepository,
    private readonly assign: AssignPeople,
  ) {}

  /** @throws Refusal 404 when there is no such class within reach */
  async find(who: Who, id: number, permission: Permission, tx: Tx = this.database.reader): Promise<Cohort> {
    const cohort = await this.cohorts.find(tx, id, scopeRoots(who.grants, permission), this.clock.today());
    if (!cohort) throw notFound('cohort-not-found');
    return cohort;
  }

  /** Whether the reader may also change a class that they may see. */
  mayManage(who: Who, cohort: Cohort): Promise<boolean> {
    const roots = scopeRoots(who.grants, 'cohorts.manage');
    return this.agencies.inScope(this.database.reader, cohort.agencyId, roots, this.clock.today());
  }

  async list(
    who: Who, wish: { time?: CohortTime; cursor?: string; limit?: number },
  ): Promise<{ items: Cohort[]; next: string | null }> {
    const limit = wish.limit ?? PAGE;
    const after = readCursor<CohortCursor>(wish.cursor, 'sn');
    const found = await this.cohorts.list(this.database.reader, {
      roots: scopeRoots(who.grants, 'cohorts.read'), on: this.clock.today(), time: wish.time,
      after: after && isCivilDate(after[0]) ? after : undefined, limit: limit + 1,
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return { items, next: found.length > limit && last ? writeCursor([last.due, last.id]) : null };
  }

  counts(who: Who): Promise<Record<CohortTime, number>> {
    return this.cohorts.count(this.database.reader, scopeRoots(who.grants, 'cohorts.read'), this.clock.today());
  }

  lastAssignment(cohortId: number): Promise<Assignment | null> {
    return this.cohorts.lastAssignment(this.database.reader, cohortId);
  }

  members(cohortId: number, people: readonly number[]) {
    return this.cohorts.members(this.database.reader, cohortId, people);
  }

  async assignedAt(cohortId: number, at: Date): Promise<number> {
    return (await this.cohorts.assignedAt(this.database.reader, cohortId, at)).length;
  }

  /** A page of the people who may be given a class, sorted by given name. */
  async candidatesOf(cohort: Cohort, wish: CandidateWish): Promise<{ items: Candidate[]; next: string | null; people: number }> {
    return this.database.inSnapshot(async (tx) => {
      const query = { ...(await this.assign.queryOf(tx, cohort, wish, this.clock.today())), q: wish.q };
      const { people } = await this.candidates.count(tx, query);
      const found = await this.candidates.list(tx, query, PAGE + 1, readCursor<CandidateCursor>(wish.cursor, 'sn'));
      const items = found.slice(0, PAGE);
      const last = items.at(-1);
      return { items, people, next: found.length > PAGE && last ? writeCursor([last.sortName, last.personId]) : null };
    });
  }

  /** What a rule would do now: how many it finds, how many of them are in the class already, and the first few. */
  async preview(cohort: Cohort, rule: MemberRule): Promise<{ people: number; enrolled: number; first: Candidate[] }> {
    return this.database.inSnapshot(async (tx) => {
      const query = await this.assign.queryOf(tx, cohort, rule, this.clock.today());
      return { ...(await this.candidates.count(tx, query)), first: await this.candidates.list(tx, query, 10) };
    });
  }

  /** Agencies to choose from, the highest first. A reach with more of them is narrowed by its code in the API. */
  async agencyChoices(roots: readonly number[]): Promise<Choice[]> {
    if (roots.length === 0) return [];
    const found = await this.agencies.search(this.database.reader, { on: this.clock.today(), within: roots, limit: CHOICES });
    return found.items.map(({ code, name }) => ({ code, name }));
  }

  /** What "not yet trained" refers to, in words; null before any target is published. */
  async askedTarget(): Promise<LocalText | null> {
    return (await this.targets.find(this.database.reader, ASKED_TARGET))?.title ?? null;
  }
}
