import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A programme of the outline, by the code and the name it keeps for good. */
@Entity('programme')
export class ProgrammeEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'text', unique: true })
  code: string;

  @Column({ type: 'text', unique: true })
  slug: string;
}
