import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Counters of rate-limiter-flexible. */
@Entity('rate_limit')
export class RateLimitEntity {
  @PrimaryColumn({ type: 'varchar', length: 255 })
  key: string;

  @Column({ type: 'integer', default: 0 })
  points: number;

  @Column({ type: 'bigint', nullable: true })
  expire: number | null;
}
