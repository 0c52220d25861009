import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How many periods of which criterion a completion proves. */
@Entity('course_proof')
export class CourseProofEntity {
  @PrimaryColumn({ type: 'integer' })
  courseVersionId: number;

  @PrimaryColumn({ type: 'text' })
  criterion: string;

  @Column({ type: 'integer' })
  periods: number;
}
