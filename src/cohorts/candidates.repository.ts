import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../platform/database/sql.js';
import type { LocalText } from '../platform/texts.js';
import type { CivilDate } from '../rules/civil-date.js';
import { searchable } from '../rules/names.js';
import type { TargetGroup } from '../rules/target-groups.js';

/** Who may be given a class: people with a post, not on long leave, at an agency or below it on a day. */
export interface CandidateQuery {
  cohortId: number;
  /** The agency at or below which the post is. */
  agencyId: number;
  on: CivilDate;
  group?: TargetGroup;
  /** Only those who do not hold this target on the day. */
  notTrainedFor?: { target: string; ruleVersion: number };
  /** Words of a name in any order, without marks. */
  q?: string;
  people?: readonly number[];
}

export interface Candidate {
  personId: number;
  name: string;
  agency: LocalText;
  positionTitle: string;
  targetGroup: TargetGroup;
  enrolled: boolean;
  sortName: string;
}
export type CandidateCursor = [sortName: string, personId: number];

/**
 * One row per person, whatever the number of posts: the one held longest stands for the person. Parameters $1 to $8 are
 * those of `parametersOf`.
 */
const CANDIDATE = `
  counted AS (
    SELECT DISTINCT ON (post.person_id) post.person_id, post.agency_id, post.position_title, post.target_group
      FROM agency_closure c JOIN post ON post.agency_id = c.descendant_id
     WHERE c.superseded_at = 'infinity' AND c.ancestor_id = $2 AND c.valid_from <= $3 AND $3 < c.valid_to
       AND post.superseded_at = 'infinity' AND NOT post.on_leave AND post.valid_from <= $3 AND $3 < post.valid_to
       AND ($4::text IS NULL OR post.target_group = $4)
       AND ($8::bigint[] IS NULL OR post.person_id = ANY($8))
     ORDER BY post.person_id, post.valid_from, post.post_id),
  candidate AS (
    SELECT counted.*, person.full_name, person.sort_name,
      EXISTS (SELECT 1 FROM enrolment WHERE enrolment.cohort_id = $1 AND enrolment.person_id = counted.person_id
        AND enrolment.withdrawn_at IS NULL) AS enrolled
      FROM counted JOIN person ON person.id = counted.person_id
     WHERE ($5::text IS NULL OR NOT EXISTS (SELECT 1 FROM trained_interval held
         WHERE held.person_id = counted.person_id AND held.target = $5 AND held.rule_version = $6
           AND held.superseded_at = 'infinity' AND held.valid_from <= $3 AND $3 < held.valid_to))
       AND ($7::text[] IS NULL OR person.search_name LIKE ALL ($7)))`;

function parametersOf(query: CandidateQuery): unknown[] {
  const words = searchable(query.q ?? '').split(' ').filter(Boolean).map((word) => `%${word}%`);
  return [query.cohortId, query.agencyId, query.on, query.group ?? null, query.notTrainedFor?.target ?? null,
    query.notTrainedFor?.ruleVersion ?? null, words.length > 0 ? words : null, query.people ?? null];
}

@Injectable()
export class CandidatesRepository {
  list(tx: Tx, query: CandidateQuery, limit: number, after?: CandidateCursor): Promise<Candidate[]> {
    return rows(tx,
      `WITH ${CANDIDATE}
       SELECT person_id AS "personId", full_name AS name, position_title AS "positionTitle", target_group AS "targetGroup",
         enrolled, sort_name AS "sortName",
         (SELECT jsonb_build_object('vi', name_vi, 'en', name_en) FROM agency_version v WHERE v.agency_id = candidate.agency_id
            AND v.superseded_at = 'infinity' AND v.valid_from <= $3 AND $3 < v.valid_to) AS agency
       FROM candidate
       WHERE $9::text IS NULL OR (sort_name COLLATE "C", person_id) > ($9 COLLATE "C", $10::bigint)
       ORDER BY sort_name COLLATE "C", person_id LIMIT $11`,
      [...parametersOf(query), after?.[0] ?? null, after?.[1] ?? null, limit]);
  }

  /** How many people there are, and how many of them are in the class already. */
  count(tx: Tx, query: CandidateQuery): Promise<{ people: number; enrolled: number }> {
    return one(tx,
      `WITH ${CANDIDATE} SELECT count(*)::int AS people, count(*) FILTER (WHERE enrolled)::int AS enrolled FROM candidate`,
      parametersOf(query));
  }

  /**
   * Puts all of them into the class in one statement. Who is in it stays as they are; who was withdrawn comes back.
   * @returns who was added
   */
  async enrol(tx: Tx, query: CandidateQuery, by: number | null, now: Date): Promise<number[]> {
    const added = await rows<{ id: number }>(tx,
      `WITH ${CANDIDATE}
       INSERT INTO enrolment (cohort_id, person_id, agency_id, assigned_by, assigned_at)
       SELECT $1, person_id, agency_id, $9, $10 FROM candidate
       ON CONFLICT (cohort_id, person_id) DO UPDATE SET agency_id = excluded.agency_id, assigned_by = excluded.assigned_by,
         assigned_at = excluded.assigned_at, withdrawn_by = NULL, withdrawn_at = NULL
       WHERE enrolment.withdrawn_at IS NOT NULL
       RETURNING person_id AS id`,
      [...parametersOf(query), by, now]);
    return added.map((row) => row.id);
  }
}
