import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';
import type { TargetVersion } from '../programmes/index.js';
import type { CountingRule } from '../rules/coverage.js';

type Published = { target: string; ruleVersion: number; definition: Omit<TargetVersion, 'target' | 'ruleVersion'> };

/** Which rule a figure is counted by. Every version that was ever published stays, so that old figures can be asked again. */
@Injectable()
export class CountingRules {
  /** Every version of every target that is counted on people. */
  async all(tx: Tx): Promise<TargetVersion[]> {
    const published = await rows<Published>(tx,
      'SELECT target, rule_version AS "ruleVersion", definition FROM target_version ORDER BY target, rule_version');
    return published.map(targetOf).filter((target) => target.counts === 'people');
  }

  /**
   * Each target by the rule that was in force before an instant; by its first rule where the instant is older than
   * that. The default target comes first.
   */
  async inForce(tx: Tx, before: Date): Promise<TargetVersion[]> {
    const published = await rows<Published>(tx,
      `SELECT DISTINCT ON (target) target, rule_version AS "ruleVersion", definition FROM target_version
        ORDER BY target, published_at < $1 DESC, CASE WHEN published_at < $1 THEN -rule_version ELSE rule_version END`,
      [before]);
    return published.map(targetOf)
      .sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || (a.target < b.target ? 1 : -1));
  }
}

const targetOf = ({ target, ruleVersion, definition }: Published): TargetVersion => ({ ...definition, target, ruleVersion });

export function ruleOf(target: TargetVersion): { criteria: string[]; rule: CountingRule } {
  return {
    criteria: target.criteria.map((criterion) => criterion.id),
    rule: {
      version: target.ruleVersion,
      minimum: Object.fromEntries(target.criteria.map((criterion) => [criterion.id, criterion.minimum])),
    },
  };
}
