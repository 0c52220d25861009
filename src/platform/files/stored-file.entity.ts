import { Column, Entity, PrimaryColumn, PrimaryGeneratedColumn } from 'typeorm';

/** A file that was handed in. Its name may be personal data. */
@Entity('stored_file')
export class StoredFileEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text' })
  mediaType: string;

  /** In bytes. */
  @Column({ type: 'integer' })
  size: number;

  @Column({ type: 'text' })
  sha256: string;

  @Column({ type: 'bigint', nullable: true })
  storedBy: number | null;

  @Column({ type: 'timestamptz' })
  storedAt: Date;
}

/** One megabyte of it at a time. */
@Entity('stored_file_part')
export class StoredFilePartEntity {
  @PrimaryColumn({ type: 'bigint' })
  fileId: number;

  @PrimaryColumn({ type: 'integer' })
  position: number;

  @Column({ type: 'bytea' })
  body: Buffer;
}
