import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A number that an agency declares instead of listing people. */
@Entity('headcount_declaration')
export class HeadcountDeclarationEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'integer' })
  agencyId: number;

  @Column({ type: 'text' })
  measure: string;

  @Column({ type: 'text', nullable: true })
  targetGroup: string | null;

  @Column({ type: 'integer' })
  headcount: number;

  @Column({ type: 'date' })
  validFrom: string;

  @Column({ type: 'date', default: () => "'infinity'" })
  validTo: string;

  @Column({ type: 'timestamptz' })
  recordedAt: Date;

  @Column({ type: 'timestamptz', default: () => "'infinity'" })
  supersededAt: Date;

  @Column({ type: 'bigint', nullable: true })
  recordedBy: number | null;
}
