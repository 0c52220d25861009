import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** When a person holds every criterion of a target, by a version of the rule. Derived; added to and superseded only. */
@Entity('trained_interval')
export class TrainedIntervalEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint' })
  personId: number;

  @Column({ type: 'text' })
  target: string;

  @Column({ type: 'smallint' })
  ruleVersion: number;

  @Column({ type: 'date' })
  validFrom: string;

  @Column({ type: 'date', default: 'infinity' })
  validTo: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'timestamptz', default: 'infinity' })
  supersededAt: Date;
}
