import { Injectable } from '@nestjs/common';
import { Courses, type CourseVersion, type Quiz } from '../courses/index.js';
import { Database } from '../platform/database/database.js';
import { Metrics } from '../platform/metrics.js';
import { acceptsAnswer, mayStartAttempt, type MayStart } from '../rules/deadlines.js';
import { StudyRepository } from '../study/index.js';
import { AttemptHeads, type Posed } from './attempt-heads.js';
import { CloseQuizAttempt } from './close-quiz-attempt.js';
import {
  QuizAttemptsRepository,
  type AttemptHead,
  type AttemptState,
  type SavedAnswer,
} from './quiz-attempts.repository.js';

/** All there is to show of an attempt, open or closed. */
export interface AttemptInFull {
  head: AttemptHead;
  state: AttemptState;
  version: CourseVersion;
  quiz: Quiz;
  questions: Posed[];
  answers: Map<string, SavedAnswer>;
  /** Whether another attempt may start, for the page after this one. */
  next: MayStart;
}

/** Reads an attempt of one's own, and closes it first where its time has run out. */
@Injectable()
export class ReadQuizAttempt {
  constructor(
    private readonly database: Database,
    private readonly courses: Courses,
    private readonly study: StudyRepository,
    private readonly attempts: QuizAttemptsRepository,
    private readonly heads: AttemptHeads,
    private readonly closing: CloseQuizAttempt,
    private readonly metrics: Metrics,
  ) {}

  /** @throws Refusal `attempt-not-found` */
  async run(personId: number, attemptId: number, now: Date): Promise<AttemptInFull> {
    const head = await this.heads.ofPerson(this.database.reader, attemptId, personId);
    if (!acceptsAnswer(head.deadlineAt, now)) await this.closeIfOpen(head, now);
    return this.database.inSnapshot(async (tx) => {
      const version = await this.courses.version(tx, head.courseVersionId);
      if (!version.quiz) throw new Error(`Version ${version.id} has attempts and no quiz`);
      const attempts = await this.attempts.ofRun(tx, head.courseRunId);
      const state = attempts.find((attempt) => attempt.id === attemptId);
      if (!state) throw new Error(`Attempt ${attemptId} is gone`);
      const saved = await this.attempts.answers(tx, attemptId);
      return {
        head, state, version, quiz: version.quiz,
        questions: await this.heads.questions(tx, head),
        answers: new Map(saved.map((answer) => [answer.questionKey, answer])),
        next: mayStartAttempt(version.quiz, attempts, await this.attempts.allowances(tx, head.courseRunId), now),
      };
    });
  }

  private async closeIfOpen(head: AttemptHead, now: Date): Promise<void> {
    const { closedAt } = await this.attempts.state(this.database.reader, head.id);
    if (closedAt !== null) return;
    const closed = await this.database.inTransaction(async (tx) => {
      await this.study.lockRun(tx, head.courseRunId);
      return this.closing.run(tx, head.id, now);
    });
    if (closed) this.metrics.count('attempt-graded');
  }
}

/** The key is shown once it can spoil nothing: after passing, or when no attempt is left. */
export function isRevealed(next: MayStart): boolean {
  return !next.may && (next.because === 'passed' || next.because === 'none-left');
}
