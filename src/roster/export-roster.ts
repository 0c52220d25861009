import { Injectable, type StreamableFile } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { AuditTrail } from '../platform/audit.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { csvDownload, xlsxDownload } from '../platform/spreadsheets/index.js';
import { text } from '../platform/texts.js';
import { rosterColumns } from './roster.columns.js';
import { RosterList } from './roster-list.js';
import { RosterQueries, type RosterFilter } from './roster-queries.js';

/** Hands the roster out as a file. Every export is recorded: who, of which part, as of when. */
@Injectable()
export class ExportRoster {
  constructor(
    private readonly queries: RosterQueries,
    private readonly list: RosterList,
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {}

  async run(filter: RosterFilter, me: Principal, lang: Language, format: 'csv' | 'xlsx'): Promise<StreamableFile> {
    const query = await this.queries.resolve(filter, me);
    await this.database.inTransaction((tx) =>
      this.audit.record(tx, {
        action: 'roster.exported',
        subjectKind: 'agency',
        subjectId: filter.agency ?? 'scope',
        agencyId: query.agencyId ?? null,
        details: { format, asOf: query.on, group: query.group ?? null, byName: query.q !== undefined },
      }),
    );
    const rows = this.list.all(this.database.reader, query);
    const name = `${lang === 'vi' ? 'danh-sach' : 'roster'}-${query.on}`;
    if (format === 'csv') return csvDownload(name, rosterColumns(lang), rows);
    return xlsxDownload(name, { name: text(lang, 'roster.sheet'), columns: rosterColumns(lang), rows });
  }
}
