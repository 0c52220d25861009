import { Injectable } from '@nestjs/common';
import { first, rows, type Tx } from '../platform/database/sql.js';
import type { AgencyOutcome, AgencyReading, PlannedAgencyRow } from '../rules/agency-import.js';
import type { CivilDate } from '../rules/civil-date.js';

export type AgencyCounts = Record<AgencyOutcome, number>;

export interface AgencyImportRow extends PlannedAgencyRow {
  reading: Omit<AgencyReading, 'problems'>;
}

export interface AgencyImport {
  id: number;
  fileName: string;
  status: 'previewed' | 'confirmed' | 'discarded';
  counts: AgencyCounts;
  createdBy: number | null;
  createdAt: Date;
  confirmedAt: Date | null;
}

/** What the file said and on which day it was read: enough to reckon the same again at confirmation. */
export interface StoredRows {
  today: CivilDate;
  effective: CivilDate | null;
  rows: AgencyImportRow[];
}

const COLUMNS = `id, file_name AS "fileName", status, counts, created_by AS "createdBy", created_at AS "createdAt",
  confirmed_at AS "confirmedAt"`;

@Injectable()
export class AgencyImportsRepository {
  async add(
    tx: Tx,
    entry: { fileName: string; sha256: string; counts: AgencyCounts; stored: StoredRows; by: number | null; at: Date },
  ): Promise<number> {
    const [row] = await rows<{ id: number }>(
      tx,
      `INSERT INTO agency_import (file_name, file_sha256, status, counts, rows, created_by, created_at)
       VALUES ($1, $2, 'previewed', $3, $4, $5, $6) RETURNING id`,
      [entry.fileName, entry.sha256, entry.counts, JSON.stringify(entry.stored), entry.by, entry.at]);
    return row?.id as number;
  }

  find(tx: Tx, id: number): Promise<AgencyImport | null> {
    return first<AgencyImport>(tx, `SELECT ${COLUMNS} FROM agency_import WHERE id = $1`, [id]);
  }

  lock(tx: Tx, id: number): Promise<(AgencyImport & { rows: StoredRows }) | null> {
    return first(tx, `SELECT ${COLUMNS}, rows FROM agency_import WHERE id = $1 FOR UPDATE`, [id]);
  }

  async confirmed(tx: Tx, id: number, by: number | null, at: Date): Promise<void> {
    await tx.query(
      `UPDATE agency_import SET status = 'confirmed', confirmed_by = $2, confirmed_at = $3 WHERE id = $1`,
      [id, by, at],
    );
  }

  /** A page of the rows of one import, in the order of the file; `after` is the place of the last row seen. */
  async rows(
    tx: Tx,
    id: number,
    page: { outcome?: AgencyOutcome; after: number; limit: number },
  ): Promise<(AgencyImportRow & { place: number })[]> {
    const found = await rows<{ place: number; row: AgencyImportRow }>(
      tx,
      `SELECT r.place::int AS place, r.row FROM agency_import i, jsonb_array_elements(i.rows -> 'rows') WITH ORDINALITY AS r (row, place)
        WHERE i.id = $1 AND r.place > $2 AND ($3::text IS NULL OR r.row ->> 'outcome' = $3) ORDER BY r.place LIMIT $4`,
      [id, page.after, page.outcome ?? null, page.limit]);
    return found.map(({ place, row }) => ({ ...row, place }));
  }

  /** The latest imports, newest first. */
  latest(tx: Tx, by: number | null, limit = 20): Promise<AgencyImport[]> {
    return rows<AgencyImport>(
      tx,
      `SELECT ${COLUMNS} FROM agency_import WHERE ($1::bigint IS NULL OR created_by = $1) ORDER BY id DESC LIMIT $2`,
      [by, limit],
    );
  }
}
