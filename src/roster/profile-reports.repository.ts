import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';
import type { CivilDate } from '../rules/civil-date.js';
import { answersFor } from './scope.js';

export interface ProfileReport {
  id: number;
  personId: number;
  fullName: string;
  message: string;
  reportedAt: Date;
  settledAt: Date | null;
  answer: string | null;
}

const COLUMNS = `r.id, r.person_id AS "personId", pe.full_name AS "fullName", r.message, r.reported_at AS "reportedAt",
  r.settled_at AS "settledAt", r.answer`;

@Injectable()
export class ProfileReportsRepository {
  /** A person's own, newest first. */
  ofPerson(tx: Tx, personId: number): Promise<ProfileReport[]> {
    return rows(tx, `SELECT ${COLUMNS} FROM profile_report r JOIN person pe ON pe.id = r.person_id
      WHERE r.person_id = $1 ORDER BY r.id DESC LIMIT 20`, [personId]);
  }

  /** Of the people one answers for: open or settled, oldest open first. */
  inScope(
    tx: Tx,
    query: { roots: readonly number[]; on: CivilDate; settled: boolean; after: number; limit: number },
  ): Promise<ProfileReport[]> {
    return rows(
      tx,
      `SELECT ${COLUMNS} FROM profile_report r JOIN person pe ON pe.id = r.person_id
        WHERE (r.settled_at IS NOT NULL) = $3 AND r.id > $4
          AND ${answersFor('r.person_id', '$1', '$2::date')}
        ORDER BY r.id LIMIT $5`, [query.roots, query.on, query.settled, query.after, query.limit]);
  }

  async countOpen(tx: Tx, roots: readonly number[], on: CivilDate): Promise<number> {
    const [row] = await rows<{ n: number }>(tx,
      `SELECT count(*)::int AS n FROM profile_report r WHERE r.settled_at IS NULL
          AND ${answersFor('r.person_id', '$1', '$2::date')}`, [roots, on]);
    return row?.n ?? 0;
  }
}
