import { Injectable } from '@nestjs/common';
import { CountingRules, ProofsRepository, standing } from '../coverage/index.js';
import type { Tx } from '../platform/database/sql.js';
import type { LocalText } from '../platform/texts.js';
import { periodsHeld } from '../rules/coverage.js';
import { civilDateOf } from '../rules/civil-date.js';

export interface HeldCriterion {
  id: string;
  title: LocalText;
  /** Periods (tiết) proved today. */
  held: number;
  minimum: number;
}

/** How far one person is with each criterion of the default target, today, by the rule in force. */
@Injectable()
export class HeldCriteria {
  constructor(private readonly rules: CountingRules, private readonly proofs: ProofsRepository) {}

  async run(tx: Tx, personId: number, now: Date): Promise<HeldCriterion[]> {
    const target = (await this.rules.inForce(tx, now)).find((candidate) => candidate.isDefault);
    if (!target) return [];
    const proofs = standing((await this.proofs.ofPeople(tx, [personId])).get(personId) ?? []);
    const today = civilDateOf(now);
    return target.criteria.map((criterion) => ({
      id: criterion.id, title: criterion.title, minimum: criterion.minimum, held: periodsHeld(proofs, criterion.id, today),
    }));
  }
}
