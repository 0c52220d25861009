import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Competences } from '../courses/index.js';
import type { LocalText } from '../platform/texts.js';

/** A published version. Written once. */
@Entity('programme_version')
export class ProgrammeVersionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'integer' })
  programmeId: number;

  @Column({ type: 'integer' })
  number: number;

  @Column({ type: 'text', name: 'content_sha256' })
  contentSha256: string;

  @Column({ type: 'jsonb' })
  title: LocalText;

  @Column({ type: 'jsonb' })
  summary: LocalText;

  @Column({ type: 'jsonb' })
  audience: { groups: string[]; text: LocalText };

  @Column({ type: 'integer' })
  periods: number;

  @Column({ type: 'jsonb' })
  criteria: string[];

  @Column({ type: 'jsonb' })
  outcomes: LocalText[];

  @Column({ type: 'jsonb', nullable: true })
  competences: Competences | null;

  @Column({ type: 'boolean' })
  certificate: boolean;

  @Column({ type: 'text', nullable: true })
  pathTarget: string | null;

  @Column({ type: 'timestamptz' })
  publishedAt: Date;

  @Column({ type: 'bigint', nullable: true })
  publishedBy: number | null;
}
