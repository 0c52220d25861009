import { rows, type Tx } from '../platform/database/sql.js';
import { conditions, momentParams, type Moment } from './as-known.js';
import type { AgencyName } from './coverage-scope.js';
import type { Shown } from './shown-agencies.js';

/** The programme whose completions stand beside the declared numbers (code in the outline). */
const AWARENESS_PROGRAMME = 'E';

export interface DeclaredCounts {
  /** null for the total. */
  agency: AgencyName | null;
  /** null where neither the agency nor anything below it has declared. */
  officials: number | null;
  informed: number | null;
  /** People with a post there who have completed the awareness programme here. */
  completions: number;
}

/**
 * Declared headcounts. An agency's own declaration (the latest that holds on the day) stands for all below it; where it
 * has none, the declarations below are added up. A declaration therefore counts for every agency above it up to, and
 * not including, the next one that has declared for itself.
 *
 * $3 roots, $4 types of agencies to show, $5 code of the awareness programme
 */
export function countHeadcountsSql(moment: Moment, shown: Shown): string {
  const stands = conditions(moment);
  const completedBy = moment.current ? 'true' : 'done.completed_at < $2::timestamptz';
  return `
    WITH shown AS MATERIALIZED (
      SELECT v.agency_id, v.code, v.name_vi, v.name_en, v.type
        FROM agency_closure c JOIN agency_version v ON v.agency_id = c.descendant_id AND ${stands('v')}
       WHERE c.ancestor_id = ANY($3) AND ${stands('c')} AND (v.type = ANY($4)${
         shown.depth === null ? '' : ` OR c.depth = ${shown.depth}`})${shown.self ? '' : ' AND c.depth > 0'}
    ), counting AS (
      SELECT agency_id AS row_id, agency_id FROM shown UNION ALL SELECT 0, unnest($3::int[])
    ), declared AS MATERIALIZED (
      SELECT DISTINCT ON (d.agency_id, d.measure) d.agency_id, d.measure, d.headcount FROM headcount_declaration d
       WHERE d.measure IN ('officials', 'officials-informed') AND d.target_group IS NULL AND ${stands('d')}
       ORDER BY d.agency_id, d.measure, d.valid_from DESC, d.recorded_at DESC
    ), reach AS (
      SELECT declared.*, (
        SELECT min(c.depth) FROM agency_closure c JOIN declared above ON above.agency_id = c.ancestor_id
           AND above.measure = declared.measure
         WHERE c.descendant_id = declared.agency_id AND c.depth > 0 AND ${stands('c')}) AS next_depth FROM declared
    ), sums AS (
      SELECT counting.row_id, sum(reach.headcount) FILTER (WHERE reach.measure = 'officials')::int AS officials,
             sum(reach.headcount) FILTER (WHERE reach.measure = 'officials-informed')::int AS informed
        FROM counting JOIN agency_closure c ON c.ancestor_id = counting.agency_id AND ${stands('c')}
        JOIN reach ON reach.agency_id = c.descendant_id AND (reach.next_depth IS NULL OR c.depth < reach.next_depth)
       GROUP BY counting.row_id
    ), completed AS (
      SELECT counting.row_id, count(DISTINCT post.person_id)::int AS completions
        FROM programme_completion done
        JOIN programme ON programme.id = done.programme_id AND programme.code = $5
        JOIN post ON post.person_id = done.person_id AND ${stands('post')}
        JOIN agency_closure c ON c.descendant_id = post.agency_id AND ${stands('c')}
        JOIN counting ON counting.agency_id = c.ancestor_id
       WHERE done.completed_on <= $1::date AND ${completedBy} GROUP BY counting.row_id
    )
    SELECT shown.agency_id AS id, shown.code, shown.name_vi, shown.name_en, shown.type, sums.officials, sums.informed,
           coalesce(completed.completions, 0) AS completions
      FROM shown LEFT JOIN sums ON sums.row_id = shown.agency_id LEFT JOIN completed ON completed.row_id = shown.agency_id
    UNION ALL
    SELECT 0, NULL, NULL, NULL, NULL, sums.officials, sums.informed, coalesce(completed.completions, 0)
      FROM (SELECT 0 AS row_id) total LEFT JOIN sums USING (row_id) LEFT JOIN completed USING (row_id)
    ORDER BY code NULLS FIRST`;
}

export async function countHeadcounts(tx: Tx, moment: Moment, roots: readonly number[], shown: Shown): Promise<DeclaredCounts[]> {
  const found = await rows<{
    id: number; code: string; name_vi: string; name_en: string; type: string;
    officials: number | null; informed: number | null; completions: number;
  }>(tx, countHeadcountsSql(moment, shown), [...momentParams(moment), roots, shown.types, AWARENESS_PROGRAMME]);
  return found.map((row) => ({
    agency: row.id === 0 ? null : { id: row.id, code: row.code, name: { vi: row.name_vi, en: row.name_en }, type: row.type },
    officials: row.officials, informed: row.informed, completions: row.completions,
  }));
}
