import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A role over an agency and everything below it. Revoked, never deleted. */
@Entity('role_grant')
export class RoleGrantEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'bigint' })
  accountId: number;

  @Column({ type: 'text' })
  role: string;

  @Column({ type: 'integer' })
  agencyId: number;

  @Column({ type: 'timestamptz' })
  grantedAt: Date;

  @Column({ type: 'bigint', nullable: true })
  grantedBy: number | null;

  @Column({ type: 'timestamptz', nullable: true })
  revokedAt: Date | null;

  @Column({ type: 'bigint', nullable: true })
  revokedBy: number | null;
}
