import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { LocalText } from '../platform/texts.js';
import type { Assignment, Competences, CompletionRule, Outcome, Quiz } from './course-version.js';

/** A published version. Written once. */
@Entity('course_version')
export class CourseVersionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'integer' })
  courseId: number;

  @Column({ type: 'integer' })
  number: number;

  /** Over the files of the folder; see files/content-hash.ts. */
  @Column({ type: 'text', name: 'content_sha256' })
  contentSha256: string;

  @Column({ type: 'jsonb' })
  title: LocalText;

  @Column({ type: 'jsonb' })
  summary: LocalText;

  @Column({ type: 'integer' })
  periods: number;

  @Column({ type: 'integer', nullable: true })
  validityMonths: number | null;

  @Column({ type: 'jsonb' })
  competences: Competences;

  @Column({ type: 'jsonb' })
  outcomes: Outcome[];

  @Column({ type: 'jsonb', nullable: true })
  quiz: Quiz | null;

  @Column({ type: 'jsonb' })
  completion: CompletionRule;

  @Column({ type: 'jsonb', nullable: true })
  assignment: Assignment | null;

  @Column({ type: 'timestamptz' })
  publishedAt: Date;

  /** The account; null where a start or a command published. */
  @Column({ type: 'bigint', nullable: true })
  publishedBy: number | null;
}
