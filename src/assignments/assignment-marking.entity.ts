import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an assessor found, once for a submission: the key is the submission itself. */
@Entity('assignment_marking')
export class AssignmentMarkingEntity {
  @PrimaryColumn({ type: 'bigint' })
  submissionId: number;

  @Column({ type: 'bigint' })
  assessorAccountId: number;

  /** 1 to 4 by criterion. */
  @Column({ type: 'jsonb' })
  levels: Record<string, number>;

  @Column({ type: 'text' })
  remark: string;

  @Column({ type: 'boolean' })
  passed: boolean;

  @Column({ type: 'timestamptz' })
  markedAt: Date;
}
