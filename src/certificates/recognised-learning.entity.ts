import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Training held elsewhere that somebody outside the person's agency has recognised for a criterion. */
@Entity('recognised_learning')
export class RecognisedLearningEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint' })
  personId: number;

  @Column({ type: 'text' })
  criterion: string;

  @Column({ type: 'integer' })
  periods: number;

  @Column({ type: 'text' })
  title: string;

  /** What was shown: number and date of the paper, the body that gave it. */
  @Column({ type: 'text' })
  evidence: string;

  @Column({ type: 'date' })
  validFrom: string;

  @Column({ type: 'date', default: 'infinity' })
  validTo: string;

  @Column({ type: 'bigint', nullable: true })
  decidedBy: number | null;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'timestamptz', default: 'infinity' })
  supersededAt: Date;
}
