import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** An agency is only an id: its code, name, type and parent are dated facts of it (agency_version). */
@Entity('agency')
export class AgencyEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'timestamptz' })
  createdAt: Date;
}
