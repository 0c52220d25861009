import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { LocalText } from '../platform/texts.js';
import type { Lesson } from './course-version.js';

/** A lesson of one version. */
@Entity('lesson')
export class LessonEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'integer' })
  courseVersionId: number;

  @Column({ type: 'smallint' })
  position: number;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  slug: string;

  @Column({ type: 'jsonb' })
  title: LocalText;

  @Column({ type: 'smallint' })
  minutes: number;

  @Column({ type: 'jsonb' })
  outcomes: string[];

  @Column({ type: 'jsonb' })
  contents: Lesson['contents'];
}
