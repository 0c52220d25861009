import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import type { Tx } from '../platform/database/sql.js';
import { badField, notFound } from '../platform/errors.js';
import { civilDateOf, type CivilDate } from '../rules/civil-date.js';
import { scopeRoots } from '../rules/scope.js';
import { CohortsRepository } from './cohorts.repository.js';
import type { Who } from './create-cohort.js';

/** Changes what a class is called and when it is due. What it was before stands in the audit trail. */
@Injectable()
export class ChangeCohort {
  constructor(private readonly cohorts: CohortsRepository, private readonly audit: AuditTrail) {}

  async run(
    tx: Tx, who: Who, cohortId: number, wish: { title?: string; opens?: CivilDate; due?: CivilDate }, now: Date,
  ): Promise<void> {
    const today = civilDateOf(now);
    const cohort = await this.cohorts.find(tx, cohortId, scopeRoots(who.grants, 'cohorts.manage'), today);
    if (!cohort) throw notFound('cohort-not-found');
    const changed = { title: wish.title ?? cohort.title, opens: wish.opens ?? cohort.opens, due: wish.due ?? cohort.due };
    // A class that is over may still be renamed; a due date that is set anew must lie ahead.
    if (changed.due < changed.opens) throw badField('due', 'due-before-opens');
    if (changed.due !== cohort.due && changed.due < today) throw badField('due', 'due-in-past');
    if (changed.title === cohort.title && changed.opens === cohort.opens && changed.due === cohort.due) return;
    await this.cohorts.update(tx, cohortId, changed);
    await this.audit.record(tx, {
      action: 'cohort.changed', subjectKind: 'cohort', subjectId: cohortId, agencyId: cohort.agencyId,
      details: {
        before: { opens: cohort.opens, due: cohort.due }, after: { opens: changed.opens, due: changed.due },
        renamed: changed.title !== cohort.title,
      },
    });
  }
}
