import { Injectable } from '@nestjs/common';
import { first, rows, type Tx } from '../platform/database/sql.js';
import type { CivilDate } from '../rules/civil-date.js';
import type { Reach, Role } from '../rules/scope.js';

export type AccountState = 'none' | 'waiting' | 'active' | 'disabled';

export interface PersonInScope {
  personId: number;
  fullName: string;
  sortName: string;
  accountId: number | null;
  username: string | null;
  state: AccountState;
  secondFactor: boolean;
  roles: { grantId: number; role: Role; agencyId: number; code: string; vi: string; en: string }[];
  posts: { title: string; agencyId: number; code: string; vi: string; en: string }[];
  /** Holds a post outside the part of the tree that was asked for: their sign-in is not this manager's alone. */
  elsewhere: boolean;
}

export interface PeopleFilter {
  q?: string;
  state?: AccountState;
  role?: Role;
  /** Only these people. */
  personIds?: number[];
  after?: { sortName: string; personId: number };
  limit: number;
}

/** Posts that are held on the day: of `o`, on $2. */
const HELD = `o.superseded_at = 'infinity' AND o.valid_from <= $2 AND $2 < o.valid_to`;
/** Standing somewhere below the roots: of `c`, below $1, on a day. */
const BELOW = (day: string) =>
  `c.superseded_at = 'infinity' AND c.ancestor_id = ANY($1) AND c.valid_from <= ${day} AND ${day} < c.valid_to`;

/**
 * Whoever holds a post in my part of the tree; and those who hold none anywhere any more but can still sign in, where
 * they last stood or over what they were given a role: leaving the service must not put an account out of reach.
 */
const MINE = (only: (personId: string) => string = () => 'true') => `
  gone AS MATERIALIZED (
    SELECT a.id, a.person_id FROM account a
     WHERE ${only('a.person_id')} AND NOT EXISTS (SELECT 1 FROM post o WHERE o.person_id = a.person_id AND ${HELD})
  ), mine AS (
    SELECT o.person_id FROM agency_closure c JOIN post o ON o.agency_id = c.descendant_id
     WHERE ${BELOW('$2')} AND ${HELD} AND ${only('o.person_id')}
    UNION
    SELECT gone.person_id FROM gone JOIN post o ON o.person_id = gone.person_id AND o.superseded_at = 'infinity'
      JOIN agency_closure c ON c.descendant_id = o.agency_id AND ${BELOW('o.valid_from')}
    UNION
    SELECT gone.person_id FROM gone JOIN role_grant g ON g.account_id = gone.id AND g.revoked_at IS NULL
      JOIN agency_closure c ON c.descendant_id = g.agency_id AND ${BELOW('$2')})`;

const STATE = `CASE WHEN a.id IS NULL THEN 'none' WHEN a.disabled_at IS NOT NULL THEN 'disabled'
  WHEN a.password_hash IS NULL THEN 'waiting' ELSE 'active' END`;

/** The name of an agency on $2, as columns `code`, `vi`, `en`; the last one it had where it is no more. */
const AGENCY = (id: string) => `LATERAL (
  SELECT v.code, v.name_vi AS vi, v.name_en AS en FROM agency_version v
   WHERE v.agency_id = ${id} AND v.superseded_at = 'infinity' AND v.valid_from <= $2 ORDER BY v.valid_from DESC LIMIT 1)`;

@Injectable()
export class PeopleInScopeRepository {
  /** People of my part of the tree with or without an account, in the order of Vietnamese lists. */
  async list(tx: Tx, roots: number[], on: CivilDate, filter: PeopleFilter): Promise<PersonInScope[]> {
    return rows(tx,
      `WITH ${MINE((personId) => `($7::bigint[] IS NULL OR ${personId} = ANY($7))`)}, chosen AS (
         SELECT p.id AS person_id, p.full_name, p.sort_name, a.id AS account_id, a.username, ${STATE} AS state, a.totp_confirmed_at
           FROM mine m JOIN person p ON p.id = m.person_id LEFT JOIN account a ON a.person_id = p.id
          WHERE ($3::text IS NULL OR p.search_name LIKE '%' || $3 || '%' OR lower(a.username) LIKE '%' || lower($4) || '%')
            AND ($5::text IS NULL OR ${STATE} = $5)
            AND ($6::text IS NULL OR EXISTS (
                  SELECT 1 FROM role_grant g WHERE g.account_id = a.id AND g.revoked_at IS NULL AND g.role = $6))
            AND ($8::text IS NULL OR (p.sort_name COLLATE "C", p.id) > ($8 COLLATE "C", $9::bigint))
          ORDER BY p.sort_name COLLATE "C", p.id LIMIT $10)
       SELECT x.person_id AS "personId", x.full_name AS "fullName", x.sort_name AS "sortName", x.account_id AS "accountId",
              x.username, x.state, x.totp_confirmed_at IS NOT NULL AS "secondFactor",
              coalesce((SELECT json_agg(json_build_object('grantId', g.id, 'role', g.role, 'agencyId', g.agency_id,
                               'code', v.code, 'vi', v.vi, 'en', v.en) ORDER BY g.id)
                          FROM role_grant g LEFT JOIN ${AGENCY('g.agency_id')} v ON true
                         WHERE g.account_id = x.account_id AND g.revoked_at IS NULL), '[]') AS roles,
              coalesce((SELECT json_agg(json_build_object('title', o.position_title, 'agencyId', o.agency_id,
                               'code', v.code, 'vi', v.vi, 'en', v.en) ORDER BY o.valid_from, o.version_id)
                          FROM post o LEFT JOIN ${AGENCY('o.agency_id')} v ON true
                         WHERE o.person_id = x.person_id AND ${HELD}), '[]') AS posts,
              EXISTS (SELECT 1 FROM post o WHERE o.person_id = x.person_id AND ${HELD} AND NOT EXISTS (
                SELECT 1 FROM agency_closure c WHERE c.descendant_id = o.agency_id AND ${BELOW('$2')})) AS elsewhere
         FROM chosen x ORDER BY x.sort_name COLLATE "C", x.person_id`,
      [roots, on, filter.q ?? null, filter.q?.replaceAll(' ', '.') ?? null, filter.state ?? null, filter.role ?? null,
        filter.personIds ?? null, filter.after?.sortName ?? null, filter.after?.personId ?? null, filter.limit]);
  }

  /** How many people of my part of the tree stand how. */
  async countStates(tx: Tx, roots: number[], on: CivilDate): Promise<Record<AccountState, number>> {
    const counts = await rows<{ state: AccountState; people: number }>(tx,
      `WITH ${MINE()} SELECT ${STATE} AS state, count(*)::int AS people
         FROM mine m LEFT JOIN account a ON a.person_id = m.person_id GROUP BY 1`, [roots, on]);
    return { none: 0, waiting: 0, active: 0, disabled: 0, ...Object.fromEntries(counts.map((row) => [row.state, row.people])) };
  }

  async personOf(tx: Tx, accountId: number): Promise<number | null> {
    const row = await first<{ personId: number }>(tx, 'SELECT person_id AS "personId" FROM account WHERE id = $1', [accountId]);
    return row?.personId ?? null;
  }

  /** The roles that accounts hold, each with everything its agency stands under. */
  async reaches(tx: Tx, accountIds: number[], on: CivilDate): Promise<Map<number, Reach[]>> {
    const held = await rows<Reach & { accountId: number }>(tx,
      `SELECT g.account_id AS "accountId", g.role, array_append(array(
                SELECT c.ancestor_id FROM agency_closure c
                 WHERE c.descendant_id = g.agency_id AND c.superseded_at = 'infinity' AND c.valid_from <= $2 AND $2 < c.valid_to),
              g.agency_id) AS within
         FROM role_grant g WHERE g.account_id = ANY($1) AND g.revoked_at IS NULL ORDER BY g.id`, [accountIds, on]);
    const byAccount = new Map<number, Reach[]>(accountIds.map((id) => [id, []]));
    for (const { accountId, role, within } of held) byAccount.get(accountId)?.push({ role, within });
    return byAccount;
  }

  /** An agency by the code it has on a day, with everything it stands under, itself included. */
  async agencyByCode(tx: Tx, code: string, on: CivilDate): Promise<{ id: number; within: number[] } | null> {
    return first(tx,
      `SELECT v.agency_id AS id, array(SELECT c.ancestor_id FROM agency_closure c
                WHERE c.descendant_id = v.agency_id AND c.superseded_at = 'infinity' AND c.valid_from <= $2 AND $2 < c.valid_to) AS within
         FROM agency_version v
        WHERE v.code = $1 AND v.superseded_at = 'infinity' AND v.valid_from <= $2 AND $2 < v.valid_to`, [code, on]);
  }

  /** The agencies of a person's posts and of those above them, as far as my part of the tree reaches; the lowest first. */
  async agenciesAround(tx: Tx, roots: number[], personId: number, on: CivilDate): Promise<{ id: number; code: string; vi: string; en: string }[]> {
    return rows(tx,
      `SELECT a.id, v.code, v.vi, v.en FROM (
         SELECT up.ancestor_id AS id, min(up.depth) AS depth
           FROM post o JOIN agency_closure up ON up.descendant_id = o.agency_id AND up.superseded_at = 'infinity'
            AND up.valid_from <= $2 AND $2 < up.valid_to
          WHERE o.person_id = $3 AND ${HELD}
            AND EXISTS (SELECT 1 FROM agency_closure c WHERE c.descendant_id = up.ancestor_id AND ${BELOW('$2')})
          GROUP BY up.ancestor_id) a
        JOIN ${AGENCY('a.id')} v ON true ORDER BY a.depth, v.code`, [roots, on, personId]);
  }
}
