import { rows, type Tx } from '../platform/database/sql.js';
import type { TargetVersion } from '../programmes/index.js';
import { conditions, momentParams, type Moment } from './as-known.js';
import type { AgencyName } from './coverage-scope.js';
import type { Shown } from './shown-agencies.js';

/** Whole numbers of distinct people; rates and gaps are made of them by the rule. */
export interface Counts {
  /** null for the total. */
  agency: AgencyName | null;
  roster: number;
  trained: number;
  /** Of the total: those who stand in at least one of the rows. */
  inRows: { roster: number; trained: number };
  /** In the order of the groups that were asked for. */
  byGroup: { roster: number; trained: number }[];
}

/**
 * The statement behind every figure on people. Each person is reduced to one row per agency shown (row 0 is the total)
 * with a bit for each group they are in, so that everybody is counted once at every node and once in every group,
 * whatever posts they hold; parents are never summed from children.
 *
 * $3 roots, $4 types of agencies to show, $5 groups, $6 target, $7 rule version
 */
export function countPeopleSql(moment: Moment, shown: Shown, groups: number): string {
  const stands = conditions(moment);
  const list = (count: string) => `ARRAY[${Array.from({ length: groups }, (_, bit) =>
    `${count} FILTER (WHERE counted.groups & ${1 << bit} <> 0)`).join(', ')}]::int[]`;
  return `
    WITH shown AS MATERIALIZED (
      SELECT v.agency_id, v.code, v.name_vi, v.name_en, v.type
        FROM agency_closure c JOIN agency_version v ON v.agency_id = c.descendant_id AND ${stands('v')}
       WHERE c.ancestor_id = ANY($3) AND ${stands('c')} AND (v.type = ANY($4)${
         shown.depth === null ? '' : ` OR c.depth = ${shown.depth}`})${shown.self ? '' : ' AND c.depth > 0'}
    ), in_row AS (
      SELECT c.ancestor_id AS row_id, c.descendant_id AS agency_id
        FROM agency_closure c JOIN shown ON shown.agency_id = c.ancestor_id WHERE ${stands('c')}
    ), under AS (
      SELECT row_id, agency_id, true AS in_rows FROM in_row
      UNION ALL
      SELECT 0, c.descendant_id, shown_in.agency_id IS NOT NULL
        FROM agency_closure c LEFT JOIN (SELECT DISTINCT agency_id FROM in_row) shown_in ON shown_in.agency_id = c.descendant_id
       WHERE c.ancestor_id = ANY($3) AND ${stands('c')}
    ), counted AS (
      SELECT under.row_id, post.person_id, bool_or(under.in_rows) AS in_rows,
             bit_or(1 << (array_position($5::text[], post.target_group) - 1)) AS groups
        FROM post JOIN under ON under.agency_id = post.agency_id
       WHERE ${stands('post')} AND NOT post.on_leave AND post.target_group = ANY($5::text[])
       GROUP BY under.row_id, post.person_id
    ), trained AS (
      SELECT DISTINCT interval.person_id FROM trained_interval interval
       WHERE interval.target = $6 AND interval.rule_version = $7 AND ${stands('interval')}
    ), figures AS (
      SELECT counted.row_id, count(*)::int AS roster, count(trained.person_id)::int AS trained,
             json_build_object('roster', count(*) FILTER (WHERE counted.in_rows),
                               'trained', count(trained.person_id) FILTER (WHERE counted.in_rows)) AS in_rows,
             ${list('count(*)')} AS group_roster, ${list('count(trained.person_id)')} AS group_trained
        FROM counted LEFT JOIN trained ON trained.person_id = counted.person_id
       GROUP BY counted.row_id
    )
    SELECT shown.agency_id AS id, shown.code, shown.name_vi, shown.name_en, shown.type, figures.*
      FROM shown LEFT JOIN figures ON figures.row_id = shown.agency_id
    UNION ALL
    SELECT 0, NULL, NULL, NULL, NULL, figures.* FROM (SELECT 0 AS row_id) total LEFT JOIN figures ON figures.row_id = total.row_id
    ORDER BY code NULLS FIRST`;
}

export async function countPeople(
  tx: Tx, target: TargetVersion, moment: Moment, roots: readonly number[], shown: Shown, groups: readonly string[],
): Promise<Counts[]> {
  const found = await rows<{
    id: number; code: string; name_vi: string; name_en: string; type: string; roster: number | null; trained: number | null;
    in_rows: { roster: number; trained: number } | null; group_roster: number[] | null; group_trained: number[] | null;
  }>(tx, countPeopleSql(moment, shown, groups.length),
    [...momentParams(moment), roots, shown.types, groups, target.target, target.ruleVersion]);
  return found.map((row) => ({
    agency: row.id === 0 ? null : { id: row.id, code: row.code, name: { vi: row.name_vi, en: row.name_en }, type: row.type },
    roster: row.roster ?? 0,
    trained: row.trained ?? 0,
    inRows: row.in_rows ?? { roster: 0, trained: 0 },
    byGroup: groups.map((_, at) => ({ roster: row.group_roster?.[at] ?? 0, trained: row.group_trained?.[at] ?? 0 })),
  }));
}
