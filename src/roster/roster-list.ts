import { Injectable } from '@nestjs/common';
import { Agencies, type AgencyDescription } from '../agencies/index.js';
import { one, rows, type Tx } from '../platform/database/sql.js';
import { readCursor, writeCursor } from '../platform/http/cursors.js';
import type { CivilDate } from '../rules/civil-date.js';
import { searchable } from '../rules/names.js';
import type { TargetGroup } from '../rules/target-groups.js';
import { underRoots } from './scope.js';

export interface RosterQuery {
  on: CivilDate;
  roots: readonly number[];
  /** This agency and what stands under it. */
  agencyId?: number;
  group?: TargetGroup;
  /** Words of the name in any order, without marks. */
  q?: string;
}

/** One line of the roster: a person in a post. Who holds two posts has two lines. */
export interface RosterEntry {
  personId: number;
  postId: number;
  fullName: string;
  birthDate: CivilDate | null;
  email: string | null;
  phone: string | null;
  nationalIdTail: string | null;
  staffCode: string | null;
  positionTitle: string;
  group: TargetGroup;
  onLeave: boolean;
  from: CivilDate;
  to: CivilDate;
  agency: AgencyDescription;
}

type Key = [sortName: string, personId: number, postId: number];

const WHERE = `po.superseded_at = 'infinity' AND po.valid_from <= $1::date AND $1::date < po.valid_to
  AND ${underRoots('po.agency_id', '$2', '$1::date')}
  AND ($3::int IS NULL OR ${underRoots('po.agency_id', 'ARRAY[$3::int]', '$1::date')})
  AND ($4::text IS NULL OR po.target_group = $4)
  AND ($5::text[] IS NULL OR pe.search_name LIKE ALL ($5))`;
const STREAM = 1_000;

/** The one query behind the screen, the API, the CSV and the XLSX of the roster. Sorted by given name. */
@Injectable()
export class RosterList {
  constructor(private readonly agencies: Agencies) {}

  async page(
    tx: Tx,
    query: RosterQuery,
    page: { cursor?: string; limit: number },
  ): Promise<{ items: RosterEntry[]; next: string | null }> {
    const after = readCursor<Key>(page.cursor, 'snn') ?? null;
    const { items, last, more } = await this.read(tx, query, after, page.limit);
    return { items, next: more && last ? writeCursor(last) : null };
  }

  async count(tx: Tx, query: RosterQuery): Promise<{ people: number; posts: number }> {
    return one(tx, `SELECT count(*)::int AS posts, count(DISTINCT po.person_id)::int AS people
      FROM post po JOIN person pe ON pe.id = po.person_id WHERE ${WHERE}`, params(query));
  }

  /** Every line, a thousand at a time. */
  async *all(tx: Tx, query: RosterQuery): AsyncGenerator<RosterEntry> {
    const known = new Map<number, AgencyDescription>();
    for (let after: Key | null = null; ;) {
      const { items, last, more }: { items: RosterEntry[]; last?: Key; more: boolean } = await this.read(
        tx,
        query,
        after,
        STREAM,
        known,
      );
      yield* items;
      if (!more || !last) return;
      after = last;
    }
  }

  private async read(
    tx: Tx, query: RosterQuery, after: Key | null, limit: number, agencies = new Map<number, AgencyDescription>(),
  ): Promise<{ items: RosterEntry[]; last?: Key; more: boolean }> {
    const found = await rows<Omit<RosterEntry, 'agency'> & { sortName: string; agencyId: number }>(tx,
      `SELECT pe.id AS "personId", po.post_id AS "postId", pe.full_name AS "fullName", pe.sort_name AS "sortName",
              pe.birth_date AS "birthDate", pe.email, pe.phone, pe.national_id_tail AS "nationalIdTail", po.staff_code AS "staffCode",
              po.position_title AS "positionTitle", po.target_group AS "group", po.on_leave AS "onLeave", po.valid_from AS "from",
              po.valid_to AS "to", po.agency_id AS "agencyId"
         FROM post po JOIN person pe ON pe.id = po.person_id
        WHERE ${WHERE} AND ($6::text IS NULL OR (pe.sort_name COLLATE "C", pe.id, po.post_id) > ($6, $7::bigint, $8::bigint))
        ORDER BY pe.sort_name COLLATE "C", pe.id, po.post_id LIMIT $9`,
      [...params(query), ...(after ?? [null, null, null]), limit + 1]);
    const shown = found.slice(0, limit);
    const unnamed = shown.map((row) => row.agencyId).filter((id) => !agencies.has(id));
    for (const [id, agency] of await this.agencies.describe(tx, unnamed, query.on)) agencies.set(id, agency);
    const items = shown.map(({ sortName: _sortName, agencyId, ...entry }) => ({
      ...entry,
      agency: agencies.get(agencyId) as AgencyDescription,
    }));
    const end = shown.at(-1);
    return {
      items,
      more: found.length > limit,
      ...(end ? { last: [end.sortName, end.personId, end.postId] as Key } : {}),
    };
  }
}

function params({ on, roots, agencyId, group, q }: RosterQuery): unknown[] {
  const words = q ? searchable(q).split(' ').filter(Boolean).map((word) => `%${word}%`) : [];
  return [on, roots, agencyId ?? null, group ?? null, words.length > 0 ? words : null];
}
