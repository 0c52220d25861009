import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { Logger } from '../platform/logger.js';
import { Metrics } from '../platform/metrics.js';
import { CloseQuizAttempt } from './close-quiz-attempt.js';
import { QuizAttemptsRepository } from './quiz-attempts.repository.js';

const BATCH = 200;
const TASK = 'close-expired-attempts';

/**
 * Every minute: closes attempts whose time ran out and that nobody has looked at since. Each in a transaction of its
 * own, so one that fails keeps no other waiting; a run that somebody is at is left to them.
 */
@Injectable()
export class CloseExpiredAttempts implements OnModuleInit {
  constructor(
    private readonly jobs: Jobs,
    private readonly clock: Clock,
    private readonly database: Database,
    private readonly attempts: QuizAttemptsRepository,
    private readonly closing: CloseQuizAttempt,
    private readonly metrics: Metrics,
    private readonly logger: Logger,
  ) {}

  onModuleInit(): void {
    this.jobs.handle(TASK, async () => {
      await this.run(this.clock.now());
    }, '* * * * *');
  }

  /** @returns how many were closed */
  async run(now: Date): Promise<number> {
    let closed = 0;
    let last = { deadlineAt: new Date(0), id: 0 };
    for (;;) {
      const batch = await this.attempts.expired(this.database.reader, now, last, BATCH);
      for (const attempt of batch) {
        if (await this.closeOne(attempt.courseRunId, attempt.id, now)) closed += 1;
      }
      const end = batch.at(-1);
      if (!end || batch.length < BATCH) return closed;
      last = end;
    }
  }

  private async closeOne(runId: number, attemptId: number, now: Date): Promise<boolean> {
    try {
      const done = await this.database.inTransaction(async (tx) =>
        await this.attempts.tryLockRun(tx, runId) && await this.closing.run(tx, attemptId, now));
      if (done) this.metrics.count('attempt-graded');
      return done;
    } catch (error) {
      this.logger.error(`Attempt ${attemptId} could not be closed`, error);
      return false;
    }
  }
}
