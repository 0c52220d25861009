import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import type { Tx } from '../platform/database/sql.js';
import { badField, notFound } from '../platform/errors.js';
import { civilDateOf, type CivilDate } from '../rules/civil-date.js';
import { scopeRoots } from '../rules/scope.js';
import { CohortsRepository } from './cohorts.repository.js';
import type { Who } from './create-cohort.js';

/** Gives people of a class more time. The class keeps its due date; each extension is added with its reason. */
@Injectable()
export class ExtendDueDate {
  constructor(private readonly cohorts: CohortsRepository, private readonly audit: AuditTrail) {}

  /** @returns who was given more time now */
  async run(
    tx: Tx, who: Who, cohortId: number, wish: { people: readonly number[]; due: CivilDate; reason: string }, now: Date,
  ): Promise<number[]> {
    const today = civilDateOf(now);
    const roots = scopeRoots(who.grants, 'cohorts.manage');
    const cohort = await this.cohorts.find(tx, cohortId, roots, today);
    if (!cohort) throw notFound('cohort-not-found');
    if (wish.people.length === 0) throw badField('people', 'nobody-ticked');
    if (wish.due < today) throw badField('due', 'due-in-past');
    await this.cohorts.lock(tx, cohortId);

    const members = await this.cohorts.members(tx, cohortId, wish.people);
    if (members.length < new Set(wish.people).size) throw badField('people', 'people-not-in-class');
    const extended = await this.cohorts.extend(tx, cohortId, wish.people, {
      due: wish.due, reason: wish.reason, by: who.accountId, now, roots, on: today,
    });
    // The same form sent twice finds that everybody has exactly this date: done, and not a mistake.
    const done = members.every((member) => member.due === wish.due);
    if (extended.length === 0 && !done) {
      throw members.every((member) => member.due >= wish.due)
        ? badField('due', 'extension-not-later')
        : badField('people', 'people-moved-away');
    }
    if (extended.length > 0) {
      await this.audit.record(tx, {
        action: 'cohort.due-extended', subjectKind: 'cohort', subjectId: cohortId, agencyId: cohort.agencyId,
        details: { people: extended, due: wish.due },
      });
    }
    return extended;
  }
}
