import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/sql.js';
import { notFound } from '../platform/errors.js';
import { readCursor, writeCursor } from '../platform/http/cursors.js';
import type { AgencyOutcome } from '../rules/agency-import.js';
import { AgencyImportsRepository, type AgencyImport, type AgencyImportRow } from './agency-imports.repository.js';

export interface AgencyImportPage extends AgencyImport {
  rows: AgencyImportRow[];
  next: string | null;
}

/** What an import would do, a page at a time: the same for the page and the API. Only its own importer sees it;
 * null is the operator of the machine. */
@Injectable()
export class AgencyImports {
  constructor(private readonly imports: AgencyImportsRepository) {}

  async page(
    tx: Tx,
    id: number,
    accountId: number | null,
    query: { outcome?: AgencyOutcome; cursor?: string; limit: number },
  ): Promise<AgencyImportPage> {
    const entry = await this.imports.find(tx, id);
    if (!entry || entry.createdBy !== accountId) throw notFound();
    const [after] = readCursor<[number]>(query.cursor, 'n') ?? [0];
    const found = await this.imports.rows(tx, id, { outcome: query.outcome, after, limit: query.limit + 1 });
    const rows = found.slice(0, query.limit);
    const last = rows.at(-1);
    return { ...entry, rows, next: found.length > query.limit && last ? writeCursor([last.place]) : null };
  }

  latest(tx: Tx, accountId: number): Promise<AgencyImport[]> {
    return this.imports.latest(tx, accountId);
  }
}
