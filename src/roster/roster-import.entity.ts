import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A roster file that was read and shown; applied only when confirmed. */
@Entity('roster_import')
export class RosterImportEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'integer' })
  agencyId: number;

  @Column({ type: 'text' })
  mode: string;

  @Column({ type: 'text' })
  fileName: string;

  @Column({ type: 'text' })
  fileSha256: string;

  @Column({ type: 'text' })
  status: string;

  @Column({ type: 'jsonb' })
  counts: Record<string, number>;

  @Column({ type: 'bigint', nullable: true })
  createdBy: number | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'bigint', nullable: true })
  confirmedBy: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  confirmedAt: Date | null;
}

/** One line of it. Personal data: reading (names, dates, addresses; the national number only as hash and tail). */
@Entity('roster_import_row')
export class RosterImportRowEntity {
  @PrimaryColumn({ type: 'bigint' })
  importId: number;

  @PrimaryColumn({ type: 'integer' })
  line: number;

  @Column({ type: 'text' })
  outcome: string;

  @Column({ type: 'jsonb' })
  reading: unknown;

  @Column({ type: 'jsonb', default: () => "'[]'::jsonb" })
  problems: unknown;

  @Column({ type: 'bigint', nullable: true })
  personId: number | null;

  @Column({ type: 'bigint', nullable: true })
  postId: number | null;
}
