import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';
import type { CivilDate } from '../rules/civil-date.js';
import type { TargetGroup } from '../rules/target-groups.js';
import type { Piece } from '../rules/timeline.js';
import type { Measure } from './declare-headcount.js';

export interface HeadcountPiece extends Piece<{ headcount: number }> {
  id: number;
}

export interface DeclaredHeadcount {
  measure: Measure;
  group: TargetGroup | null;
  headcount: number;
  from: CivilDate;
  to: CivilDate;
  recordedAt: Date;
}

@Injectable()
export class HeadcountsRepository {
  async pieces(tx: Tx, agencyId: number, measure: Measure, group: TargetGroup | null): Promise<HeadcountPiece[]> {
    const found = await rows<{ id: number; headcount: number; from: CivilDate; to: CivilDate }>(tx,
      `SELECT id, headcount, valid_from AS "from", valid_to AS "to" FROM headcount_declaration
        WHERE agency_id = $1 AND measure = $2 AND target_group IS NOT DISTINCT FROM $3 AND superseded_at = 'infinity' ORDER BY valid_from`,
      [agencyId, measure, group]);
    return found.map(({ id, from, to, headcount }) => ({ id, from, to, facts: { headcount } }));
  }

  /** Everything that an agency has declared and that is believed now, latest first. */
  ofAgency(tx: Tx, agencyId: number): Promise<DeclaredHeadcount[]> {
    return rows(
      tx,
      `SELECT measure, target_group AS "group", headcount, valid_from AS "from", valid_to AS "to", recorded_at AS "recordedAt"
      FROM headcount_declaration WHERE agency_id = $1 AND superseded_at = 'infinity' ORDER BY valid_from DESC, measure, target_group LIMIT 200`,
      [agencyId],
    );
  }

  async supersede(tx: Tx, ids: readonly number[], at: Date): Promise<void> {
    await tx.query('UPDATE headcount_declaration SET superseded_at = $2 WHERE id = ANY($1)', [ids, at]);
  }

  async write(
    tx: Tx,
    agencyId: number,
    measure: Measure,
    group: TargetGroup | null,
    pieces: readonly Piece<{ headcount: number }>[],
    by: number | null,
    at: Date,
  ): Promise<void> {
    await tx.query(
      `INSERT INTO headcount_declaration (agency_id, measure, target_group, headcount, valid_from, valid_to, recorded_at, recorded_by)
       SELECT $1, $2, $3, h.*, $7, $8 FROM unnest($4::int[], $5::date[], $6::date[]) AS h`,
      [
        agencyId,
        measure,
        group,
        pieces.map((piece) => piece.facts.headcount),
        pieces.map((piece) => piece.from),
        pieces.map((piece) => piece.to),
        at,
        by,
      ],
    );
  }
}
