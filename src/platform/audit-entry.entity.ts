import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Who did what to whom. Ids and codes only; never changed. */
@Entity('audit_entry')
export class AuditEntryEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'timestamptz' })
  at: Date;

  @Column({ type: 'bigint', nullable: true })
  actorAccountId: number | null;

  @Column({ type: 'text' })
  action: string;

  @Column({ type: 'text' })
  subjectKind: string;

  @Column({ type: 'text' })
  subjectId: string;

  @Column({ type: 'integer', nullable: true })
  agencyId: number | null;

  @Column({ type: 'jsonb', default: {} })
  details: Record<string, unknown>;

  @Column({ type: 'text', nullable: true })
  requestId: string | null;
}
