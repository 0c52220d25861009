import { Injectable } from '@nestjs/common';
import { Courses } from '../courses/index.js';
import { Database } from '../platform/database/database.js';
import { Dice } from '../platform/dice.js';
import { notFound, refused } from '../platform/errors.js';
import { showDateTime } from '../platform/texts.js';
import { attemptDeadline, mayStartAttempt, type MayStart } from '../rules/deadlines.js';
import { drawQuestions } from '../rules/questions.js';
import { OpenCourseRun, StudyRepository } from '../study/index.js';
import { CloseQuizAttempt } from './close-quiz-attempt.js';
import { QuizAttemptsRepository } from './quiz-attempts.repository.js';

export interface Started { attemptId: number; isNew: boolean }

/** Starts an attempt at a course's quiz, or goes on with the one that is open. */
@Injectable()
export class StartQuizAttempt {
  constructor(
    private readonly database: Database,
    private readonly courses: Courses,
    private readonly openRun: OpenCourseRun,
    private readonly study: StudyRepository,
    private readonly attempts: QuizAttemptsRepository,
    private readonly closing: CloseQuizAttempt,
    private readonly dice: Dice,
  ) {}

  /**
   * The course's run is taken first, so twenty clicks at once are one attempt.
   * @throws Refusal `quiz-not-found`, `quiz-passed-already`, `attempts-none-left`, `attempts-wait` (params.until)
   */
  async run(personId: number, courseSlug: string, now: Date): Promise<Started> {
    const started = await this.database.inTransaction(async (tx): Promise<Started | { refusal: Error }> => {
      const latest = await this.courses.bySlug(tx, courseSlug);
      if (!latest) throw notFound('quiz-not-found');
      const run = await this.openRun.run(tx, personId, latest.courseId, now);
      await this.study.lockRun(tx, run.id);
      const { quiz } = await this.courses.version(tx, run.courseVersionId);
      if (!quiz) throw notFound('quiz-not-found');

      let attempts = await this.attempts.ofRun(tx, run.id);
      const open = attempts.find((attempt) => attempt.closedAt === null);
      if (open && await this.closing.ifOver(tx, open, now)) attempts = await this.attempts.ofRun(tx, run.id);
      else if (open) return { attemptId: open.id, isNew: false };

      const may = mayStartAttempt(quiz, attempts, await this.attempts.allowances(tx, run.id), now);
      // Said after the commit: an attempt that was closed just now stays closed.
      if (!may.may) return { refusal: refusalFor(may) };
      const seed = this.dice.seed();
      const bank = await this.courses.questions(tx, run.courseVersionId);
      const attemptId = await this.attempts.insert(tx, {
        courseRunId: run.id, courseVersionId: run.courseVersionId, number: may.number, seed,
        questionKeys: drawQuestions(bank, quiz.questions, seed),
        startedAt: now, deadlineAt: attemptDeadline(now, quiz.minutes),
      });
      if (attemptId === null) throw new Error(`Run ${run.id} was locked and still got another attempt`);
      return { attemptId, isNew: true };
    });
    if ('refusal' in started) throw started.refusal;
    return started;
  }
}

function refusalFor(may: Exclude<MayStart, { may: true }>): Error {
  switch (may.because) {
    case 'passed': return refused('quiz-passed-already');
    case 'none-left': return refused('attempts-none-left');
    case 'wait': return refused('attempts-wait', { until: may.until.toISOString(), at: showDateTime(may.until) });
    case 'open': return new Error('An open attempt is gone on with, never refused');
  }
}
