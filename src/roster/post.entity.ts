import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One version of a post: agency × title × one target group × period. Never changed, only superseded. */
@Entity('post')
export class PostEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  versionId: number;

  @Column({ type: 'bigint', default: () => "nextval('post_id_seq'::regclass)" })
  postId: number;

  @Column({ type: 'bigint' })
  personId: number;

  @Column({ type: 'integer' })
  agencyId: number;

  @Column({ type: 'text', nullable: true })
  staffCode: string | null;

  @Column({ type: 'text' })
  positionTitle: string;

  @Column({ type: 'text' })
  targetGroup: string;

  @Column({ type: 'boolean', default: false })
  onLeave: boolean;

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

  @Column({ type: 'bigint', nullable: true })
  importId: number | null;
}
