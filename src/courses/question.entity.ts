import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A question of one version, key included: never sent out before an attempt is closed. */
@Entity('question')
export class QuestionEntity {
  @PrimaryGeneratedColumn('identity', { type: 'integer', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column({ type: 'integer' })
  courseVersionId: number;

  @Column({ type: 'text' })
  key: string;

  @Column({ type: 'text' })
  type: string;

  @Column({ type: 'text' })
  outcome: string;

  @Column({ type: 'smallint' })
  difficulty: number;

  @Column({ type: 'text' })
  kind: string;

  @Column({ type: 'jsonb' })
  content: object;
}
