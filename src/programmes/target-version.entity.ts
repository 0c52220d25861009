import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What is measured, under one version of the counting rule. Written once. */
@Entity('target_version')
export class TargetVersionEntity {
  @PrimaryColumn({ type: 'text' })
  target: string;

  @PrimaryColumn({ type: 'smallint' })
  ruleVersion: number;

  @Column({ type: 'jsonb' })
  definition: object;

  @Column({ type: 'text', name: 'content_sha256' })
  contentSha256: string;

  @Column({ type: 'timestamptz' })
  publishedAt: Date;
}
