import { Injectable } from '@nestjs/common';
import { AuditTrail, type AuditAction } from '../platform/audit.js';
import type { Tx } from '../platform/database/sql.js';
import { badField, notFound } from '../platform/errors.js';
import { civilDateOf } from '../rules/civil-date.js';
import { scopeRoots } from '../rules/scope.js';
import { CohortsRepository } from './cohorts.repository.js';
import type { Who } from './create-cohort.js';

/** Takes people out of a class. What they have studied stays theirs, and they can be assigned again. */
@Injectable()
export class WithdrawPeople {
  constructor(private readonly cohorts: CohortsRepository, private readonly audit: AuditTrail) {}

  /** @returns who was in the class until now */
  async run(tx: Tx, who: Who, cohortId: number, people: readonly number[], now: Date): Promise<number[]> {
    if (people.length === 0) throw badField('people', 'nobody-ticked');
    const agencyId = await this.lock(tx, who, cohortId, now);
    return this.take(tx, who, cohortId, agencyId, people, now, 'cohort.people-withdrawn');
  }

  /** Undoes one assignment: all who were assigned at that moment and are still in the class. */
  async undo(tx: Tx, who: Who, cohortId: number, assignedAt: Date, now: Date): Promise<number[]> {
    const agencyId = await this.lock(tx, who, cohortId, now);
    const people = await this.cohorts.assignedAt(tx, cohortId, assignedAt);
    return this.take(tx, who, cohortId, agencyId, people, now, 'cohort.assignment-undone');
  }

  private async lock(tx: Tx, who: Who, cohortId: number, now: Date): Promise<number> {
    const cohort = await this.cohorts.find(tx, cohortId, scopeRoots(who.grants, 'cohorts.manage'), civilDateOf(now));
    if (!cohort) throw notFound('cohort-not-found');
    await this.cohorts.lock(tx, cohortId);
    return cohort.agencyId;
  }

  private async take(
    tx: Tx, who: Who, cohortId: number, agencyId: number, people: readonly number[], now: Date, action: AuditAction,
  ): Promise<number[]> {
    const gone = await this.cohorts.withdraw(tx, cohortId, people, who.accountId, now);
    if (gone.length > 0) {
      await this.audit.record(tx, { action, subjectKind: 'cohort', subjectId: cohortId, agencyId, details: { people: gone } });
    }
    return gone;
  }
}
