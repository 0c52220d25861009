import { Injectable } from '@nestjs/common';
import { first, one, rows, type Tx } from '../platform/database/sql.js';
import type { CivilDate } from '../rules/civil-date.js';

export interface CourseRun {
  id: number;
  personId: number;
  courseId: number;
  cycle: number;
  courseVersionId: number;
  openedAt: Date;
}

export interface RunStanding {
  /** Ids of lessons. */
  finished: number[];
  opened: number[];
  attempts: number;
  quizOpen: boolean;
  quizPassed: boolean;
  bestScore: number | null;
  assignment: 'none' | 'waiting' | 'passed' | 'not-passed';
  completedOn: CivilDate | null;
}

const COLUMNS = `id, person_id AS "personId", course_id AS "courseId", cycle, course_version_id AS "courseVersionId",
  opened_at AS "openedAt"`;

@Injectable()
export class StudyRepository {
  /** The run of the latest cycle; null while the course was never opened. */
  findRun(tx: Tx, personId: number, courseId: number): Promise<CourseRun | null> {
    return first(
      tx,
      `SELECT ${COLUMNS} FROM course_run WHERE person_id = $1 AND course_id = $2 ORDER BY cycle DESC LIMIT 1`,
      [personId, courseId],
    );
  }

  findRunById(tx: Tx, runId: number): Promise<CourseRun | null> {
    return first(tx, `SELECT ${COLUMNS} FROM course_run WHERE id = $1`, [runId]);
  }

  /**
   * Takes the run's row for the rest of the transaction. Whatever adds evidence takes it first: two last pieces in two
   * tabs must not each see the other as missing.
   */
  lockRun(tx: Tx, runId: number): Promise<CourseRun | null> {
    return first(tx, `SELECT ${COLUMNS} FROM course_run WHERE id = $1 FOR UPDATE`, [runId]);
  }

  /** Opens the first cycle on a version; does nothing where it is open already. */
  async insertRun(tx: Tx, personId: number, courseId: number, courseVersionId: number, now: Date): Promise<void> {
    await tx.query(
      `INSERT INTO course_run (person_id, course_id, cycle, course_version_id, opened_at) VALUES ($1, $2, 1, $3, $4)
       ON CONFLICT (person_id, course_id, cycle) DO NOTHING`,
      [personId, courseId, courseVersionId, now]);
  }

  /** @returns whether the visit is new */
  async insertVisit(tx: Tx, runId: number, lessonId: number, kind: 'opened' | 'finished', now: Date): Promise<boolean> {
    const added = await rows(tx,
      `INSERT INTO lesson_visit (course_run_id, lesson_id, kind, at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (course_run_id, lesson_id, kind) DO NOTHING RETURNING id`,
      [runId, lessonId, kind, now]);
    return added.length > 0;
  }

  /** When a visit was kept first. */
  async visitedAt(tx: Tx, runId: number, lessonId: number, kind: 'opened' | 'finished'): Promise<Date> {
    const { at } = await one<{ at: Date }>(tx,
      'SELECT at FROM lesson_visit WHERE course_run_id = $1 AND lesson_id = $2 AND kind = $3', [runId, lessonId, kind]);
    return at;
  }

  /** Which course version a lesson stands in; null where there is no such lesson. */
  findLesson(tx: Tx, lessonId: number): Promise<{ code: string; courseId: number; courseVersionId: number } | null> {
    return first(tx,
      `SELECT lesson.code, version.course_id AS "courseId", version.id AS "courseVersionId"
         FROM lesson JOIN course_version version ON version.id = lesson.course_version_id WHERE lesson.id = $1::bigint`,
      [lessonId],
    );
  }

  /** Where a run stands, from the evidence itself. */
  async standing(tx: Tx, runId: number): Promise<RunStanding> {
    return one<RunStanding>(tx,
      `SELECT
         coalesce(visit.finished, '[]') AS finished, coalesce(visit.opened, '[]') AS opened,
         coalesce(quiz.attempts, 0) AS attempts, coalesce(quiz.open, false) AS "quizOpen",
         coalesce(quiz.passed, false) AS "quizPassed", quiz.best AS "bestScore",
         CASE WHEN submission.id IS NULL THEN 'none' WHEN submission.passed IS NULL THEN 'waiting'
              WHEN submission.passed THEN 'passed' ELSE 'not-passed' END AS assignment,
         completion.completed_on AS "completedOn"
       FROM (SELECT count(*)::int AS attempts, bool_or(closed_at IS NULL) AS open, bool_or(passed) AS passed,
                    max(score) AS best FROM quiz_attempt WHERE course_run_id = $1) quiz
       CROSS JOIN (SELECT json_agg(lesson_id) FILTER (WHERE kind = 'finished') AS finished,
                          json_agg(lesson_id) FILTER (WHERE kind = 'opened') AS opened
                     FROM lesson_visit WHERE course_run_id = $1) visit
       LEFT JOIN LATERAL (
         SELECT handed.id, marking.passed FROM assignment_submission handed
           LEFT JOIN assignment_marking marking ON marking.submission_id = handed.id
          WHERE handed.course_run_id = $1 ORDER BY handed.number DESC LIMIT 1) submission ON true
       LEFT JOIN course_completion completion ON completion.course_run_id = $1`, [runId]);
  }

  visits(tx: Tx, runId: number): Promise<{ lessonId: number; kind: 'opened' | 'finished'; at: Date }[]> {
    return rows(tx,
      'SELECT lesson_id AS "lessonId", kind, at FROM lesson_visit WHERE course_run_id = $1 ORDER BY id', [runId]);
  }
}
