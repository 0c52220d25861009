import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';
import type { LocalText } from '../platform/texts.js';
import type { AgencyType } from '../rules/agency-types.js';
import type { CivilDate } from '../rules/civil-date.js';
import { searchable } from '../rules/names.js';

export interface Agency {
  id: number;
  code: string;
  name: LocalText & { en: string };
  type: AgencyType;
  parentId: number | null;
  legalBasis: string | null;
  /** Of the version that is shown. Half-open. */
  from: CivilDate;
  to: CivilDate;
}

export interface AgencyDescription extends Agency {
  /** From the agency up, without the country: "Xã Mẫu Một, Tỉnh Ví Dụ Một". */
  path: LocalText & { en: string };
}

export interface AgencyRow extends Agency {
  parentCode: string | null;
  /** Agencies directly under it that day. */
  children: number;
}

export interface AgencyQuery {
  on: CivilDate;
  /** Directly under this one. */
  parentId?: number;
  /** Anywhere under one of these, themselves included. */
  within?: readonly number[];
  type?: AgencyType;
  /** Words of a name in any order, without marks; or a code. */
  q?: string;
  limit: number;
  after?: AgencyCursor;
}
export type AgencyCursor = [rank: number, code: string, id: number];

const FACTS = `v.agency_id AS id, v.code, jsonb_build_object('vi', v.name_vi, 'en', v.name_en) AS name, v.type,
  v.parent_id AS "parentId", v.legal_basis AS "legalBasis", v.valid_from AS "from", v.valid_to AS "to"`;

const NOW = (alias: string) => `${alias}.superseded_at = 'infinity'`;
const HOLDS = (alias: string, on: string) =>
  `${NOW(alias)} AND ${alias}.valid_from <= ${on} AND ${on} < ${alias}.valid_to`;

/** The order of lists. Provinces and cities are one list by code, as are communes, wards and special zones. */
const RANKS: Record<AgencyType, number> = {
  nation: 1, ministry: 2, 'ministerial-agency': 3, 'government-agency': 4, province: 5, city: 5, department: 7, unit: 8,
  commune: 9, ward: 9, 'special-zone': 9, 'party-body': 12, press: 13,
};
const LIST_RANK = `CASE v.type ${Object.entries(RANKS)
  .map(([type, rank]) => `WHEN '${type}' THEN ${rank}`)
  .join(' ')} END`;

/** What a list shows; its parameters are those of matchParams. */
const MATCHES = `${HOLDS('v', '$1::date')}
  AND ($2::int IS NULL OR v.parent_id = $2)
  AND ($3::text IS NULL OR v.type = $3)
  AND ($4::text[] IS NULL OR v.search_name LIKE ALL ($4) OR v.code = upper($5::text))
  AND ($6::int[] IS NULL OR EXISTS (SELECT 1 FROM agency_closure c
        WHERE c.ancestor_id = ANY ($6) AND c.descendant_id = v.agency_id AND ${HOLDS('c', '$1::date')}))`;

function matchParams(query: Omit<AgencyQuery, 'after' | 'limit'>): unknown[] {
  const words = query.q
    ? searchable(query.q)
        .split(' ')
        .filter(Boolean)
        .map((word) => `%${word}%`)
    : [];
  return [
    query.on,
    query.parentId ?? null,
    query.type ?? null,
    words.length > 0 ? words : null,
    query.q?.trim() ?? null,
    query.within ?? null,
  ];
}

/** Reads of the tree. Reads of several agencies are one statement each. */
@Injectable()
export class AgenciesRepository {
  async byCode(tx: Tx, code: string, on: CivilDate): Promise<Agency | null> {
    const found = await rows<Agency>(
      tx,
      `SELECT ${FACTS} FROM agency_version v WHERE v.code IN ($1, upper($1)) AND ${HOLDS('v', '$2::date')}`,
      [code, on],
    );
    return found[0] ?? null;
  }

  async byCodes(tx: Tx, codes: readonly string[], on: CivilDate): Promise<Agency[]> {
    return rows<Agency>(
      tx,
      `SELECT ${FACTS} FROM agency_version v WHERE v.code = ANY($1) AND ${HOLDS('v', '$2::date')}`,
      [codes, on],
    );
  }

  /**
   * As they were on a day; an agency that had ended by then as it last was, one that began later as it first was, so
   * that an old post can always be named.
   */
  async describe(tx: Tx, ids: readonly number[], on: CivilDate): Promise<AgencyDescription[]> {
    return rows<AgencyDescription>(tx,
      `WITH shown AS (
         SELECT DISTINCT ON (v.agency_id) v.*,
                CASE WHEN $2::date < v.valid_from THEN v.valid_from WHEN $2::date >= v.valid_to THEN v.valid_to - 1
                     ELSE $2::date END AS day
           FROM agency_version v
          WHERE v.agency_id = ANY($1) AND ${NOW('v')}
          ORDER BY v.agency_id, (v.valid_from <= $2::date) DESC,
                   CASE WHEN v.valid_from <= $2::date THEN v.valid_from END DESC NULLS LAST, v.valid_from)
       SELECT ${FACTS}, coalesce(up.path, jsonb_build_object('vi', v.name_vi, 'en', v.name_en)) AS path
         FROM shown v
         LEFT JOIN LATERAL (
           SELECT jsonb_build_object('vi', string_agg(a.name_vi, ', ' ORDER BY c.depth),
                                     'en', string_agg(a.name_en, ', ' ORDER BY c.depth)) AS path
             FROM agency_closure c
             JOIN agency_version a ON a.agency_id = c.ancestor_id AND ${HOLDS('a', 'v.day')}
            WHERE c.descendant_id = v.agency_id AND ${HOLDS('c', 'v.day')} AND a.type <> 'nation'
           HAVING count(*) > 0
         ) up ON true`, [ids, on]);
  }

  /** The chain from the top down to the agency itself. */
  async chain(tx: Tx, id: number, on: CivilDate): Promise<Agency[]> {
    return rows<Agency>(tx,
      `SELECT ${FACTS} FROM agency_closure c JOIN agency_version v ON v.agency_id = c.ancestor_id AND ${HOLDS('v', '$2::date')}
        WHERE c.descendant_id = $1 AND ${HOLDS('c', '$2::date')} ORDER BY c.depth DESC`, [id, on]);
  }

  /** Which of the agencies stand under one of the roots that day. */
  async within(tx: Tx, ids: readonly number[], roots: readonly number[], on: CivilDate): Promise<Set<number>> {
    const found = await rows<{ id: number }>(tx,
      `SELECT DISTINCT c.descendant_id AS id FROM agency_closure c
        WHERE c.ancestor_id = ANY($2) AND c.descendant_id = ANY($1) AND ${HOLDS('c', '$3::date')}`, [ids, roots, on]);
    return new Set(found.map((row) => row.id));
  }

  async list(tx: Tx, query: AgencyQuery): Promise<AgencyRow[]> {
    const [rank, code, id] = query.after ?? [null, null, null];
    return rows<AgencyRow>(tx,
      `SELECT ${FACTS}, p.code AS "parentCode",
              (SELECT count(*)::int FROM agency_version k WHERE k.parent_id = v.agency_id AND ${HOLDS('k', '$1::date')}) AS children
         FROM agency_version v
         LEFT JOIN agency_version p ON p.agency_id = v.parent_id AND ${HOLDS('p', '$1::date')}
        WHERE ${MATCHES} AND ($7::int IS NULL OR (${LIST_RANK}, v.code COLLATE "C", v.agency_id) > ($7::int, $8::text, $9::int))
        ORDER BY ${LIST_RANK}, v.code COLLATE "C", v.agency_id LIMIT $10`,
      [...matchParams(query), rank, code, id, query.limit]);
  }

  async count(tx: Tx, query: Omit<AgencyQuery, 'after' | 'limit'>): Promise<number> {
    const [row] = await rows<{ n: number }>(
      tx,
      `SELECT count(*)::int AS n FROM agency_version v WHERE ${MATCHES}`,
      matchParams(query),
    );
    return row?.n ?? 0;
  }

  cursorOf(agency: Agency): AgencyCursor {
    return [RANKS[agency.type], agency.code, agency.id];
  }
}
