import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A picture of one version. */
@Entity('course_media')
export class CourseMediaEntity {
  @PrimaryColumn({ type: 'integer' })
  courseVersionId: number;

  @PrimaryColumn({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  mediaType: string;

  @Column({ type: 'bytea' })
  body: Buffer;
}
