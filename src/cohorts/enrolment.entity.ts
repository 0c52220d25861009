import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** That a person was given a class to finish. It holds no progress: study belongs to the course run. */
@Entity('enrolment')
export class EnrolmentEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint' })
  cohortId: number;

  @Column({ type: 'bigint' })
  personId: number;

  /** Of the post for which it was assigned. */
  @Column({ type: 'integer' })
  agencyId: number;

  @Column({ type: 'bigint', nullable: true })
  assignedBy: number | null;

  /** The same for all who were assigned in one go, which is how that one go can be undone. */
  @Column({ type: 'timestamptz' })
  assignedAt: Date;

  @Column({ type: 'bigint', nullable: true })
  withdrawnBy: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  withdrawnAt: Date | null;
}
