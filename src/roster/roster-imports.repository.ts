import { Injectable } from '@nestjs/common';
import { first, rows, type Tx } from '../platform/database/sql.js';
import type { RowProblem } from '../rules/agency-import.js';
import type { Change, Decision, PlannedRosterRow, RosterOutcome } from '../rules/roster-plan.js';
import type { RosterReading } from '../rules/roster-reading.js';

export type RosterCounts = Record<RosterOutcome, number>;

export interface RosterImport {
  id: number;
  agencyId: number;
  mode: 'update' | 'complete';
  fileName: string;
  status: 'previewed' | 'confirmed' | 'discarded';
  counts: RosterCounts;
  createdBy: number | null;
  createdAt: Date;
  confirmedAt: Date | null;
}

/** What is kept of a row: what the file said, what it would change, who may be meant, what was decided. */
export interface StoredReading {
  /** Absent for those who are leaving, whom the file does not have, and once the retention period is over. */
  values?: Omit<RosterReading, 'line' | 'problems'>;
  /** What was wrong with the row in itself, whatever the roster says. */
  own?: RowProblem[];
  changes: Change[];
  candidates: number[];
  agencyId: number | null;
  decision?: Decision;
}

export interface RosterImportRow {
  line: number;
  outcome: RosterOutcome;
  reading: StoredReading;
  problems: RowProblem[];
  personId: number | null;
  postId: number | null;
}

const BATCH = 5_000;
const COLUMNS = `id, agency_id AS "agencyId", mode, file_name AS "fileName", status, counts, created_by AS "createdBy",
  created_at AS "createdAt", confirmed_at AS "confirmedAt"`;
const ROW = `line, outcome, reading, problems, person_id AS "personId", post_id AS "postId"`;
/** What a person must look at comes first; within one outcome, the order of the file. */
const PLACE = `(CASE outcome WHEN 'error' THEN 1 WHEN 'duplicate' THEN 2 WHEN 'leaving' THEN 3 WHEN 'changed' THEN 4 WHEN 'new' THEN 5 ELSE 6 END)`;

@Injectable()
export class RosterImportsRepository {
  async add(
    tx: Tx,
    entry: Pick<RosterImport, 'agencyId' | 'mode' | 'fileName' | 'createdBy' | 'createdAt'> & { sha256: string },
  ): Promise<number> {
    const row = await first<{ id: number }>(
      tx,
      `INSERT INTO roster_import (agency_id, mode, file_name, file_sha256, status, counts, created_by, created_at)
       VALUES ($1, $2, $3, $4, 'previewed', '{}', $5, $6) RETURNING id`,
      [entry.agencyId, entry.mode, entry.fileName, entry.sha256, entry.createdBy, entry.createdAt]);
    return row?.id as number;
  }

  find(tx: Tx, id: number, lock = false): Promise<RosterImport | null> {
    return first<RosterImport>(tx, `SELECT ${COLUMNS} FROM roster_import WHERE id = $1 ${lock ? 'FOR UPDATE' : ''}`, [
      id,
    ]);
  }

  /** Replaces the rows and counts of a preview. */
  async put(tx: Tx, id: number, list: readonly RosterImportRow[]): Promise<RosterCounts> {
    await tx.query('DELETE FROM roster_import_row WHERE import_id = $1', [id]);
    for (let start = 0; start < list.length; start += BATCH) {
      const batch = list.slice(start, start + BATCH);
      await tx.query(
        `INSERT INTO roster_import_row (import_id, line, outcome, reading, problems, person_id, post_id)
         SELECT $1, r.line, r.outcome, r.reading::jsonb, r.problems::jsonb, r.person_id, r.post_id
           FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[])
                AS r (line, outcome, reading, problems, person_id, post_id)`,
        [
          id,
          batch.map((row) => row.line),
          batch.map((row) => row.outcome),
          batch.map((row) => JSON.stringify(row.reading)),
          batch.map((row) => JSON.stringify(row.problems)),
          batch.map((row) => row.personId),
          batch.map((row) => row.postId),
        ],
      );
    }
    const counts: RosterCounts = { new: 0, changed: 0, unchanged: 0, leaving: 0, duplicate: 0, error: 0 };
    for (const row of list) counts[row.outcome] += 1;
    await tx.query('UPDATE roster_import SET counts = $2 WHERE id = $1', [id, counts]);
    return counts;
  }

  /** Every row, in the order of the file. */
  all(tx: Tx, id: number): Promise<RosterImportRow[]> {
    return rows<RosterImportRow>(tx, `SELECT ${ROW} FROM roster_import_row WHERE import_id = $1 ORDER BY line`, [id]);
  }

  page(
    tx: Tx,
    id: number,
    query: { outcome?: RosterOutcome; after: [number, number] | null; limit: number },
  ): Promise<(RosterImportRow & { place: number })[]> {
    const [place, line] = query.after ?? [null, null];
    return rows(tx,
      `SELECT ${ROW}, ${PLACE} AS place FROM roster_import_row
        WHERE import_id = $1 AND ($2::text IS NULL OR outcome = $2) AND ($3::int IS NULL OR (${PLACE}, line) > ($3::int, $4::int))
        ORDER BY ${PLACE}, line LIMIT $5`, [id, query.outcome ?? null, place, line, query.limit]);
  }

  async confirmed(tx: Tx, id: number, by: number | null, at: Date): Promise<void> {
    await tx.query(
      `UPDATE roster_import SET status = 'confirmed', confirmed_by = $2, confirmed_at = $3 WHERE id = $1`,
      [id, by, at],
    );
  }

  /** Says of each row which person and post it became. */
  async link(
    tx: Tx,
    id: number,
    links: readonly { line: number; personId: number | null; postId: number | null }[],
  ): Promise<void> {
    for (let start = 0; start < links.length; start += BATCH) {
      const batch = links.slice(start, start + BATCH);
      await tx.query(
        `UPDATE roster_import_row r SET person_id = l.person_id, post_id = l.post_id
           FROM unnest($2::int[], $3::bigint[], $4::bigint[]) AS l (line, person_id, post_id)
          WHERE r.import_id = $1 AND r.line = l.line`,
        [id, batch.map((link) => link.line), batch.map((link) => link.personId), batch.map((link) => link.postId)]);
    }
  }

  latest(tx: Tx, accountId: number, limit = 20): Promise<RosterImport[]> {
    return rows<RosterImport>(
      tx,
      `SELECT ${COLUMNS} FROM roster_import WHERE created_by = $1 ORDER BY id DESC LIMIT $2`,
      [accountId, limit],
    );
  }

  /** Empties what files said of people once nobody needs it to look a mistake up. @returns how many rows */
  async forget(tx: Tx, before: Date): Promise<number> {
    const found = await rows(tx,
      `UPDATE roster_import_row r SET reading = '{"changes": [], "candidates": [], "agencyId": null}', problems = '[]'
         FROM roster_import i WHERE i.id = r.import_id AND i.created_at < $1 AND r.reading ? 'values' RETURNING r.line`,
      [before],
    );
    return found.length;
  }
}

/** A row of a plan as it is kept. */
export function stored(
  row: PlannedRosterRow,
  reading: RosterReading | undefined,
  decision: Decision | undefined,
): RosterImportRow {
  const { line: _line, problems: own, ...values } = reading ?? { line: 0, problems: [] };
  return {
    line: row.line, outcome: row.outcome, problems: row.problems, postId: row.postId,
    personId: row.personId !== null && row.personId > 0 ? row.personId : null,
    reading: {
      ...(reading ? { values: values as StoredReading['values'], own } : {}),
      changes: row.changes,
      candidates: row.candidates,
      agencyId: row.agencyId,
      ...(decision ? { decision } : {}),
    },
  };
}

/** The reading of a kept row again, to be planned anew. */
export function readingOf(row: RosterImportRow): RosterReading | null {
  return row.reading.values ? { ...row.reading.values, line: row.line, problems: row.reading.own ?? [] } : null;
}
