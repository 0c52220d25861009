import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Practical work as it was handed in. Never changed; once more at most, after it did not pass. */
@Entity('assignment_submission')
export class AssignmentSubmissionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint' })
  courseRunId: number;

  /** 1, or 2 for the one resubmission. */
  @Column({ type: 'smallint' })
  number: number;

  @Column({ type: 'text' })
  text: string;

  @Column({ type: 'bigint', nullable: true })
  fileId: number | null;

  @Column({ type: 'timestamptz' })
  handedInAt: Date;
}
