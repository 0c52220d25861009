import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { badField, conflict, notFound } from '../platform/errors.js';
import type { Decision } from '../rules/roster-plan.js';
import { PlanRosterImport } from './plan-roster-import.js';
import { RosterImportsRepository, type RosterCounts } from './roster-imports.repository.js';
import { agencyInScope } from './scope.js';

/** A person says who is meant by rows of which only the name agreed: this one, somebody new, or leave the row out. */
@Injectable()
export class DecideRosterRows {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly planner: PlanRosterImport,
    private readonly imports: RosterImportsRepository,
    private readonly audit: AuditTrail,
  ) {}

  /** @param decisions by line; someone who is no candidate of the row is refused */
  async run(
    importId: number,
    decisions: ReadonlyMap<number, Decision>,
    roots: readonly number[],
    by: number,
  ): Promise<RosterCounts> {
    return this.database.inTransaction(async (tx) => {
      const entry = await this.imports.find(tx, importId, true);
      if (!entry || entry.createdBy !== by) throw notFound();
      await agencyInScope(tx, entry.agencyId, roots, this.clock.today());
      if (entry.status !== 'previewed') throw conflict('import-already-confirmed');
      const kept = await this.imports.all(tx, importId);
      const byLine = new Map(kept.map((row) => [row.line, row]));
      for (const [line, decision] of decisions) {
        const row = byLine.get(line);
        if (!row || (row.outcome !== 'duplicate' && !row.reading.decision))
          throw badField(`decision-${line}`, 'choice-unknown');
        if (typeof decision === 'object' && !row.reading.candidates.includes(decision.same))
          throw badField(`decision-${line}`, 'choice-unknown');
      }
      const { rows } = await this.planner.again(tx, entry, kept, roots, decisions);
      const counts = await this.imports.put(tx, importId, rows);
      await this.audit.record(tx, {
        action: 'roster-import.decided', subjectKind: 'roster-import', subjectId: importId, agencyId: entry.agencyId,
        details: { lines: [...decisions.keys()] },
      });
      return counts;
    });
  }
}
