import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** That a lesson was opened, and that its reader said it is finished. Added once each, never changed. */
@Entity('lesson_visit')
export class LessonVisitEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint' })
  courseRunId: number;

  @Column({ type: 'integer' })
  lessonId: number;

  @Column({ type: 'text' })
  kind: 'opened' | 'finished';

  @Column({ type: 'timestamptz' })
  at: Date;
}
