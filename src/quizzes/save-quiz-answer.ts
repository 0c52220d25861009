import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { badField, conflict, notFound } from '../platform/errors.js';
import { Metrics } from '../platform/metrics.js';
import { readAnswer } from '../rules/asking.js';
import type { Answer } from '../rules/questions.js';
import { AttemptHeads } from './attempt-heads.js';
import { QuizAttemptsRepository, type Receipt } from './quiz-attempts.repository.js';

/**
 * Keeps an answer and gives a receipt. Answers are added, never overwritten; the last to arrive counts. The same
 * content again is the same receipt. In the common case this is one statement.
 */
@Injectable()
export class SaveQuizAnswer {
  constructor(
    private readonly database: Database,
    private readonly heads: AttemptHeads,
    private readonly attempts: QuizAttemptsRepository,
    private readonly metrics: Metrics,
  ) {}

  /**
   * @throws Refusal `attempt-not-found`, `question-not-found`, `attempt-over` (time is up or it is handed in), or the
   *   field that does not fit the question's type
   */
  async run(personId: number, attemptId: number, key: string, given: unknown, now: Date): Promise<Receipt> {
    const head = await this.heads.ofPerson(this.database.reader, attemptId, personId);
    const posed = await this.heads.question(this.database.reader, head, key);
    if (!posed) throw notFound('question-not-found');
    const read = readAnswer(posed.question, posed.shown, given);
    if ('misfit' in read) throw badField(read.misfit.field, read.misfit.code, read.misfit.params);
    return this.save(attemptId, key, read.answer, now);
  }

  private async save(attemptId: number, key: string, answer: Answer, now: Date): Promise<Receipt> {
    let saved = await this.attempts.saveAnswer(this.database.reader, attemptId, key, answer, now);
    if (saved === 'again') {
      // Two answers of one attempt at the same moment: wait for one's turn, then look afresh.
      saved = await this.database.inTransaction(async (tx) => {
        await this.attempts.lock(tx, attemptId);
        return this.attempts.saveAnswer(tx, attemptId, key, answer, now);
      });
    }
    if (saved === 'over') throw conflict('attempt-over');
    if (saved === 'again') throw new Error(`Attempt ${attemptId} was locked and still took another answer`);
    if (saved.added) this.metrics.count('answer-saved');
    return { sequence: saved.sequence, savedAt: saved.savedAt };
  }
}
