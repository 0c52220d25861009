import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { Jobs } from '../platform/jobs/jobs.js';

const KEPT_DAYS = 90;
const DAY = 24 * 60 * 60 * 1000;

/** Forgets, every night, sessions and codes that ended 90 days ago (the notice promises it) and counters that ran out. */
@Injectable()
export class TidyAccess implements OnModuleInit {
  constructor(private readonly database: Database, private readonly jobs: Jobs, private readonly clock: Clock) {}

  onModuleInit(): void {
    this.jobs.handle('tidy-access', () => this.run(this.clock.now()), '15 19 * * *');
  }

  async run(now: Date): Promise<void> {
    const before = new Date(now.getTime() - KEPT_DAYS * DAY);
    await this.database.inTransaction(async (tx) => {
      await tx.query('DELETE FROM sign_in_session WHERE least(expires_at, coalesce(revoked_at, expires_at)) < $1', [before]);
      await tx.query('DELETE FROM one_time_code WHERE least(expires_at, coalesce(used_at, withdrawn_at, expires_at)) < $1', [before]);
      // Counters tell the machine's time, and an hour's difference to the Clock does not matter to them.
      await tx.query('DELETE FROM rate_limit WHERE expire < (extract(epoch FROM clock_timestamp()) * 1000)::bigint');
    });
  }
}
