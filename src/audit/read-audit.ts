import { Injectable } from '@nestjs/common';
import { Agencies, type AgencyDescription } from '../agencies/index.js';
import type { Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { badField } from '../platform/errors.js';
import { readCursor, writeCursor } from '../platform/http/cursors.js';
import { addDays, startOfDay } from '../rules/civil-date.js';
import { scopeRoots } from '../rules/scope.js';
import { AuditEntriesRepository, type AuditEntriesQuery, type AuditEntry } from './audit-entries.repository.js';
import type { AuditFilter } from './audit.forms.js';

export interface ReadEntry extends AuditEntry {
  agency: AgencyDescription | null;
}

/** Results of people's work that an entry holds for the file, not for the eye. */
const UNSHOWN = new Set(['levels', 'passed', 'sha256', 'sessionId']);

/** The audit trail as far as the reader may see it. */
@Injectable()
export class ReadAudit {
  constructor(
    private readonly database: Database,
    private readonly entries: AuditEntriesRepository,
    private readonly agencies: Agencies,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal `agency-unknown` at the field `agency`; `period-backwards` at the field `to` */
  async page(
    me: Principal, filter: AuditFilter, { cursor, limit }: { cursor?: string; limit: number },
  ): Promise<{ items: ReadEntry[]; next: string | null }> {
    const key = readCursor<[string, number]>(cursor, 'sn');
    const query = await this.queryOf(me, filter);
    const found = await this.entries.page(this.database.reader,
      { ...query, limit: limit + 1, ...(key ? { after: { at: key[0], id: key[1] } } : {}) });
    const items = await this.described(found.slice(0, limit));
    const last = items.at(-1);
    return { items, next: found.length > limit && last ? writeCursor([last.at.toISOString(), last.id]) : null };
  }

  private async queryOf(me: Principal, filter: AuditFilter): Promise<Omit<AuditEntriesQuery, 'limit'>> {
    const tx = this.database.reader;
    const today = this.clock.today();
    const roots = scopeRoots(me.grants, 'audit.read');
    const whole = await this.entries.isWholeCountry(tx, roots, today);
    if (filter.from && filter.to && filter.to < filter.from) throw badField('to', 'period-backwards');
    let agencyId: number | undefined;
    if (filter.agency !== undefined) {
      const agency = await this.agencies.findByCode(tx, filter.agency, today);
      if (!agency || !await this.agencies.inScope(tx, agency.id, roots, today)) {
        throw badField('agency', 'agency-unknown', { code: filter.agency });
      }
      agencyId = agency.id;
    }
    return {
      roots: whole ? null : roots, today, action: filter.action, actor: filter.actor, agencyId,
      ...(filter.from ? { from: startOfDay(filter.from) } : {}),
      ...(filter.to ? { until: startOfDay(addDays(filter.to, 1)) } : {}),
    };
  }

  private async described(found: AuditEntry[]): Promise<ReadEntry[]> {
    const agencies = await this.agencies.describe(this.database.reader,
      found.flatMap((entry) => entry.agencyId ?? []), this.clock.today());
    return found.map((entry) => ({
      ...entry,
      details: Object.fromEntries(Object.entries(entry.details).filter(([name]) => !UNSHOWN.has(name))),
      agency: agencies.get(entry.agencyId ?? 0) ?? null,
    }));
  }
}
