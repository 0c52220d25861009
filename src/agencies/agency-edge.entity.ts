import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What became of what. Written by reorganisations. */
@Entity('agency_edge')
export class AgencyEdgeEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'date' })
  effective: string;

  @Column({ type: 'integer' })
  fromAgencyId: number;

  @Column({ type: 'integer', nullable: true })
  intoAgencyId: number | null;

  @Column({ type: 'text', nullable: true })
  legalBasis: string | null;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'timestamptz', default: () => "'infinity'" })
  supersededAt: Date;
}
