import { Injectable } from '@nestjs/common';
import { Courses } from '../courses/index.js';
import type { Tx } from '../platform/database/sql.js';
import { notFound } from '../platform/errors.js';
import { shownOrder, type Question, type Shown } from '../rules/questions.js';
import { QuizAttemptsRepository, type AttemptHead } from './quiz-attempts.repository.js';

const KEPT = 10_000;

/** A question as it stands in one attempt. */
export interface Posed { number: number; question: Question; shown: Shown }

/**
 * What is unchangeable about attempts, kept in memory, so that saving an answer asks the database once. Safe beside
 * other processes: nothing kept here can ever change. Whether an attempt is still open is always asked afresh.
 */
@Injectable()
export class AttemptHeads {
  private readonly heads = new Map<number, AttemptHead>();

  constructor(private readonly attempts: QuizAttemptsRepository, private readonly courses: Courses) {}

  /** @throws Refusal `attempt-not-found` when there is none, or it is another person's */
  async ofPerson(tx: Tx, attemptId: number, personId: number): Promise<AttemptHead> {
    const head = this.heads.get(attemptId) ?? await this.attempts.findHead(tx, attemptId);
    if (head) this.keep(head);
    if (head?.personId !== personId) throw notFound('attempt-not-found');
    return head;
  }

  async byId(tx: Tx, attemptId: number): Promise<AttemptHead> {
    const head = this.heads.get(attemptId) ?? await this.attempts.findHead(tx, attemptId);
    if (!head) throw notFound('attempt-not-found');
    return head;
  }

  /** One question of an attempt; null when it is not among those drawn. */
  async question(tx: Tx, head: AttemptHead, key: string): Promise<Posed | null> {
    const index = head.questionKeys.indexOf(key);
    const bank = index < 0 ? [] : await this.courses.questions(tx, head.courseVersionId);
    const question = bank.find((candidate) => candidate.key === key);
    return question ? { number: index + 1, question, shown: shownOrder(question, head.seed) } : null;
  }

  /** The questions of an attempt in the order shown, each with the shuffle of this attempt. */
  async questions(tx: Tx, head: AttemptHead): Promise<Posed[]> {
    const bank = new Map(
      (await this.courses.questions(tx, head.courseVersionId)).map((question) => [question.key, question]),
    );
    return head.questionKeys.map((key, index) => {
      const question = bank.get(key);
      if (!question) throw new Error(`Attempt ${head.id}: version ${head.courseVersionId} has no question ${key}`);
      return { number: index + 1, question, shown: shownOrder(question, head.seed) };
    });
  }

  private keep(head: AttemptHead): void {
    this.heads.delete(head.id);
    this.heads.set(head.id, head);
    if (this.heads.size > KEPT) this.heads.delete(this.heads.keys().next().value as number);
  }
}
