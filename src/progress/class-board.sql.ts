import { ASKED, STANDING_JSON, STANDING_OF } from './standing.sql.js';

/**
 * Everyone in some classes with where they stand, in one statement whatever their number. Parameters: $1 ids of classes,
 * $2 the reader's agencies, $3 today.
 *
 * `left_on`: the first day on which somebody no longer holds a post under the reader's agencies. What was studied from
 * then on is the business of the new agency: the row is shown as it stood at the end of the day before. Somebody of whom
 * the roster no longer says that they ever held such a post is shown without any learning.
 *
 * Everybody is counted exactly once: done, moved away before finishing, waiting for marking, studying, not begun. Late
 * are those still to study whose own due day is over (rules/deadlines `dueState`); who waits for marking is not late.
 */
const CLASS = `
  part AS MATERIALIZED (
    SELECT part.programme_version_id, part.position, part.course_id, part.course_code, part.requirement = 'required' AS required
      FROM programme_course part
     WHERE part.programme_version_id IN (SELECT programme_version_id FROM cohort WHERE id = ANY($1::bigint[]))
       AND part.course_id IS NOT NULL AND part.requirement <> 'preparation'),
  ${ASKED('IN (SELECT course_id FROM part)')},
  member AS MATERIALIZED (
    SELECT enrolment.id, enrolment.cohort_id, enrolment.person_id, enrolment.agency_id, cohort.programme_version_id, seen.left_on,
        seen.until, greatest(cohort.due, extended.due) AS due, coalesce(extended.due > cohort.due, false) AS extended
      FROM cohort JOIN enrolment ON enrolment.cohort_id = cohort.id AND enrolment.withdrawn_at IS NULL
     CROSS JOIN LATERAL (
       SELECT max(least(post.valid_to, c.valid_to)) AS until
         FROM post JOIN agency_closure c ON c.descendant_id = post.agency_id AND c.ancestor_id = ANY($2::int[])
          AND c.superseded_at = 'infinity' AND c.valid_from <= $3::date
          AND greatest(post.valid_from, c.valid_from) < least(post.valid_to, c.valid_to)
        WHERE post.person_id = enrolment.person_id AND post.superseded_at = 'infinity' AND post.valid_from <= $3::date) held
     CROSS JOIN LATERAL (
       SELECT CASE WHEN held.until IS NULL THEN (enrolment.assigned_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
           WHEN held.until <= $3::date THEN held.until END AS left_on,
         CASE WHEN held.until IS NULL THEN '-infinity' WHEN held.until <= $3::date
           THEN held.until::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' ELSE 'infinity'::timestamptz END AS until) seen
     CROSS JOIN LATERAL (
       SELECT max(extension.due) AS due FROM due_extension extension
        WHERE extension.enrolment_id = enrolment.id AND extension.granted_at < seen.until) extended
     WHERE cohort.id = ANY($1::bigint[])),
  stated AS (
    SELECT member.*, summed.last_at, coalesce(summed.percent, 0) AS percent,
        CASE WHEN summed.done THEN 'done' WHEN summed.handed_over THEN 'waiting' WHEN summed.begun THEN 'studying'
          ELSE 'not-begun' END AS state
      FROM member CROSS JOIN LATERAL (
        SELECT bool_and(standing.done) FILTER (WHERE part.required) AS done,
            bool_and(standing.handed_over) FILTER (WHERE part.required) AS handed_over,
            bool_or(standing.begun) AS begun, max(standing.last_at) AS last_at,
            (100 * sum(CASE WHEN standing.done THEN standing.steps ELSE standing.steps_done END) FILTER (WHERE part.required)
              / nullif(sum(standing.steps) FILTER (WHERE part.required), 0))::int AS percent
          FROM part CROSS JOIN LATERAL ${STANDING_OF('member.person_id', 'part.course_id', 'member.until')} standing
         WHERE part.programme_version_id = member.programme_version_id) summed),
  placed AS MATERIALIZED (
    SELECT stated.*, CASE WHEN state <> 'done' AND left_on IS NOT NULL THEN 'moved' ELSE state END AS place,
        left_on IS NULL AND state IN ('studying', 'not-begun') AND due < $3::date AS late
      FROM stated)`;

const COUNTS = `count(*)::int AS total, count(*) FILTER (WHERE place = 'done')::int AS done,
  count(*) FILTER (WHERE place = 'waiting')::int AS waiting, count(*) FILTER (WHERE place = 'studying')::int AS studying,
  count(*) FILTER (WHERE place = 'not-begun')::int AS "notBegun", count(*) FILTER (WHERE place = 'moved')::int AS moved,
  count(*) FILTER (WHERE late)::int AS late`;

export const CLASS_COUNTS = `WITH ${CLASS} SELECT cohort_id AS "cohortId", ${COUNTS} FROM placed GROUP BY cohort_id`;

/**
 * Counts of the whole class and one page of its people, by given name. Further parameters: $4 a place or `late`, $5 words
 * of a name, $6 and $7 the name and person to go on after, $8 how many.
 */
export const CLASS_PAGE = `
  WITH ${CLASS},
  found AS (
    SELECT placed.*, person.full_name, person.sort_name FROM placed JOIN person ON person.id = placed.person_id
     WHERE ($4::text IS NULL OR place = $4 OR ($4 = 'late' AND late))
       AND ($5::text[] IS NULL OR person.search_name LIKE ALL ($5))),
  shown AS (
    SELECT * FROM found
     WHERE $6::text IS NULL OR (sort_name COLLATE "C", person_id) > ($6 COLLATE "C", $7::bigint)
     ORDER BY sort_name COLLATE "C", person_id LIMIT $8),
  described AS (
    SELECT shown.*, agency.agency, courses.courses FROM shown
      LEFT JOIN LATERAL (
        SELECT jsonb_build_object('code', version.code,
            'name', jsonb_build_object('vi', version.name_vi, 'en', version.name_en)) AS agency
          FROM agency_version version
         WHERE version.superseded_at = 'infinity' AND version.valid_from <= $3::date AND version.agency_id = coalesce((
             SELECT post.agency_id FROM post
               JOIN agency_closure c ON c.descendant_id = post.agency_id AND c.superseded_at = 'infinity'
                AND c.ancestor_id = ANY($2::int[]) AND c.valid_from <= $3::date AND $3::date < c.valid_to
              WHERE post.person_id = shown.person_id AND post.superseded_at = 'infinity' AND post.valid_from <= $3::date
                AND $3::date < post.valid_to
              ORDER BY post.agency_id = shown.agency_id DESC, post.valid_from, post.post_id LIMIT 1), shown.agency_id)
         ORDER BY version.valid_from DESC LIMIT 1) agency ON true
      LEFT JOIN LATERAL (
        SELECT jsonb_agg(${STANDING_JSON('standing')} || jsonb_build_object('code', part.course_code,
            'slug', course.slug, 'required', part.required) ORDER BY part.position) AS courses
          FROM part JOIN course ON course.id = part.course_id
         CROSS JOIN LATERAL ${STANDING_OF('shown.person_id', 'part.course_id', 'shown.until')} standing
         WHERE part.programme_version_id = shown.programme_version_id) courses ON true)
  SELECT (SELECT to_jsonb(counts) FROM (SELECT ${COUNTS} FROM placed) counts) AS counts,
    (SELECT count(*)::int FROM found) AS found,
    coalesce((SELECT jsonb_agg(jsonb_build_object(
        'personId', person_id, 'name', full_name, 'sortName', sort_name, 'agency', agency,
        'state', state, 'place', place, 'late', late, 'due', due, 'extended', extended, 'percent', percent, 'lastAt', last_at,
        'leftOn', left_on, 'courses', coalesce(courses, '[]')) ORDER BY sort_name COLLATE "C", person_id)
      FROM described), '[]') AS items`;
