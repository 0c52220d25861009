import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A file that was read and shown, and is applied only when somebody confirms it. */
@Entity('agency_import')
export class AgencyImportEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'text' })
  fileName: string;

  @Column({ type: 'text' })
  fileSha256: string;

  @Column({ type: 'text' })
  status: string;

  @Column({ type: 'jsonb' })
  counts: Record<string, number>;

  @Column({ type: 'jsonb' })
  rows: unknown;

  @Column({ type: 'bigint', nullable: true })
  createdBy: number | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'bigint', nullable: true })
  confirmedBy: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  confirmedAt: Date | null;
}
