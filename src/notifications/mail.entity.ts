import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('mail')
export class MailEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  /** Personal data. */
  @Column({ type: 'text' })
  recipient: string;

  @Column({ type: 'text' })
  language: string;

  @Column({ type: 'text' })
  kind: string;

  /** Emptied once sent. */
  @Column({ type: 'jsonb' })
  params: Record<string, unknown>;

  @Column({ type: 'text', unique: true })
  onceKey: string;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  sentAt: Date | null;

  @Column({ type: 'timestamptz', nullable: true })
  failedAt: Date | null;
}
