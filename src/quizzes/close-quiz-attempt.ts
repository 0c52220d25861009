import { Injectable } from '@nestjs/common';
import { Courses } from '../courses/index.js';
import type { Tx } from '../platform/database/sql.js';
import { Facts } from '../platform/facts.js';
import { acceptsAnswer } from '../rules/deadlines.js';
import { gradeAttempt } from '../rules/grading.js';
import { AttemptHeads } from './attempt-heads.js';
import { QuizAttemptsRepository, type AttemptState } from './quiz-attempts.repository.js';

/**
 * Closes an attempt and grades what was saved, in the caller's transaction, which must hold the course's run already.
 * A second call finds it closed and changes nothing.
 */
@Injectable()
export class CloseQuizAttempt {
  constructor(
    private readonly courses: Courses,
    private readonly attempts: QuizAttemptsRepository,
    private readonly heads: AttemptHeads,
    private readonly facts: Facts,
  ) {}

  /** Whether the time and the grace are over; if so the attempt is closed as of its deadline. */
  async ifOver(tx: Tx, attempt: Pick<AttemptState, 'id' | 'deadlineAt'>, now: Date): Promise<boolean> {
    if (acceptsAnswer(attempt.deadlineAt, now)) return false;
    await this.run(tx, attempt.id, now);
    return true;
  }

  /** @returns whether this call closed it */
  async run(tx: Tx, attemptId: number, now: Date): Promise<boolean> {
    // Saves of answers take the attempt too: after this line none can be added, and all that were are seen.
    const attempt = await this.attempts.lock(tx, attemptId);
    if (attempt.closedAt !== null) return false;
    const head = await this.heads.byId(tx, attemptId);
    const { quiz } = await this.courses.version(tx, head.courseVersionId);
    if (!quiz) throw new Error(`Version ${head.courseVersionId} has attempts and no quiz`);

    const posed = await this.heads.questions(tx, head);
    const answers = new Map(
      (await this.attempts.answers(tx, attemptId)).map((saved) => [saved.questionKey, saved.answer]),
    );
    const grade = gradeAttempt(
      posed.map(({ question }) => question),
      answers,
      quiz.pass,
    );
    const inTime = acceptsAnswer(attempt.deadlineAt, now);
    await this.attempts.close(tx, attemptId, {
      ...grade, gradedAt: now,
      closedBy: inTime ? 'learner' : 'deadline',
      // Handed in during the grace is handed in at the deadline: the wait before the next attempt begins there.
      closedAt: now < attempt.deadlineAt ? now : attempt.deadlineAt,
    });
    await this.facts.publish(tx, 'quiz-attempt-graded', {
      attemptId, courseRunId: head.courseRunId, passed: grade.passed, score: grade.score, at: now,
    });
    return true;
  }
}
