import { Injectable } from '@nestjs/common';
import type { Principal } from '../platform/access/principal.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import type { Tx } from '../platform/database/sql.js';
import { badFields, notFound, type Problem } from '../platform/errors.js';
import type { TargetVersion } from '../programmes/index.js';
import { endOfDay, type CivilDate } from '../rules/civil-date.js';
import { scopeRoots } from '../rules/scope.js';
import { momentOf, type Moment } from './as-known.js';
import { CountingRules } from './counting-rules.js';
import type { CoverageQuery } from './coverage.forms.js';
import { CoverageFigures, type CoverageQuestion, type CoverageTable } from './coverage-figures.js';
import type { Level } from './shown-agencies.js';
import { CoverageScope, type Subject } from './coverage-scope.js';

/** Dates beyond it are slips of the finger: the latest goal that anybody plans for is of 2045. */
export const LAST_DAY: CivilDate = '2045-12-31';

type Asked = Omit<CoverageQuery, 'level'>;

/** A question that was understood: what it is about is there and within the asker's part of the tree. */
export interface Understood {
  targets: TargetVersion[];
  target: TargetVersion;
  moment: Moment;
  group: string | undefined;
  subject: Subject;
  /** The agencies from which down the asker may ask. */
  roots: number[];
}

export type AnsweredTable = CoverageTable & { understood: Understood };

/** Reads a question about coverage in the light of who asks, and has it answered. */
@Injectable()
export class AskCoverage {
  constructor(
    private readonly database: Database,
    private readonly rules: CountingRules,
    private readonly scope: CoverageScope,
    private readonly figures: CoverageFigures,
    private readonly clock: Clock,
  ) {}

  async run(principal: Principal, query: CoverageQuery): Promise<AnsweredTable> {
    return this.below(scopeRoots(principal.grants, 'coverage.read'), query);
  }

  /** For whoever may ask about everything under some agencies: the operator, a report of an agency. */
  async below(roots: number[], query: CoverageQuery): Promise<AnsweredTable> {
    return this.database.inSnapshot(async (tx) => {
      const understood = await this.understand(tx, roots, query);
      return { ...await this.figures.run(tx, questionOf(understood, query)), understood };
    });
  }

  /**
   * @throws Refusal 422 naming every field that makes no sense, 404 `agency-not-on-date`, 404 `no-target-published`
   */
  async understand(tx: Tx, roots: number[], query: Asked, of: 'figures' | 'people' = 'figures'): Promise<Understood> {
    const today = this.clock.today();
    const asOf = query.asOf ?? today;
    const knownAs = query.knownAs ?? today;
    const targets = await this.rules.inForce(tx, endOfDay(knownAs));
    const [standard] = targets;
    if (!standard) throw notFound('no-target-published');
    const target = query.target === undefined ? standard : targets.find((candidate) => candidate.target === query.target);

    const problems: Problem[] = [];
    if (asOf > LAST_DAY) problems.push({ field: 'asOf', code: 'date-too-far', params: { year: Number(LAST_DAY.slice(0, 4)) } });
    if (knownAs > today) problems.push({ field: 'knownAs', code: 'date-in-future' });
    if (!target) problems.push({ field: 'target', code: 'target-unknown' });
    // A headcount is a number that an agency declared: there is nobody behind it.
    if (target && of === 'people' && target.counts !== 'people') problems.push({ field: 'target', code: 'target-without-people' });
    if (target && query.group !== undefined && !target.groups.includes(query.group)) {
      problems.push({ field: 'group', code: 'group-not-in-target' });
    }
    if (problems.length > 0 || !target) throw badFields(problems);

    const moment = momentOf(asOf, knownAs, today);
    const subject = query.within === undefined
      ? await this.scope.whole(tx, moment, roots)
      : await this.scope.part(tx, moment, roots, query.within);
    return { targets, target, moment, group: query.group, subject, roots };
  }
}

export const questionOf = (understood: Understood, query: { level?: Level } = {}): CoverageQuestion => ({
  target: understood.target, moment: understood.moment, subject: understood.subject, level: query.level, group: understood.group,
});
