import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { first } from '../platform/database/sql.js';
import { TrialAgencies } from './trial-agencies.js';
import { TrialLearners } from './trial-learners.js';
import { TrialPeople } from './trial-people.js';

/**
 * Fills an empty trial installation. The country, its people and the accounts come in one transaction; what the
 * learners did comes after, through the use cases of the pages. Interrupted anywhere, it goes on at the next start.
 */
@Injectable()
export class LoadTrialData {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly agencies: TrialAgencies,
    private readonly people: TrialPeople,
    private readonly learners: TrialLearners,
  ) {}

  async run(password: string): Promise<void> {
    const now = this.clock.now();
    const today = this.clock.today();
    await this.database.inTransaction(async (tx) => {
      if (await first(tx, 'SELECT 1 FROM account LIMIT 1')) return;
      const places = await this.agencies.load(tx);
      await this.people.load(tx, places, today, now);
      await this.people.loadAccounts(tx, password, today, now);
    });
    await this.learners.run(today);
  }
}
