import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { Metrics } from '../platform/metrics.js';
import { StudyRepository } from '../study/index.js';
import { AttemptHeads } from './attempt-heads.js';
import { CloseQuizAttempt } from './close-quiz-attempt.js';

/** Hands an attempt in. The same attempt twice, in two tabs or after a lost answer, gives the same result. */
@Injectable()
export class SubmitQuizAttempt {
  constructor(
    private readonly database: Database,
    private readonly heads: AttemptHeads,
    private readonly study: StudyRepository,
    private readonly closing: CloseQuizAttempt,
    private readonly metrics: Metrics,
  ) {}

  /** @throws Refusal `attempt-not-found` when it is another person's */
  async run(personId: number, attemptId: number, now: Date): Promise<void> {
    const closed = await this.database.inTransaction(async (tx) => {
      const head = await this.heads.ofPerson(tx, attemptId, personId);
      await this.study.lockRun(tx, head.courseRunId);
      return this.closing.run(tx, attemptId, now);
    });
    if (closed) this.metrics.count('attempt-graded');
  }
}
