import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/sql.js';
import { readCursor, writeCursor } from '../platform/http/cursors.js';
import type { AgencyType } from '../rules/agency-types.js';
import type { CivilDate } from '../rules/civil-date.js';
import {
  AgenciesRepository,
  type Agency,
  type AgencyCursor,
  type AgencyDescription,
  type AgencyQuery,
  type AgencyRow,
} from './agencies.repository.js';

export interface AgencyPage {
  items: AgencyRow[];
  /** To be given back as `cursor`; null on the last page. */
  next: string | null;
}

/** What other features ask of the tree. Every question is as of a day. */
@Injectable()
export class Agencies {
  constructor(private readonly repository: AgenciesRepository) {}

  /** The agency that holds a code on a day; codes are used again, so the day decides. */
  findByCode(tx: Tx, code: string, on: CivilDate): Promise<Agency | null> {
    return this.repository.byCode(tx, code, on);
  }

  findByCodes(tx: Tx, codes: readonly string[], on: CivilDate): Promise<Agency[]> {
    return this.repository.byCodes(tx, codes, on);
  }

  /** Names, type and path of agencies, by id. An agency that has ended is described as it last was. */
  async describe(tx: Tx, ids: readonly number[], on: CivilDate): Promise<Map<number, AgencyDescription>> {
    if (ids.length === 0) return new Map();
    const found = await this.repository.describe(tx, [...new Set(ids)], on);
    return new Map(found.map((agency) => [agency.id, agency]));
  }

  async find(tx: Tx, id: number, on: CivilDate): Promise<AgencyDescription | null> {
    return (await this.describe(tx, [id], on)).get(id) ?? null;
  }

  /** Whether an agency stands under one of the roots (or is one) on a day. */
  async inScope(tx: Tx, agencyId: number, roots: readonly number[], on: CivilDate): Promise<boolean> {
    return (await this.repository.within(tx, [agencyId], roots, on)).has(agencyId);
  }

  /** Which of the agencies stand under one of the roots. */
  within(tx: Tx, ids: readonly number[], roots: readonly number[], on: CivilDate): Promise<Set<number>> {
    return this.repository.within(tx, ids, roots, on);
  }

  /** From the top down to the agency itself. */
  chain(tx: Tx, id: number, on: CivilDate): Promise<Agency[]> {
    return this.repository.chain(tx, id, on);
  }

  /** How many agencies a search would find over all its pages. */
  count(tx: Tx, query: Omit<AgencyQuery, 'after' | 'limit'>): Promise<number> {
    return this.repository.count(tx, query);
  }

  countChildren(tx: Tx, parentId: number, on: CivilDate): Promise<number> {
    return this.repository.count(tx, { on, parentId });
  }

  /** Directly under an agency, in the order of lists. At most 500: a province has no more. */
  children(tx: Tx, parentId: number, on: CivilDate, type?: AgencyType): Promise<AgencyRow[]> {
    return this.repository.list(tx, { on, parentId, type, limit: 500 });
  }

  /** A page of agencies by name (without marks), code, type, parent or part of the tree. */
  async search(tx: Tx, query: Omit<AgencyQuery, 'after'> & { cursor?: string }): Promise<AgencyPage> {
    const { cursor, limit, ...rest } = query;
    const found = await this.repository.list(tx, {
      ...rest,
      limit: limit + 1,
      after: readCursor<AgencyCursor>(cursor, 'nsn'),
    });
    const items = found.slice(0, limit);
    const last = items.at(-1);
    const next = found.length > limit && last ? writeCursor(this.repository.cursorOf(last)) : null;
    return { items, next };
  }
}
