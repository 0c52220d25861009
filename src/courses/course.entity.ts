import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A course of the outline, by the code and the folder it keeps for good. */
@Entity('course')
export class CourseEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'text', unique: true })
  code: string;

  @Column({ type: 'text', unique: true })
  slug: string;
}
