import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { conflict, notFound } from '../platform/errors.js';
import { same } from '../rules/timeline.js';
import { ApplyRosterPlan } from './apply-roster-plan.js';
import { PlanRosterImport } from './plan-roster-import.js';
import { RosterImportsRepository, type RosterCounts, type RosterImportRow } from './roster-imports.repository.js';
import { agencyInScope } from './scope.js';

const ROSTER_LOCK = 1169_03;

/** Applies a roster file that was shown before. Confirming twice applies it once. */
@Injectable()
export class ConfirmRosterImport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly planner: PlanRosterImport,
    private readonly apply: ApplyRosterPlan,
    private readonly imports: RosterImportsRepository,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @throws Refusal 404 when the import is not of this account, or its agency no longer theirs; 409 `import-stale` when
   *   the roster has changed since the preview so that the file would now do something else: the preview then shows
   *   what, and can be confirmed again
   */
  async run(importId: number, roots: readonly number[] | null, by: number | null): Promise<RosterCounts> {
    const done = await this.database.inTransaction(async (tx): Promise<RosterCounts | 'stale'> => {
      await tx.query('SELECT pg_advisory_xact_lock($1)', [ROSTER_LOCK]);
      const entry = await this.imports.find(tx, importId, true);
      if (!entry || (by !== null && entry.createdBy !== by)) throw notFound();
      if (roots) await agencyInScope(tx, entry.agencyId, roots, this.clock.today());
      if (entry.status === 'confirmed') return entry.counts;
      const kept = await this.imports.all(tx, importId);
      const { plan, rows } = await this.planner.again(tx, entry, kept, roots);
      if (!sayTheSame(kept, rows)) {
        await this.imports.put(tx, importId, rows);
        return 'stale';
      }
      const applied = await this.apply.run(tx, plan, importId);
      await this.imports.link(
        tx,
        importId,
        plan.rows
          .filter((row) => row.outcome === 'new')
          .map((row) => ({
            line: row.line,
            personId: applied.personIds.get(row.personId as number) ?? row.personId,
            postId: applied.postIds[row.write as number] ?? null,
          })),
      );
      await this.imports.confirmed(tx, importId, by, this.clock.now());
      await this.audit.record(tx, {
        action: 'roster-import.confirmed', subjectKind: 'roster-import', subjectId: importId, agencyId: entry.agencyId,
        details: { mode: entry.mode, ...entry.counts },
      });
      return entry.counts;
    });
    if (done === 'stale') throw conflict('import-stale');
    return done;
  }
}

/**
 * Whether the file would do now what the preview said. Those who leave are compared by their posts: they have no line.
 */
function sayTheSame(before: readonly RosterImportRow[], now: readonly RosterImportRow[]): boolean {
  const essence = (list: readonly RosterImportRow[]) =>
    list
      .map((row) => ({
        key: row.outcome === 'leaving' ? `post ${row.postId}` : `line ${row.line}`,
        outcome: row.outcome,
        personId: row.personId,
        postId: row.postId,
        changes: row.reading.changes,
        candidates: row.reading.candidates,
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  return same(essence(before), essence(now));
}
