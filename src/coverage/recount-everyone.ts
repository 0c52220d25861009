import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { Logger } from '../platform/logger.js';
import { Metrics } from '../platform/metrics.js';
import type { TargetVersion } from '../programmes/index.js';
import { CountingRules } from './counting-rules.js';
import { RecountPeople } from './recount-people.js';
import { TrainedIntervalsRepository } from './trained-intervals.repository.js';

/** People in one transaction: a second of work at most, and few rows locked at a time. */
const BATCH = 2_000;

export interface Recount {
  people: number;
  /** Rows written because a rule had never been applied: a new version, or data brought in from elsewhere. */
  derived: number;
  /** People whose periods were not what their evidence says. Anything but 0 is a fault of ours. */
  corrected: number;
}

/**
 * Derives everybody's trained periods again and must find nothing to change; what it finds is put right and told. A
 * rule by which nothing was derived yet is applied first.
 */
@Injectable()
export class RecountEveryone {
  constructor(
    private readonly database: Database,
    private readonly rules: CountingRules,
    private readonly intervals: TrainedIntervalsRepository,
    private readonly people: RecountPeople,
    private readonly clock: Clock,
    private readonly audit: AuditTrail,
    private readonly logger: Logger,
    private readonly metrics: Metrics,
  ) {}

  /** @param broughtIn evidence was just brought in past the use cases: derive for everybody who has nothing derived yet */
  async run(broughtIn = false): Promise<Recount> {
    const underived = broughtIn ? await this.rules.all(this.database.reader) : await this.underived();
    const result: Recount = { people: 0, derived: 0, corrected: 0 };
    if (underived.length > 0) {
      await this.inBatches(async (ids) => {
        result.derived += await this.database.inTransaction((tx) => this.people.derive(tx, ids, underived));
      });
    }
    await this.inBatches(async (ids) => {
      result.people += ids.length;
      result.corrected += await this.database.inTransaction((tx) => this.recount(tx, ids));
    });
    if (result.corrected > 0) this.logger.error(`The recount of coverage corrected ${result.corrected} people; see the audit trail`);
    return result;
  }

  private async recount(tx: Tx, personIds: number[]): Promise<number> {
    const corrected = await this.people.run(tx, personIds, this.clock.now());
    for (const id of corrected) {
      this.metrics.count('coverage-drift-corrected');
      await this.audit.record(tx, { action: 'coverage.drift-corrected', subjectKind: 'person', subjectId: id });
    }
    return corrected.length;
  }

  private async underived(): Promise<TargetVersion[]> {
    const tx = this.database.reader;
    const found: TargetVersion[] = [];
    for (const target of await this.rules.all(tx)) {
      if (!await this.intervals.wasDerived(tx, target.target, target.ruleVersion)) found.push(target);
    }
    return found;
  }

  private async inBatches(work: (personIds: number[]) => Promise<void>): Promise<void> {
    for (let last = 0; ;) {
      const ids = await this.intervals.peopleAfter(this.database.reader, last, BATCH);
      if (ids.length === 0) return;
      await work(ids);
      last = ids.at(-1) as number;
    }
  }
}
