import { Injectable } from '@nestjs/common';
import { first, one, preparedRows, rows, type Tx } from '../platform/database/sql.js';
import { GRACE_SECONDS } from '../rules/deadlines.js';
import type { Answer } from '../rules/questions.js';

/** What never changes about an attempt from its first moment on. */
export interface AttemptHead {
  id: number;
  courseRunId: number;
  personId: number;
  courseVersionId: number;
  number: number;
  seed: number;
  questionKeys: string[];
  startedAt: Date;
  deadlineAt: Date;
}

export interface AttemptState {
  id: number;
  number: number;
  startedAt: Date;
  deadlineAt: Date;
  closedAt: Date | null;
  closedBy: 'learner' | 'deadline' | null;
  score: number | null;
  passed: boolean | null;
  marks: Record<string, number> | null;
}

export interface SavedAnswer { questionKey: string; answer: Answer; sequence: number; savedAt: Date }
export interface Receipt { sequence: number; savedAt: Date }

const HEAD = `attempt.id, attempt.course_run_id AS "courseRunId", run.person_id AS "personId",
  attempt.course_version_id AS "courseVersionId", attempt.number, attempt.seed, attempt.question_keys AS "questionKeys",
  attempt.started_at AS "startedAt", attempt.deadline_at AS "deadlineAt"`;
const STATE = `id, number, started_at AS "startedAt", deadline_at AS "deadlineAt", closed_at AS "closedAt",
  closed_by AS "closedBy", score, passed, marks`;

/**
 * Saves an answer in one statement: the attempt is taken (open and in time, else nothing happens), the same content as
 * last time gives the receipt of last time, anything else is added under the next number. When another save took that
 * number since the statement began, nothing is written and the caller asks again.
 */
export const SAVE_ANSWER = `
  WITH attempt AS MATERIALIZED (
    SELECT id FROM quiz_attempt
     WHERE id = $1 AND closed_at IS NULL AND deadline_at >= $4::timestamptz - interval '${GRACE_SECONDS} seconds'
       FOR NO KEY UPDATE
  ), last AS MATERIALIZED (
    SELECT sequence, answer, saved_at FROM quiz_answer
     WHERE attempt_id = $1 AND question_key = $2 ORDER BY sequence DESC LIMIT 1
  ), added AS (
    INSERT INTO quiz_answer (attempt_id, sequence, question_key, answer, saved_at)
    SELECT attempt.id, coalesce((SELECT max(sequence) FROM quiz_answer WHERE attempt_id = $1), 0) + 1,
           $2, $3::jsonb, $4::timestamptz
      FROM attempt WHERE NOT EXISTS (SELECT FROM last WHERE last.answer = $3::jsonb)
    ON CONFLICT (attempt_id, sequence) DO NOTHING
    RETURNING sequence, saved_at
  )
  SELECT EXISTS (SELECT FROM attempt) AS open, EXISTS (SELECT FROM added) AS added,
    coalesce(added.sequence, last.sequence) AS sequence, coalesce(added.saved_at, last.saved_at) AS "savedAt"
  FROM (VALUES (1)) AS always LEFT JOIN added ON true LEFT JOIN last ON last.answer = $3::jsonb`;

@Injectable()
export class QuizAttemptsRepository {
  findHead(tx: Tx, attemptId: number): Promise<AttemptHead | null> {
    return first(tx, `SELECT ${HEAD} FROM quiz_attempt attempt JOIN course_run run ON run.id = attempt.course_run_id
                       WHERE attempt.id = $1`, [attemptId]);
  }

  /** All attempts of a run, oldest first. */
  ofRun(tx: Tx, runId: number): Promise<AttemptState[]> {
    return rows(tx, `SELECT ${STATE} FROM quiz_attempt WHERE course_run_id = $1 ORDER BY number`, [runId]);
  }

  state(tx: Tx, attemptId: number): Promise<AttemptState> {
    return one(tx, `SELECT ${STATE} FROM quiz_attempt WHERE id = $1`, [attemptId]);
  }

  /** The attempt itself, for the rest of the transaction. Take the run first. */
  lock(tx: Tx, attemptId: number): Promise<AttemptState> {
    return one(tx, `SELECT ${STATE} FROM quiz_attempt WHERE id = $1 FOR UPDATE`, [attemptId]);
  }

  async allowances(tx: Tx, runId: number): Promise<number> {
    const { count } = await one<{ count: number }>(tx,
      'SELECT count(*) AS count FROM quiz_allowance WHERE course_run_id = $1', [runId]);
    return count;
  }

  /** Opens an attempt; null when one is open already (uq_quiz_attempt_open decides). */
  async insert(tx: Tx, attempt: {
    courseRunId: number; courseVersionId: number; number: number; seed: number; questionKeys: string[];
    startedAt: Date; deadlineAt: Date;
  }): Promise<number | null> {
    const added = await first<{ id: number }>(tx,
      `INSERT INTO quiz_attempt (course_run_id, course_version_id, number, seed, question_keys, started_at, deadline_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING id`,
      [attempt.courseRunId, attempt.courseVersionId, attempt.number, attempt.seed, JSON.stringify(attempt.questionKeys),
        attempt.startedAt, attempt.deadlineAt]);
    return added?.id ?? null;
  }

  /** The answers that count: the latest of each question. */
  answers(tx: Tx, attemptId: number): Promise<SavedAnswer[]> {
    return rows(tx,
      `SELECT DISTINCT ON (question_key) question_key AS "questionKey", answer, sequence, saved_at AS "savedAt"
         FROM quiz_answer WHERE attempt_id = $1 ORDER BY question_key, sequence DESC`, [attemptId]);
  }

  /** @returns a receipt; 'over' when the attempt takes no answers any more; 'again' when another save was faster */
  async saveAnswer(
    tx: Tx,
    attemptId: number,
    key: string,
    answer: Answer,
    now: Date,
  ): Promise<(Receipt & { added: boolean }) | 'over' | 'again'> {
    const [saved] = await preparedRows<{ open: boolean; added: boolean; sequence: number | null; savedAt: Date | null }>(
      tx, 'save-answer', SAVE_ANSWER, [attemptId, key, JSON.stringify(answer), now]);
    if (!saved) throw new Error('Saving an answer always gives a row');
    if (!saved.open) return 'over';
    if (saved.sequence === null || saved.savedAt === null) return 'again';
    return { sequence: saved.sequence, savedAt: saved.savedAt, added: saved.added };
  }

  async close(
    tx: Tx,
    attemptId: number,
    closing: {
      closedAt: Date;
      closedBy: 'learner' | 'deadline';
      score: number;
      passed: boolean;
      marks: Record<string, number>;
      gradedAt: Date;
    },
  ): Promise<void> {
    await tx.query(
      `UPDATE quiz_attempt SET closed_at = $2, closed_by = $3, score = $4, passed = $5, marks = $6, graded_at = $7
        WHERE id = $1 AND closed_at IS NULL`,
      [attemptId, closing.closedAt, closing.closedBy, closing.score, closing.passed, closing.marks, closing.gradedAt]);
  }

  /** Attempts whose time and grace are over and that nobody has closed, oldest first, after a given one. */
  expired(
    tx: Tx,
    now: Date,
    after: { deadlineAt: Date; id: number },
    limit: number,
  ): Promise<{ id: number; courseRunId: number; deadlineAt: Date }[]> {
    return rows(
      tx,
      `SELECT id, course_run_id AS "courseRunId", deadline_at AS "deadlineAt" FROM quiz_attempt
        WHERE closed_at IS NULL AND deadline_at < $1::timestamptz - interval '${GRACE_SECONDS} seconds'
          AND (deadline_at, id) > ($2::timestamptz, $3::bigint)
        ORDER BY deadline_at, id LIMIT $4`, [now, after.deadlineAt, after.id, limit]);
  }

  /** Takes a run unless somebody else is at it. */
  async tryLockRun(tx: Tx, runId: number): Promise<boolean> {
    return (await first(tx, 'SELECT id FROM course_run WHERE id = $1 FOR UPDATE SKIP LOCKED', [runId])) !== null;
  }
}
