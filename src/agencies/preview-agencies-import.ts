import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { badField, badFields } from '../platform/errors.js';
import { readTable, TABLE_LIMITS, type Table } from '../platform/spreadsheets/index.js';
import { AGENCY_COLUMNS, readAgencyRow, type AgencyColumn, type AgencyReading } from '../rules/agency-import.js';
import type { CivilDate } from '../rules/civil-date.js';
import { findHeadings } from '../rules/headings.js';
import { AgencyImportsRepository, type AgencyCounts } from './agency-imports.repository.js';
import { AgencyTree } from './agency-tree.js';
import { planImport } from './plan-agencies-import.js';

const MOST_AGENCIES = 20_000;

export interface AgenciesFile {
  path: string;
  size: number;
  name: string;
  sha256: string;
}

/** Reads a list of agencies and shows what it would do. Nothing is applied. */
@Injectable()
export class PreviewAgenciesImport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tree: AgencyTree,
    private readonly imports: AgencyImportsRepository,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @param roots the parts of the tree that the importer may change; null for the operator of the machine
   * @param effective from when rows hold that do not say so themselves
   * @throws Refusal on the field `file` where it cannot be read or lacks a column
   */
  async run(
    file: AgenciesFile,
    roots: readonly number[] | null,
    by: number | null,
    effective: CivilDate | null = null,
  ): Promise<number> {
    const table = await readTable(file, { ...TABLE_LIMITS, rows: MOST_AGENCIES });
    const readings = await readAgencies(table);
    return this.database.inTransaction(async (tx) => {
      const today = this.clock.today();
      const plan = planImport(readings, await this.tree.versions(tx), { today, effective, roots });
      const counts: AgencyCounts = { new: 0, changed: 0, unchanged: 0, error: 0 };
      for (const row of plan.rows) counts[row.outcome] += 1;
      const stored = plan.rows.map((row, index) => {
        const { problems: _problems, ...reading } = readings[index] as AgencyReading;
        return { ...row, reading };
      });
      const id = await this.imports.add(tx, {
        fileName: file.name,
        sha256: file.sha256,
        counts,
        stored: { today, effective, rows: stored },
        by,
        at: this.clock.now(),
      });
      await this.audit.record(tx, {
        action: 'agency-import.previewed',
        subjectKind: 'agency-import',
        subjectId: id,
        details: { ...counts },
      });
      return id;
    });
  }
}

async function readAgencies(table: Table): Promise<AgencyReading[]> {
  const headings = findHeadings<AgencyColumn>(table.header, AGENCY_COLUMNS);
  if (headings.twice.length > 0)
    throw badFields(headings.twice.map((column) => ({ field: 'file', code: 'column-twice', params: { column } })));
  const has = (column: AgencyColumn) => headings.at[column] !== undefined;
  const missing = [
    ...(['code', 'type'] as const).filter((column) => !has(column)),
    ...(has('name_vi') || has('full_name_vi') ? [] : ['name_vi']),
  ];
  if (missing.length > 0)
    throw badFields(missing.map((column) => ({ field: 'file', code: 'column-missing', params: { column } })));
  const readings: AgencyReading[] = [];
  for await (const row of table.rows) readings.push(readAgencyRow(row.line, row.cells, headings, row.problems));
  if (readings.length === 0) throw badField('file', 'file-empty');
  return readings;
}
