import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** One human being. Personal data: full_name, search_name, sort_name, birth_date, email, phone, national_id_*. */
@Entity('person')
export class PersonEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'text' })
  fullName: string;

  @Column({ type: 'text' })
  searchName: string;

  @Column({ type: 'text' })
  sortName: string;

  @Column({ type: 'date', nullable: true })
  birthDate: string | null;

  @Column({ type: 'text', nullable: true })
  email: string | null;

  @Column({ type: 'text', nullable: true })
  phone: string | null;

  @Column({ type: 'text', nullable: true })
  nationalIdHash: string | null;

  @Column({ type: 'text', nullable: true })
  nationalIdTail: string | null;

  @Column({ type: 'timestamptz' })
  createdAt: Date;

  @Column({ type: 'timestamptz' })
  updatedAt: Date;
}
