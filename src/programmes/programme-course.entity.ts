import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LocalText } from '../platform/texts.js';

/** A course within a version of a programme. */
@Entity('programme_course')
export class ProgrammeCourseEntity {
  @PrimaryColumn({ type: 'integer' })
  programmeVersionId: number;

  @PrimaryColumn({ type: 'smallint' })
  position: number;

  @Column({ type: 'text' })
  courseCode: string;

  /** null while the course was never published. */
  @Column({ type: 'integer', nullable: true })
  courseId: number | null;

  @Column({ type: 'text' })
  requirement: 'required' | 'elective' | 'preparation';

  /** Only of a course in preparation. */
  @Column({ type: 'jsonb', nullable: true })
  title: LocalText | null;

  @Column({ type: 'smallint', nullable: true })
  periods: number | null;
}
