import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../platform/audit.js';
import { one, type Tx } from '../platform/database/sql.js';
import { Facts } from '../platform/facts.js';
import { FOREVER, type CivilDate } from '../rules/civil-date.js';

export interface LearningToRecognise {
  personId: number;
  /** K1 or K2. */
  criterion: string;
  periods: number;
  title: string;
  /** What was shown: number and date of the paper, the body that gave it. */
  evidence: string;
  from: CivilDate;
  /** Exclusive; FOREVER where it does not expire. */
  to?: CivilDate;
  /** Must be somebody outside the person's agency; null for the system (trial data, transfer from another platform). */
  decidedBy: number | null;
}

/** Records that training held elsewhere counts for a criterion, from a day on. What it changes is recounted at once. */
@Injectable()
export class RecogniseLearning {
  constructor(private readonly facts: Facts, private readonly audit: AuditTrail) {}

  async run(tx: Tx, learning: LearningToRecognise, now: Date): Promise<number> {
    const { id } = await one<{ id: number }>(tx,
      `INSERT INTO recognised_learning (person_id, criterion, periods, title, evidence, valid_from, valid_to, decided_by, recorded_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
      [learning.personId, learning.criterion, learning.periods, learning.title, learning.evidence, learning.from,
        learning.to ?? FOREVER, learning.decidedBy, now]);
    await this.audit.record(tx, {
      action: 'learning.recognised', subjectKind: 'person', subjectId: learning.personId, details: { recognised: id },
    });
    await this.facts.publish(tx, 'credentials-changed', { personId: learning.personId, at: now });
    return id;
  }

  /**
   * The same for many at once, as an import from another platform or trial data bring it. Publishes nothing: whoever
   * calls this recounts everyone afterwards.
   */
  async many(tx: Tx, learnings: readonly LearningToRecognise[], now: Date): Promise<void> {
    const column = <T>(pick: (learning: LearningToRecognise) => T) => learnings.map(pick);
    await tx.query(
      `INSERT INTO recognised_learning (person_id, criterion, periods, title, evidence, valid_from, valid_to, decided_by, recorded_at)
       SELECT l.*, $9::timestamptz FROM unnest($1::bigint[], $2::text[], $3::int[], $4::text[], $5::text[], $6::date[], $7::date[],
         $8::bigint[]) AS l`,
      [column((l) => l.personId), column((l) => l.criterion), column((l) => l.periods), column((l) => l.title),
        column((l) => l.evidence), column((l) => l.from), column((l) => l.to ?? FOREVER), column((l) => l.decidedBy), now]);
    await this.audit.record(tx, {
      action: 'learning.recognised-many', subjectKind: 'installation', subjectId: 1, details: { count: learnings.length },
    });
  }
}
