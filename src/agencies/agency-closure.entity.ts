import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** Derived: who stood under whom, when. */
@Entity('agency_closure')
export class AgencyClosureEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'integer' })
  ancestorId: number;

  @Column({ type: 'integer' })
  descendantId: number;

  @Column({ type: 'smallint' })
  depth: number;

  @Column({ type: 'date' })
  validFrom: string;

  @Column({ type: 'date', default: () => "'infinity'" })
  validTo: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'timestamptz', default: () => "'infinity'" })
  supersededAt: Date;
}
