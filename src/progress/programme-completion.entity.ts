import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('programme_completion')
export class ProgrammeCompletionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint' })
  personId: number;

  @Column({ type: 'integer' })
  programmeId: number;

  @Column({ type: 'integer' })
  programmeVersionId: number;

  @Column({ type: 'smallint', default: 1 })
  cycle: number;

  @Column({ type: 'date' })
  completedOn: string;

  @Column({ type: 'timestamptz' })
  completedAt: Date;

  /** Ids of the course completions on which it rests. */
  @Column({ type: 'jsonb' })
  evidence: { courseCompletions: number[] };
}
