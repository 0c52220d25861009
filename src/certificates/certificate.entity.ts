import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CertificateFacts } from './certificate-facts.js';

@Entity('certificate')
export class CertificateEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'text', unique: true })
  number: string;

  @Column({ type: 'text', unique: true })
  verifyCode: string;

  @Column({ type: 'bigint' })
  personId: number;

  @Column({ type: 'bigint', nullable: true, unique: true })
  courseCompletionId: number | null;

  @Column({ type: 'bigint', nullable: true, unique: true })
  programmeCompletionId: number | null;

  /** Frozen as issued: a rename, a transfer or a merger never rewrites it. Personal data. */
  @Column({ type: 'jsonb' })
  facts: CertificateFacts;

  @Column({ type: 'date' })
  issuedOn: string;

  @Column({ type: 'timestamptz' })
  issuedAt: Date;

  @Column({ type: 'date', default: 'infinity' })
  validTo: string;

  @Column({ type: 'bigint', nullable: true })
  supersededBy: number | null;

  /** Issued on invented data: says so on the paper and when verified. */
  @Column({ type: 'boolean' })
  trial: boolean;
}
