import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Somewhere where somebody is signed in. */
@Entity('sign_in_session')
export class SignInSessionEntity {
  @PrimaryColumn({ type: 'uuid' })
  id: string;

  @Column({ type: 'bigint' })
  accountId: number;

  @Column({ type: 'integer', default: 1 })
  generation: number;

  @Column({ type: 'timestamptz' })
  rotatedAt: Date;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  lastSeenAt: Date;

  @Column({ type: 'timestamptz' })
  expiresAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  revokedAt: Date | null;

  @Column({ type: 'text', nullable: true })
  revokedBecause: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  secondFactorAt: Date | null;

  @Column({ type: 'text', nullable: true })
  device: string | null;
}
