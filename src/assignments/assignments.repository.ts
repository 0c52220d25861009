import { Injectable } from '@nestjs/common';
import { first, one, rows, type Tx } from '../platform/database/sql.js';
import { SUBMISSION_COLUMNS, SUBMISSION_JOINS, submissionOf, type Submission, type SubmissionRow } from './submission.js';

export interface Draft {
  text: string;
  savedAt: Date;
}

/** The learner's side: drafts and what was handed in. Callers hold the lock of the course run while they write. */
@Injectable()
export class AssignmentsRepository {
  /** In the order handed in: none, one or two. */
  async submissions(tx: Tx, courseRunId: number): Promise<Submission[]> {
    const found = await rows<SubmissionRow>(tx,
      `SELECT ${SUBMISSION_COLUMNS} FROM assignment_submission s ${SUBMISSION_JOINS}
        WHERE s.course_run_id = $1 ORDER BY s.number`,
      [courseRunId]);
    return found.map(submissionOf);
  }

  async addSubmission(tx: Tx, given: {
    courseRunId: number; number: number; text: string; fileId: number | null; now: Date;
  }): Promise<number> {
    const { id } = await one<{ id: number }>(tx,
      `INSERT INTO assignment_submission (course_run_id, number, text, file_id, handed_in_at)
       VALUES ($1, $2, $3, $4, $5) RETURNING id`,
      [given.courseRunId, given.number, given.text, given.fileId, given.now]);
    return id;
  }

  draft(tx: Tx, courseRunId: number): Promise<Draft | null> {
    return first(tx, 'SELECT text, saved_at AS "savedAt" FROM assignment_draft WHERE course_run_id = $1', [courseRunId]);
  }

  async saveDraft(tx: Tx, courseRunId: number, text: string, now: Date): Promise<void> {
    await tx.query(
      `INSERT INTO assignment_draft (course_run_id, text, saved_at) VALUES ($1, $2, $3)
       ON CONFLICT (course_run_id) DO UPDATE SET text = excluded.text, saved_at = excluded.saved_at`,
      [courseRunId, text, now]);
  }

  async dropDraft(tx: Tx, courseRunId: number): Promise<void> {
    await tx.query('DELETE FROM assignment_draft WHERE course_run_id = $1', [courseRunId]);
  }
}
