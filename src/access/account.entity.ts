import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A way to sign in; not a person, and not what they learn. */
@Entity('account')
export class AccountEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint', unique: true })
  personId: number;

  @Column({ type: 'text' })
  username: string;

  @Column({ type: 'text', nullable: true })
  passwordHash: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  passwordChangedAt: Date | null;

  @Column({ type: 'text', default: 'vi' })
  language: string;

  @Column({ type: 'text', nullable: true })
  totpSecret: string | null;

  @Column({ type: 'timestamptz', nullable: true })
  totpConfirmedAt: Date | null;

  @Column({ type: 'bigint', nullable: true })
  totpLastStep: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  noticeAcceptedAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  disabledAt: Date | null;

  @Column({ type: 'bigint', nullable: true })
  disabledBy: number | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'bigint', nullable: true })
  createdBy: number | null;
}
