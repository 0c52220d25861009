import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/sql.js';
import type { TargetVersion } from '../programmes/index.js';
import { trainedPeriods } from '../rules/coverage.js';
import { difference, trainedHistory } from '../rules/trained-history.js';
import { CountingRules, ruleOf } from './counting-rules.js';
import { ProofsRepository, standing } from './proofs.repository.js';
import { TrainedIntervalsRepository, type Interval, type NewInterval } from './trained-intervals.repository.js';

/** Derives anew, from all evidence, when some people are trained, and writes only what differs from what stands. */
@Injectable()
export class RecountPeople {
  constructor(
    private readonly rules: CountingRules,
    private readonly proofs: ProofsRepository,
    private readonly intervals: TrainedIntervalsRepository,
  ) {}

  /**
   * What differs is recorded at `at`: what was known before stays as it was known.
   * @returns the ids of the people for whom something differed
   */
  async run(tx: Tx, personIds: readonly number[], at: Date): Promise<number[]> {
    const targets = await this.rules.all(tx);
    if (targets.length === 0 || personIds.length === 0) return [];
    await this.intervals.lockPeople(tx, personIds);
    const evidence = await this.proofs.ofPeople(tx, personIds);
    const stands = groupBy(await this.intervals.current(tx, personIds), keyOf);

    const ended: Interval[] = [];
    const begun: NewInterval[] = [];
    for (const personId of personIds) {
      const proofs = standing(evidence.get(personId) ?? []);
      for (const target of targets) {
        const { criteria, rule } = ruleOf(target);
        const whose = { personId, target: target.target, ruleVersion: target.ruleVersion };
        const { end, begin } = difference(stands.get(keyOf(whose)) ?? [], trainedPeriods(proofs, criteria, rule));
        ended.push(...end);
        begun.push(...begin.map((period) => ({ ...whose, ...period, recordedAt: at, supersededAt: Infinity })));
      }
    }
    await this.intervals.supersede(tx, ended.map((row) => row.id), at);
    await this.intervals.insert(tx, begun);
    return [...new Set([...ended, ...begun].map((row) => row.personId))];
  }

  /**
   * For people for whom nothing was derived yet by a rule (a new version, data brought in from elsewhere): writes the
   * whole history, each row recorded when its evidence was known, so that earlier days can be asked for as well.
   * @returns how many rows were written
   */
  async derive(tx: Tx, personIds: readonly number[], targets: readonly TargetVersion[]): Promise<number> {
    await this.intervals.lockPeople(tx, personIds);
    const evidence = await this.proofs.ofPeople(tx, personIds);
    const derived = await this.intervals.derivedFor(tx, personIds);
    const written: NewInterval[] = [];
    for (const target of targets) {
      const { criteria, rule } = ruleOf(target);
      for (const [personId, proofs] of evidence) {
        if (derived.has(keyOf({ personId, target: target.target, ruleVersion: target.ruleVersion }))) continue;
        for (const known of trainedHistory(proofs, criteria, rule)) {
          written.push({
            personId, target: target.target, ruleVersion: target.ruleVersion, from: known.from, to: known.to,
            recordedAt: new Date(known.recordedAt),
            supersededAt: known.supersededAt === Infinity ? Infinity : new Date(known.supersededAt),
          });
        }
      }
    }
    await this.intervals.insert(tx, written);
    return written.length;
  }
}

const keyOf = (row: { personId: number; target: string; ruleVersion: number }) =>
  `${row.personId} ${row.target} ${row.ruleVersion}`;

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
