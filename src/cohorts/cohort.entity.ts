import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A class: one version of a programme, for people of an agency and below, until a day. */
@Entity('cohort')
export class CohortEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'integer' })
  programmeVersionId: number;

  @Column({ type: 'integer' })
  agencyId: number;

  @Column({ type: 'text' })
  title: string;

  @Column({ type: 'date' })
  opens: string;

  /** The whole of this day is still in time. */
  @Column({ type: 'date' })
  due: string;

  /** The account and the key of the form: the same form sent twice makes one class. */
  @Column({ type: 'text', nullable: true, unique: true })
  requestKey: string | null;

  @Column({ type: 'bigint', nullable: true })
  createdBy: number | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
