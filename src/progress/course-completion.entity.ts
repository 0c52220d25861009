import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('course_completion')
export class CourseCompletionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint', unique: true })
  courseRunId: number;

  @Column({ type: 'bigint' })
  personId: number;

  @Column({ type: 'integer' })
  courseId: number;

  @Column({ type: 'integer' })
  courseVersionId: number;

  @Column({ type: 'date' })
  completedOn: string;

  @Column({ type: 'timestamptz' })
  completedAt: Date;

  @Column({ type: 'smallint' })
  ruleVersion: number;

  /** Ids of the visits, the attempt and the marking on which it rests. */
  @Column({ type: 'jsonb' })
  evidence: { visits: number[]; attempt: number | null; submission: number | null };
}
