import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Person × course × cycle: what study, attempts and completion belong to. Pinned to the version that was opened. */
@Entity('course_run')
export class CourseRunEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint' })
  personId: number;

  @Column({ type: 'integer' })
  courseId: number;

  /** 1 for the first time; a refresher after expiry opens the next and leaves this one as it was. */
  @Column({ type: 'smallint', default: 1 })
  cycle: number;

  @Column({ type: 'integer' })
  courseVersionId: number;

  @Column({ type: 'timestamptz' })
  openedAt: Date;
}
