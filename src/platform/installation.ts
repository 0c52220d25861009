import { Injectable } from '@nestjs/common';
import { Clock } from './clock.js';
import { Database } from './database/database.js';
import { first, type Tx } from './database/sql.js';

/** Whether this database holds trial data or a real country. Decided once, when it is first filled. */
@Injectable()
export class Installation {
  private known?: boolean;

  constructor(private readonly database: Database, private readonly clock: Clock) {}

  /** null while nothing was decided yet. */
  async find(tx: Tx = this.database.reader): Promise<{ trial: boolean; filledAt: Date | null } | null> {
    const row = await first<{ trial: boolean; filledAt: Date | null }>(tx,
      'SELECT trial, filled_at AS "filledAt" FROM installation');
    if (row) this.known = row.trial;
    return row;
  }

  async decide(tx: Tx, trial: boolean): Promise<void> {
    await tx.query('INSERT INTO installation (trial, created_at) VALUES ($1, $2)', [trial, this.clock.now()]);
    this.known = trial;
  }

  /** The trial data are complete: the next start need not go on with them. */
  async markFilled(tx: Tx): Promise<void> {
    await tx.query('UPDATE installation SET filled_at = $1', [this.clock.now()]);
  }

  /**
   * Whether pages and certificates must say that everything here is invented. Inside a transaction give its `tx`: a
   * second connection asked for while holding one can starve the pool.
   */
  async isTrial(tx?: Tx): Promise<boolean> {
    return this.known ?? (await this.find(tx))?.trial ?? false;
  }
}
