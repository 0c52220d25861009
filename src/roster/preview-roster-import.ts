import { Injectable } from '@nestjs/common';
import { Agencies } from '../agencies/index.js';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { badField, badFields } from '../platform/errors.js';
import { readTable, type Table } from '../platform/spreadsheets/index.js';
import { findHeadings } from '../rules/headings.js';
import {
  readRosterRow,
  REQUIRED_COLUMNS,
  ROSTER_COLUMNS,
  type RosterColumn,
  type RosterReading,
} from '../rules/roster-reading.js';
import { IdentityKeeper } from './identity.js';
import { keptRows, PlanRosterImport } from './plan-roster-import.js';
import { RosterImportsRepository, type RosterImport } from './roster-imports.repository.js';

export interface RosterFile {
  path: string;
  size: number;
  name: string;
  sha256: string;
}

/** Reads a roster file and shows what it would do to whom. Nothing is applied. */
@Injectable()
export class PreviewRosterImport {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly agencies: Agencies,
    private readonly planner: PlanRosterImport,
    private readonly imports: RosterImportsRepository,
    private readonly identity: IdentityKeeper,
    private readonly audit: AuditTrail,
  ) {}

  /**
   * @param agencyCode whose roster it is; rows may name agencies under it
   * @param roots the parts of the tree that the importer holds; null for the operator of the machine
   * @throws Refusal on the field `agency` or `file`
   */
  async run(
    file: RosterFile,
    agencyCode: string,
    mode: RosterImport['mode'],
    roots: readonly number[] | null,
    by: number | null,
  ): Promise<number> {
    const today = this.clock.today();
    const agency = await this.agencies.findByCode(this.database.reader, agencyCode, today);
    if (!agency || (roots && !(await this.agencies.inScope(this.database.reader, agency.id, roots, today)))) {
      throw badField('agency', 'agency-unknown', { code: agencyCode });
    }
    const readings = await this.read(await readTable(file), agency.code);
    return this.database.inTransaction(async (tx) => {
      const plan = await this.planner.plan(tx, readings, { agencyId: agency.id, roots }, mode);
      const id = await this.imports.add(tx, {
        agencyId: agency.id, mode, fileName: file.name, sha256: file.sha256, createdBy: by, createdAt: this.clock.now(),
      });
      const counts = await this.imports.put(tx, id, keptRows(plan, readings));
      await this.audit.record(tx, {
        action: 'roster-import.previewed',
        subjectKind: 'roster-import',
        subjectId: id,
        agencyId: agency.id,
        details: { mode, ...counts },
      });
      return id;
    });
  }

  private async read(table: Table, agencyCode: string): Promise<RosterReading[]> {
    const headings = findHeadings<RosterColumn>(table.header, ROSTER_COLUMNS);
    if (headings.twice.length > 0)
      throw badFields(headings.twice.map((column) => ({ field: 'file', code: 'column-twice', params: { column } })));
    const missing = REQUIRED_COLUMNS.filter((column) => headings.at[column] === undefined);
    if (missing.length > 0)
      throw badFields(missing.map((column) => ({ field: 'file', code: 'column-missing', params: { column } })));
    const context = { today: this.clock.today(), agencyCode, seal: (digits: string) => this.identity.seal(digits) };
    const readings: RosterReading[] = [];
    for await (const row of table.rows)
      readings.push(readRosterRow(row.line, row.cells, headings, row.problems, context));
    if (readings.length === 0) throw badField('file', 'file-empty');
    return readings;
  }
}
