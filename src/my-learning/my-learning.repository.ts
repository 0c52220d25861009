import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';
import type { CivilDate } from '../rules/civil-date.js';
import type { RunStanding } from '../study/index.js';

export interface AssignedClass {
  enrolmentId: number;
  cohortId: number;
  title: string;
  opens: CivilDate;
  /** The class's own due date, or the latest extension of this person. */
  due: CivilDate;
  programmeVersionId: number;
}

export interface MyRun extends RunStanding {
  runId: number;
  courseId: number;
  courseVersionId: number;
  lastSeenAt: Date;
  certificateNumber: string | null;
}

/** What one person was given, and where each of their runs stands, in one statement each. */
@Injectable()
export class MyLearningRepository {
  classes(tx: Tx, personId: number): Promise<AssignedClass[]> {
    return rows(tx,
      `SELECT enrolment.id AS "enrolmentId", cohort.id AS "cohortId", cohort.title, cohort.opens,
         cohort.programme_version_id AS "programmeVersionId",
         greatest(cohort.due, (SELECT max(due) FROM due_extension WHERE enrolment_id = enrolment.id)) AS due
       FROM enrolment JOIN cohort ON cohort.id = enrolment.cohort_id
       WHERE enrolment.person_id = $1 AND enrolment.withdrawn_at IS NULL
       ORDER BY due, cohort.id LIMIT 100`, [personId]);
  }

  /** The latest cycle of each course this person has opened. */
  runs(tx: Tx, personId: number): Promise<MyRun[]> {
    return rows(tx,
      `SELECT DISTINCT ON (run.course_id) run.id AS "runId", run.course_id AS "courseId", run.course_version_id AS "courseVersionId",
         coalesce(seen.finished, '[]') AS finished, coalesce(seen.opened, '[]') AS opened,
         coalesce(quiz.attempts, 0) AS attempts, coalesce(quiz.open, false) AS "quizOpen",
         coalesce(quiz.passed, false) AS "quizPassed", quiz.best AS "bestScore",
         CASE WHEN submission.id IS NULL THEN 'none' WHEN submission.passed IS NULL THEN 'waiting'
              WHEN submission.passed THEN 'passed' ELSE 'not-passed' END AS assignment,
         completion.completed_on AS "completedOn", certificate.number AS "certificateNumber",
         greatest(run.opened_at, seen.last_at, quiz.last_at) AS "lastSeenAt"
       FROM course_run run
       LEFT JOIN LATERAL (
         SELECT json_agg(lesson_id) FILTER (WHERE kind = 'finished') AS finished,
           json_agg(lesson_id) FILTER (WHERE kind = 'opened') AS opened, max(at) AS last_at
         FROM lesson_visit WHERE course_run_id = run.id) seen ON true
       LEFT JOIN LATERAL (
         SELECT count(*)::int AS attempts, bool_or(closed_at IS NULL) AS open, bool_or(passed) AS passed, max(score) AS best,
           max(started_at) AS last_at FROM quiz_attempt WHERE course_run_id = run.id) quiz ON true
       LEFT JOIN LATERAL (
         SELECT handed.id, marking.passed FROM assignment_submission handed
           LEFT JOIN assignment_marking marking ON marking.submission_id = handed.id
          WHERE handed.course_run_id = run.id ORDER BY handed.number DESC LIMIT 1) submission ON true
       LEFT JOIN course_completion completion ON completion.course_run_id = run.id
       LEFT JOIN certificate ON certificate.course_completion_id = completion.id
       WHERE run.person_id = $1 ORDER BY run.course_id, run.cycle DESC`, [personId]);
  }
}
