import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One try at a quiz. Seed and version rebuild it exactly as it was shown, years later. */
@Entity('quiz_attempt')
export class QuizAttemptEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint' })
  courseRunId: number;

  @Column({ type: 'integer' })
  courseVersionId: number;

  /** 1, 2, 3… within the run. */
  @Column({ type: 'integer' })
  number: number;

  /** Draws the questions and shuffles the options; below 2^31. */
  @Column({ type: 'bigint' })
  seed: number;

  /** In the order shown. */
  @Column({ type: 'jsonb' })
  questionKeys: string[];

  @Column({ type: 'timestamptz' })
  startedAt: Date;

  @Column({ type: 'timestamptz' })
  deadlineAt: Date;

  /** When it was handed in, or its deadline. */
  @Column({ type: 'timestamptz', nullable: true })
  closedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  closedBy: 'learner' | 'deadline' | null;

  @Column({ type: 'numeric', precision: 5, scale: 2, nullable: true })
  score: number | null;

  @Column({ type: 'boolean', nullable: true })
  passed: boolean | null;

  /** Share of each question earned, 0 to 1, by key. */
  @Column({ type: 'jsonb', nullable: true })
  marks: Record<string, number> | null;

  @Column({ type: 'timestamptz', nullable: true })
  gradedAt: Date | null;
}
