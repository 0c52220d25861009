import { Injectable } from '@nestjs/common';
import { Agencies } from '../agencies/index.js';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { badField, badFields, conflict } from '../platform/errors.js';
import type { Decision } from '../rules/roster-plan.js';
import { readRosterFields, type RosterColumn } from '../rules/roster-reading.js';
import { ApplyRosterPlan } from './apply-roster-plan.js';
import { IdentityKeeper } from './identity.js';
import { PlanRosterImport } from './plan-roster-import.js';

export type AddedPerson = { personId: number; postId: number } | { candidates: number[] };

/** One person by form: the very same reading and matching as a file of one row, so that nobody is entered twice. */
@Injectable()
export class AddPerson {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly agencies: Agencies,
    private readonly identity: IdentityKeeper,
    private readonly planner: PlanRosterImport,
    private readonly apply: ApplyRosterPlan,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @returns the person and the new post, or the people who may be meant, for somebody to decide
   * @throws Refusal naming every field that is wrong; 409 `person-already-there` when the post is there already
   */
  async run(
    fields: Partial<Record<RosterColumn, string>>,
    roots: readonly number[],
    decision?: Decision,
  ): Promise<AddedPerson> {
    return this.database.inTransaction(async (tx) => {
      const today = this.clock.today();
      const code = (fields.agency_code ?? '').trim().toUpperCase();
      const agency = code ? await this.agencies.findByCode(tx, code, today) : null;
      const reading = readRosterFields(1, fields, {
        today,
        agencyCode: '',
        seal: (digits) => this.identity.seal(digits),
      });
      const problems = reading.problems.map(({ column, ...problem }) => ({ field: column, ...problem }));
      if (!code) problems.push({ field: 'agency_code', code: 'required' });
      else if (!agency || !(await this.agencies.inScope(tx, agency.id, roots, today))) {
        problems.push({ field: 'agency_code', code: 'agency-unknown', params: { code } });
      }
      if (problems.length > 0 || !agency) throw badFields(problems);
      const decisions = decision === undefined ? undefined : new Map([[1, decision]]);
      const plan = await this.planner.plan(tx, [reading], { agencyId: agency.id, roots }, 'update', decisions);
      const row = plan.rows[0];
      if (!row) throw new Error('A reading without a row.');
      if (row.outcome === 'duplicate' && row.candidates.length > 0) return { candidates: row.candidates };
      const wrong = row.problems.filter((problem) => problem.code !== 'identity-kept');
      if (wrong.length > 0) throw badFields(wrong.map(({ column, ...problem }) => ({ field: column, ...problem })));
      if (row.outcome !== 'new' || row.write === null) throw conflict('person-already-there');
      const applied = await this.apply.run(tx, plan, null);
      const personId = applied.personIds.get(row.personId as number) ?? (row.personId as number);
      const postId = applied.postIds[row.write];
      if (postId === undefined) throw badField('from', 'required');
      await this.audit.record(tx, {
        action: 'person.added',
        subjectKind: 'person',
        subjectId: personId,
        agencyId: agency.id,
        details: { postId },
      });
      return { personId, postId };
    });
  }
}
