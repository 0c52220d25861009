import { Injectable } from '@nestjs/common';
import { Agencies } from '../agencies/index.js';
import { AuditTrail } from '../platform/audit.js';
import type { Tx } from '../platform/database/sql.js';
import { badField, notFound } from '../platform/errors.js';
import { Facts } from '../platform/facts.js';
import { Targets } from '../programmes/index.js';
import { civilDateOf, type CivilDate } from '../rules/civil-date.js';
import { scopeRoots } from '../rules/scope.js';
import type { TargetGroup } from '../rules/target-groups.js';
import { CandidatesRepository, type CandidateQuery } from './candidates.repository.js';
import { CohortsRepository, type Cohort } from './cohorts.repository.js';
import type { Who } from './create-cohort.js';

/** Everyone of a kind, as the roster stands at the moment of assigning: the rule is asked once and not kept. */
export interface MemberRule {
  group?: TargetGroup;
  /** Code of the class's agency or one below it; with everything under it. */
  agency?: string;
  notYetTrained: boolean;
}
export interface Members { people?: readonly number[]; rule?: MemberRule }

/** The target that "not yet trained" asks about. */
export const ASKED_TARGET = 't70-2030';

/**
 * Gives a class to people of its agency and below. Only posts that count today: no one on long leave, no post that has
 * ended. All of the people named or nobody.
 */
@Injectable()
export class AssignPeople {
  constructor(
    private readonly agencies: Agencies,
    private readonly targets: Targets,
    private readonly cohorts: CohortsRepository,
    private readonly candidates: CandidatesRepository,
    private readonly facts: Facts,
    private readonly audit: AuditTrail,
  ) {}

  /** @returns who was added; those who were in the class already are not among them */
  async run(tx: Tx, who: Who, cohortId: number, members: Members, now: Date): Promise<number[]> {
    const today = civilDateOf(now);
    const cohort = await this.cohorts.find(tx, cohortId, scopeRoots(who.grants, 'cohorts.manage'), today);
    if (!cohort) throw notFound('cohort-not-found');
    await this.cohorts.lock(tx, cohortId);
    const query = members.rule
      ? await this.queryOf(tx, cohort, members.rule, today)
      : await this.named(tx, cohort, members.people ?? [], today);

    const added = await this.candidates.enrol(tx, query, who.accountId, now);
    if (added.length === 0) return added;
    await this.audit.record(tx, {
      action: 'cohort.people-assigned', subjectKind: 'cohort', subjectId: cohortId, agencyId: cohort.agencyId,
      details: { people: added, ...(members.rule ? { rule: { ...members.rule } } : {}) },
    });
    await this.facts.publish(tx, 'people-enrolled', { cohortId, personIds: added, at: now });
    return added;
  }

  /** What a rule comes to, for the preview and for the assignment alike. */
  async queryOf(tx: Tx, cohort: Cohort, rule: MemberRule, on: CivilDate): Promise<CandidateQuery> {
    const agencyId = rule.agency ? await this.agencyBelow(tx, cohort, rule.agency, on) : cohort.agencyId;
    // Before any target is published nobody holds it, and everybody is still to be trained.
    const target = rule.notYetTrained ? await this.targets.find(tx, ASKED_TARGET) : null;
    const notTrainedFor = target ? { target: target.target, ruleVersion: target.ruleVersion } : undefined;
    return { cohortId: cohort.id, agencyId, on, group: rule.group, notTrainedFor };
  }

  private async named(tx: Tx, cohort: Cohort, people: readonly number[], on: CivilDate): Promise<CandidateQuery> {
    const distinct = [...new Set(people)];
    const query = { cohortId: cohort.id, agencyId: cohort.agencyId, on, people: distinct };
    if (distinct.length === 0) throw badField('people', 'nobody-ticked');
    const found = await this.candidates.count(tx, query);
    // Of another agency, on leave, no longer in post, or not there at all: one answer, which tells nothing about others.
    const missing = distinct.length - found.people;
    if (missing > 0) throw badField('people', 'people-not-assignable', { count: missing });
    return query;
  }

  private async agencyBelow(tx: Tx, cohort: Cohort, code: string, on: CivilDate): Promise<number> {
    const agency = await this.agencies.findByCode(tx, code, on);
    const below = agency !== null && await this.agencies.inScope(tx, agency.id, [cohort.agencyId], on);
    if (!below) throw badField('agency', 'agency-not-in-scope');
    return agency.id;
  }
}
