import { Column, Entity, PrimaryColumn } from 'typeorm';

/** One row: what this database is. */
@Entity('installation')
export class InstallationEntity {
  @PrimaryColumn({ type: 'smallint', default: 1 })
  id: number;

  @Column({ type: 'boolean' })
  trial: boolean;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  /** When the trial data were complete. */
  @Column({ type: 'timestamptz', nullable: true })
  filledAt: Date | null;
}
