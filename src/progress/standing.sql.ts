/**
 * Where a person stands in a course, derived from the rows of evidence each time it is asked: there is no second copy to
 * drift. One definition for the class board, its counts and its exports.
 *
 * Everything is looked up by index for each person and course, on purpose: the time grows with the number of rows asked
 * for and with nothing else, whatever the planner believes about tables that were filled a minute ago.
 */

/**
 * A common table expression `asked`: what each version of some courses asks for.
 * @param courses what may stand after `version.course_id`: `= ANY($2)`, `IN (SELECT …)`
 */
export const ASKED = (courses: string) => `
  asked AS MATERIALIZED (
    SELECT version.id, version.course_id, version.number, (version.quiz ->> 'attempts')::int AS attempts,
        version.quiz IS NOT NULL AND version.completion -> 'quiz' IS NOT NULL AS quiz,
        version.assignment IS NOT NULL AND version.completion -> 'assignment' IS NOT NULL AS assignment,
        (SELECT count(*)::int FROM lesson WHERE lesson.course_version_id = version.id) AS lessons
      FROM course_version version WHERE version.course_id ${courses})`;

/**
 * Exactly one row, to be joined as `CROSS JOIN LATERAL`. Evidence from `until` on is not seen; `infinity` sees all. Who
 * has not begun is measured by the newest version. A course completed in an earlier cycle stays completed while a
 * refresher is studied. `handed_over`: complete, or all that is missing is the marking, which is somebody else's.
 */
export const STANDING_OF = (person: string, course: string, until: string) => `(
  SELECT stood.*, completed_on IS NOT NULL AS done,
      completed_on IS NOT NULL
        OR (assignment = 'waiting' AND finished >= lessons AND quiz IN ('passed', 'not-asked')) AS handed_over,
      run_id IS NOT NULL OR completed_on IS NOT NULL AS begun,
      lessons + (quiz <> 'not-asked')::int + (assignment <> 'not-asked')::int AS steps,
      least(finished, lessons) + (quiz = 'passed')::int + (assignment = 'passed')::int AS steps_done
    FROM (
      SELECT run.id AS run_id, coalesce(asked.lessons, 0) AS lessons, visited.finished,
          CASE WHEN asked.quiz IS NOT TRUE THEN 'not-asked' WHEN attempted.attempts = 0 THEN 'none'
            WHEN attempted.passed THEN 'passed' WHEN attempted.under_way THEN 'under-way' WHEN attempted.attempts >= asked.attempts + allowed.extra THEN 'none-left'
            ELSE 'failed' END AS quiz,
          attempted.score,
          CASE WHEN asked.assignment IS NOT TRUE THEN 'not-asked' WHEN handed_in.at IS NULL THEN 'none'
            WHEN handed_in.passed IS NULL THEN 'waiting' WHEN handed_in.passed THEN 'passed' ELSE 'not-passed' END AS assignment,
          completed.completed_on,
          greatest(run.opened_at, visited.last_at, attempted.last_at, handed_in.at) AS last_at
        FROM (VALUES (1)) always
        LEFT JOIN LATERAL (
          SELECT id, course_version_id, opened_at FROM course_run
           WHERE course_run.person_id = ${person} AND course_run.course_id = ${course} AND course_run.opened_at < ${until}
           ORDER BY cycle DESC LIMIT 1) run ON true
        LEFT JOIN LATERAL (
          SELECT * FROM asked WHERE asked.course_id = ${course} AND (run.id IS NULL OR asked.id = run.course_version_id)
           ORDER BY number DESC LIMIT 1) asked ON true
        CROSS JOIN LATERAL (
          SELECT count(*) FILTER (WHERE kind = 'finished')::int AS finished, max(at) AS last_at
            FROM lesson_visit WHERE course_run_id = run.id AND at < ${until}) visited
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS attempts, max(score) FILTER (WHERE closed_at < ${until}) AS score,
              coalesce(bool_or(passed AND closed_at < ${until}), false) AS passed,
              coalesce(bool_or(closed_at IS NULL OR closed_at >= ${until}), false) AS under_way,
              greatest(max(started_at), max(closed_at) FILTER (WHERE closed_at < ${until})) AS last_at
            FROM quiz_attempt WHERE course_run_id = run.id AND started_at < ${until}) attempted
        CROSS JOIN LATERAL (
          SELECT count(*)::int AS extra FROM quiz_allowance WHERE course_run_id = run.id AND granted_at < ${until}) allowed
        LEFT JOIN LATERAL (
          SELECT submission.handed_in_at AS at, CASE WHEN marking.marked_at < ${until} THEN marking.passed END AS passed
            FROM assignment_submission submission LEFT JOIN assignment_marking marking ON marking.submission_id = submission.id
           WHERE submission.course_run_id = run.id AND submission.handed_in_at < ${until}
           ORDER BY submission.number DESC LIMIT 1) handed_in ON true
        CROSS JOIN LATERAL (
          SELECT max(completed_on) AS completed_on FROM course_completion
           WHERE course_completion.person_id = ${person} AND course_completion.course_id = ${course}
             AND completed_at < ${until}) completed
    ) stood)`;

/** One standing as JSON, for a page or the API. */
export const STANDING_JSON = (standing: string) => `jsonb_build_object(
  'lessons', ${standing}.lessons, 'lessonsFinished', ${standing}.finished, 'quiz', ${standing}.quiz, 'score', ${standing}.score,
  'assignment', ${standing}.assignment, 'completedOn', ${standing}.completed_on, 'begun', ${standing}.begun)`;
