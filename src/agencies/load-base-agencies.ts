import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { Database } from '../platform/database/database.js';
import { AgencyTree } from './agency-tree.js';
import { BASE_AGENCIES } from './base-agencies.js';

/**
 * Puts the country, the central agencies and the provinces into the tree where they are missing. Runs at every start;
 * what an operator has changed since (a rename, an end) is never undone, because an agency is missing only when no
 * agency has ever held its code on that day.
 */
@Injectable()
export class LoadBaseAgencies {
  constructor(
    private readonly database: Database,
    private readonly tree: AgencyTree,
    private readonly audit: AuditTrail,
  ) {}

  /** @returns how many agencies were added */
  async run(): Promise<number> {
    return this.database.inTransaction(async (tx) => {
      await this.tree.lock(tx);
      const standing = await this.tree.versions(tx);
      const idOf = new Map<string, number>();
      const missing = BASE_AGENCIES.filter((agency) => {
        const held = standing.find((version) => version.facts.code === agency.code
          && agency.versions.some((base) => base.from < version.to && version.from < base.to));
        if (held) idOf.set(agency.code, held.agencyId);
        return !held;
      });
      if (missing.length === 0) return 0;
      const ids = await this.tree.newAgencies(tx, missing.length);
      missing.forEach((agency, index) => idOf.set(agency.code, ids[index] as number));
      await this.tree.write(
        tx,
        missing.flatMap((agency) =>
          agency.versions.map(({ from, to, ...facts }) => ({
            agencyId: idOf.get(agency.code) as number,
            from,
            to,
            facts: {
              ...facts,
              code: agency.code,
              parentId: agency.parent === null ? null : (idOf.get(agency.parent) as number),
            },
          })),
        ),
      );
      await this.tree.rebuildClosure(tx);
      await this.audit.record(tx, {
        action: 'agency.base-loaded', subjectKind: 'agency', subjectId: 'base', details: { added: missing.length },
      });
      return missing.length;
    });
  }
}
