import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('certificate_revocation')
export class CertificateRevocationEntity {
  @PrimaryColumn({ type: 'bigint' })
  certificateId: number;

  @Column({ type: 'text' })
  reason: string;

  @Column({ type: 'bigint', nullable: true })
  revokedBy: number | null;

  @Column({ type: 'timestamptz' })
  revokedAt: Date;
}
