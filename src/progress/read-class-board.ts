import { Injectable } from '@nestjs/common';
import { ReadCohorts, type Cohort, type CohortTime, type Who } from '../cohorts/index.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { readCursor, writeCursor } from '../platform/http/cursors.js';
import { civilDateOf } from '../rules/civil-date.js';
import { scopeRoots } from '../rules/scope.js';
import {
  ClassBoardRepository, type ClassCounts, type ClassMember, type MemberCursor, type MemberFilter,
} from './class-board.repository.js';

export interface BoardWish { state?: MemberFilter; q?: string; cursor?: string; limit?: number }

export interface ClassBoard {
  cohort: Cohort;
  /** Of the whole class. */
  counts: ClassCounts;
  /** How many match what was asked for. */
  found: number;
  items: ClassMember[];
  next: string | null;
}

export const NOBODY: ClassCounts = { total: 0, done: 0, waiting: 0, studying: 0, notBegun: 0, moved: 0, late: 0 };
const PAGE = 50;
const CLASSES = 20;
const EXPORTED_AT_ONCE = 2_000;

/** The board of a class and the list of classes: one query serves the screen, the API, the CSV and the XLSX. */
@Injectable()
export class ReadClassBoard {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cohorts: ReadCohorts,
    private readonly boards: ClassBoardRepository,
  ) {}

  async list(who: Who, wish: { time: CohortTime; cursor?: string }) {
    const { items, next } = await this.cohorts.list(who, { ...wish, limit: CLASSES });
    const counts = await this.boards.counts(this.database.reader, items.map((cohort) => cohort.id),
      scopeRoots(who.grants, 'cohorts.read'), this.clock.today());
    return { items: items.map((cohort) => ({ cohort, counts: counts.get(cohort.id) ?? NOBODY })), next };
  }

  /** @throws Refusal 404 when there is no such class within reach */
  async board(who: Who, cohortId: number, wish: BoardWish, now: Date): Promise<ClassBoard> {
    const cohort = await this.cohorts.find(who, cohortId, 'cohorts.read');
    return { cohort, ...(await this.page(who, cohortId, wish, now)) };
  }

  /** Everybody who matches, read piece by piece while somebody takes them. */
  async* everybody(who: Who, cohortId: number, wish: BoardWish, now: Date): AsyncGenerator<ClassMember> {
    let cursor: string | undefined;
    do {
      const { items, next } = await this.page(who, cohortId, { ...wish, cursor, limit: EXPORTED_AT_ONCE }, now);
      yield* items;
      cursor = next ?? undefined;
    } while (cursor);
  }

  private async page(who: Who, cohortId: number, wish: BoardWish, now: Date) {
    const limit = wish.limit ?? PAGE;
    const found = await this.boards.page(this.database.reader, {
      cohortId, roots: scopeRoots(who.grants, 'cohorts.read'), on: civilDateOf(now), state: wish.state, q: wish.q,
      after: readCursor<MemberCursor>(wish.cursor, 'sn'), limit: limit + 1,
    });
    const items = found.items.slice(0, limit);
    const last = items.at(-1);
    const next = found.items.length > limit && last ? writeCursor([last.sortName, last.personId]) : null;
    return { ...found, items, next };
  }
}
