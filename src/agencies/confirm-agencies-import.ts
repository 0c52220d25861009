import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { conflict, notFound } from '../platform/errors.js';
import { same, difference, type Piece } from '../rules/timeline.js';
import { AgencyImportsRepository, type AgencyCounts } from './agency-imports.repository.js';
import { AgencyTree, type AgencyFacts, type StandingVersion } from './agency-tree.js';
import { planImport } from './plan-agencies-import.js';

/** Applies a list of agencies that was shown before. Confirming twice applies it once. */
@Injectable()
export class ConfirmAgenciesImport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tree: AgencyTree,
    private readonly imports: AgencyImportsRepository,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @throws Refusal 404 when the import is not of this account (`by`; null for the operator sees all);
   *   409 `import-stale` when the tree has changed since and the file would now do something else
   */
  async run(importId: number, roots: readonly number[] | null, by: number | null): Promise<AgencyCounts> {
    return this.database.inTransaction(async (tx) => {
      await this.tree.lock(tx);
      const entry = await this.imports.lock(tx, importId);
      if (!entry || (by !== null && entry.createdBy !== by)) throw notFound();
      if (entry.status === 'confirmed') return entry.counts;
      const versions = await this.tree.versions(tx);
      const { today, effective, rows } = entry.rows;
      const plan = planImport(
        rows.map((row) => ({ ...row.reading, problems: row.problems })),
        versions,
        { today, effective, roots },
      );
      const now = plan.rows.map(({ outcome, changes, from }) => ({ outcome, changes, from }));
      if (
        !same(
          now,
          rows.map(({ outcome, changes, from }) => ({ outcome, changes, from })),
        )
      )
        throw conflict('import-stale');

      const fresh = [...plan.timelines.keys()].filter((id) => id < 0);
      const ids = await this.tree.newAgencies(tx, fresh.length);
      const real = new Map(fresh.map((id, index) => [id, ids[index] as number]));
      const idOf = (id: number) => real.get(id) ?? id;
      const byAgency = new Map<number, StandingVersion[]>();
      for (const version of versions)
        byAgency.set(version.agencyId, [...(byAgency.get(version.agencyId) ?? []), version]);
      const drop: number[] = [];
      const add: (Piece<AgencyFacts> & { agencyId: number })[] = [];
      for (const [id, wanted] of plan.timelines) {
        const pieces = wanted.map((piece) => ({
          ...piece,
          facts: { ...piece.facts, parentId: piece.facts.parentId === null ? null : idOf(piece.facts.parentId) },
        }));
        const change = difference<AgencyFacts, StandingVersion>(byAgency.get(id) ?? [], pieces);
        drop.push(...change.drop.map((version) => version.id));
        add.push(...change.add.map((piece) => ({ ...piece, agencyId: idOf(id) })));
      }
      await this.tree.supersede(tx, drop);
      await this.tree.write(tx, add);
      await this.tree.rebuildClosure(tx);
      await this.imports.confirmed(tx, importId, by, this.clock.now());
      await this.audit.record(tx, {
        action: 'agency-import.confirmed',
        subjectKind: 'agency-import',
        subjectId: importId,
        details: { ...entry.counts },
      });
      return entry.counts;
    });
  }
}
