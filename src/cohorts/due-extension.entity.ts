import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A later due date for one person. Added, never changed; the latest date holds (rules/deadlines `effectiveDue`). */
@Entity('due_extension')
export class DueExtensionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint' })
  enrolmentId: number;

  @Column({ type: 'date' })
  due: string;

  @Column({ type: 'text' })
  reason: string;

  @Column({ type: 'bigint', nullable: true })
  grantedBy: number | null;

  @Column({ type: 'timestamptz' })
  grantedAt: Date;
}
