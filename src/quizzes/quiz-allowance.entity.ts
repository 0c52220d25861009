import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One more attempt after the last one failed, granted by a coordinator with a reason. */
@Entity('quiz_allowance')
export class QuizAllowanceEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint' })
  courseRunId: number;

  @Column({ type: 'integer' })
  afterAttempt: number;

  @Column({ type: 'text' })
  reason: string;

  @Column({ type: 'bigint', nullable: true })
  grantedBy: number | null;

  @Column({ type: 'timestamptz' })
  grantedAt: Date;
}
