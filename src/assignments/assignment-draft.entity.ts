import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What is being written and not handed in yet. No evidence: it is overwritten, and gone once handed in. */
@Entity('assignment_draft')
export class AssignmentDraftEntity {
  @PrimaryColumn({ type: 'bigint' })
  courseRunId: number;

  @Column({ type: 'text' })
  text: string;

  @Column({ type: 'timestamptz' })
  savedAt: Date;
}
