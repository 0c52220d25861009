import { Injectable } from '@nestjs/common';
import { Agencies } from '../agencies/index.js';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { badField } from '../platform/errors.js';
import { Facts } from '../platform/facts.js';
import { FOREVER, type CivilDate } from '../rules/civil-date.js';
import type { TargetGroup } from '../rules/target-groups.js';
import { difference, pieceOn, revise } from '../rules/timeline.js';
import { HeadcountsRepository, type HeadcountPiece } from './headcounts.repository.js';
import './roster.facts.js';

/** `officials` and `officials-informed` make the 100 % awareness target; `establishment` stands beside the roster. */
export const MEASURES = ['establishment', 'officials', 'officials-informed'] as const;
export type Measure = (typeof MEASURES)[number];

export interface Headcount {
  agencyCode: string;
  measure: Measure;
  /** For the establishment of one group; null: of the agency. */
  group: TargetGroup | null;
  headcount: number;
  from: CivilDate;
}

/**
 * An agency declares a number that holds from a day until the next that is declared. Its own only: nothing is summed
 * into it.
 */
@Injectable()
export class DeclareHeadcount {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly agencies: Agencies,
    private readonly headcounts: HeadcountsRepository,
    private readonly facts: Facts,
    private readonly audit: AuditTrail,
  ) {}

  async run(declared: Headcount, roots: readonly number[], by: number | null): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const today = this.clock.today();
      const agency = await this.agencies.findByCode(tx, declared.agencyCode, today);
      if (!agency || !(await this.agencies.inScope(tx, agency.id, roots, today))) {
        throw badField('agency', 'agency-unknown', { code: declared.agencyCode });
      }
      await tx.query('SELECT 1 FROM agency WHERE id = $1 FOR UPDATE', [agency.id]);
      const group = declared.measure === 'establishment' ? declared.group : null;
      if (declared.measure === 'officials-informed') await this.checkInformed(tx, agency.id, declared);
      const standing = await this.headcounts.pieces(tx, agency.id, declared.measure, group);
      const next = standing.find((piece) => piece.from > declared.from)?.from ?? FOREVER;
      const wanted = revise(standing, declared.from, next, () => ({ headcount: declared.headcount }));
      const { drop, add } = difference<{ headcount: number }, HeadcountPiece>(standing, wanted);
      if (drop.length + add.length === 0) return;
      await this.headcounts.supersede(tx, drop.map((piece) => piece.id), this.clock.now());
      await this.headcounts.write(tx, agency.id, declared.measure, group, add, by, this.clock.now());
      await this.audit.record(tx, {
        action: 'headcount.declared', subjectKind: 'agency', subjectId: agency.id, agencyId: agency.id,
        details: { measure: declared.measure, group, headcount: declared.headcount, from: declared.from },
      });
      await this.facts.publish(tx, 'roster-changed', { agencyIds: [agency.id], personIds: [] });
    });
  }

  /** More people informed than there are officials is a slip of the pen. */
  private async checkInformed(
    tx: Parameters<HeadcountsRepository['pieces']>[0],
    agencyId: number,
    declared: Headcount,
  ): Promise<void> {
    const officials = pieceOn(await this.headcounts.pieces(tx, agencyId, 'officials', null), declared.from)?.facts
      .headcount;
    if (officials !== undefined && declared.headcount > officials)
      throw badField('headcount', 'informed-more-than-officials', { officials });
  }
}
