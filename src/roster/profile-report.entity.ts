import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** "This is wrong about me". Personal data: message, answer. */
@Entity('profile_report')
export class ProfileReportEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint' })
  personId: number;

  @Column({ type: 'text' })
  message: string;

  @Column({ type: 'timestamptz' })
  reportedAt: Date;

  @Column({ type: 'timestamptz', nullable: true })
  settledAt: Date | null;

  @Column({ type: 'bigint', nullable: true })
  settledBy: number | null;

  @Column({ type: 'text', nullable: true })
  answer: string | null;
}
