import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Answer } from '../rules/questions.js';

/** One saved answer: added, never changed. The latest sequence of a question is the answer that counts. */
@Entity('quiz_answer')
export class QuizAnswerEntity {
  @PrimaryColumn({ type: 'bigint' })
  attemptId: number;

  /** 1, 2, 3… within the attempt, over all its questions: the number on the receipt. */
  @PrimaryColumn({ type: 'integer' })
  sequence: number;

  @Column({ type: 'text' })
  questionKey: string;

  @Column({ type: 'jsonb' })
  answer: Answer;

  @Column({ type: 'timestamptz' })
  savedAt: Date;
}
