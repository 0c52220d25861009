import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What held of an agency from a day to a day, and from when to when we believed so. */
@Entity('agency_version')
export class AgencyVersionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'integer' })
  agencyId: number;

  @Column({ type: 'text' })
  code: string;

  @Column({ type: 'text' })
  nameVi: string;

  @Column({ type: 'text' })
  nameEn: string;

  @Column({ type: 'text' })
  searchName: string;

  @Column({ type: 'text' })
  type: string;

  @Column({ type: 'integer', nullable: true })
  parentId: number | null;

  @Column({ type: 'text', nullable: true })
  legalBasis: string | null;

  @Column({ type: 'date' })
  validFrom: string;

  @Column({ type: 'date', default: () => "'infinity'" })
  validTo: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'timestamptz', default: () => "'infinity'" })
  supersededAt: Date;
}
