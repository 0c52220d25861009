import { Injectable } from '@nestjs/common';
import { one, rows, type Tx } from '../platform/database/sql.js';
import type { CourseEvidence } from '../rules/completion.js';

export interface RunEvidence extends CourseEvidence {
  visits: number[];
  attempt: number | null;
  submission: number | null;
}

/** Reads the evidence of a run from the rows themselves: progress is always derived, never kept as a second copy. */
@Injectable()
export class EvidenceRepository {
  async ofRun(tx: Tx, courseRunId: number): Promise<RunEvidence> {
    const found = await one<{
      visits: { id: number; code: string }[] | null;
      attempt: number | null;
      submission: number | null;
      marked: boolean | null;
    }>(tx,
      `SELECT
         (SELECT json_agg(json_build_object('id', visit.id, 'code', lesson.code) ORDER BY visit.id)
            FROM lesson_visit visit JOIN lesson ON lesson.id = visit.lesson_id
           WHERE visit.course_run_id = run.id AND visit.kind = 'finished') AS visits,
         (SELECT id FROM quiz_attempt WHERE course_run_id = run.id AND passed ORDER BY number LIMIT 1) AS attempt,
         latest.id AS submission, latest.passed AS marked
       FROM course_run run
       LEFT JOIN LATERAL (
         SELECT submission.id, marking.passed FROM assignment_submission submission
           LEFT JOIN assignment_marking marking ON marking.submission_id = submission.id
          WHERE submission.course_run_id = run.id ORDER BY submission.number DESC LIMIT 1) latest ON true
       WHERE run.id = $1`,
      [courseRunId]);
    const visits = found.visits ?? [];
    return {
      lessonsFinished: new Set(visits.map((visit) => visit.code)),
      quizPassed: found.attempt !== null,
      assignment: found.submission === null ? 'none'
        : found.marked === null ? 'waiting' : found.marked ? 'passed' : 'not-passed',
      visits: visits.map((visit) => visit.id),
      attempt: found.attempt,
      submission: found.submission,
    };
  }

  /** Completions of a person, by course: the latest of each. */
  async completionsOf(tx: Tx, personId: number): Promise<{ id: number; courseId: number }[]> {
    return rows(tx,
      `SELECT DISTINCT ON (course_id) id, course_id AS "courseId" FROM course_completion
        WHERE person_id = $1 ORDER BY course_id, completed_at DESC`, [personId]);
  }

  /** The programme versions that a person has been assigned and not withdrawn from. */
  async assignedProgrammes(tx: Tx, personId: number): Promise<number[]> {
    const found = await rows<{ id: number }>(tx,
      `SELECT DISTINCT cohort.programme_version_id AS id FROM enrolment
         JOIN cohort ON cohort.id = enrolment.cohort_id
        WHERE enrolment.person_id = $1 AND enrolment.withdrawn_at IS NULL`, [personId]);
    return found.map((row) => row.id);
  }
}
