import { Injectable, type StreamableFile } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import type { Language } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { csvDownload } from '../platform/spreadsheets/index.js';
import { auditColumns } from './audit.page.js';
import type { AuditFilter } from './audit.forms.js';
import { ReadAudit, type ReadEntry } from './read-audit.js';

const BATCH = 200;

/** Hands the trail out as a file, batch by batch, and records that it did. */
@Injectable()
export class ExportAudit {
  constructor(
    private readonly read: ReadAudit, private readonly audit: AuditTrail, private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async run(me: Principal, filter: AuditFilter, lang: Language): Promise<StreamableFile> {
    // Asked for before anything is recorded, so that a wrong filter is refused as such.
    const first = await this.read.page(me, filter, { limit: BATCH });
    await this.audit.record(this.database.reader, {
      action: 'audit.exported', subjectKind: 'installation', subjectId: 1, details: { ...filter },
    });
    return csvDownload(`${lang === 'vi' ? 'nhat-ky' : 'audit'}-${this.clock.today()}`, auditColumns(lang), this.all(me, filter, first));
  }

  private async* all(me: Principal, filter: AuditFilter, first: { items: ReadEntry[]; next: string | null }): AsyncGenerator<ReadEntry> {
    let page = first;
    for (;;) {
      yield* page.items;
      if (page.next === null) return;
      page = await this.read.page(me, filter, { cursor: page.next, limit: BATCH });
    }
  }
}
