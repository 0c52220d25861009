import { Injectable } from '@nestjs/common';
import { rows, type Tx } from '../platform/database/sql.js';
import { FOREVER } from '../rules/civil-date.js';
import type { Period } from '../rules/coverage.js';

export interface Interval extends Period {
  id: number;
  personId: number;
  target: string;
  ruleVersion: number;
}

export interface NewInterval extends Omit<Interval, 'id'> {
  recordedAt: Date;
  /** Infinity while it holds. */
  supersededAt: Date | number;
}

/** Rows are added and superseded, never rewritten: a figure as known on an earlier day stays what it was. */
@Injectable()
export class TrainedIntervalsRepository {
  /** One at a time for each person: two pieces of evidence of the same moment must both be seen. Ids in order: no deadlock. */
  async lockPeople(tx: Tx, personIds: readonly number[]): Promise<void> {
    await tx.query('SELECT id FROM person WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [personIds]);
  }

  async current(tx: Tx, personIds: readonly number[]): Promise<Interval[]> {
    return rows<Interval>(tx,
      `SELECT id, person_id AS "personId", target, rule_version AS "ruleVersion", valid_from AS "from", valid_to AS "to"
         FROM trained_interval WHERE person_id = ANY($1) AND superseded_at = 'infinity' ORDER BY valid_from`, [personIds]);
  }

  /** People after an id who have evidence or derived rows, in order: the next piece of a recount of everyone. */
  async peopleAfter(tx: Tx, personId: number, limit: number): Promise<number[]> {
    const found = await rows<{ id: number }>(tx,
      `SELECT id FROM person WHERE id > $1 AND (
           EXISTS (SELECT 1 FROM course_completion WHERE person_id = person.id)
        OR EXISTS (SELECT 1 FROM recognised_learning WHERE person_id = person.id)
        OR EXISTS (SELECT 1 FROM trained_interval WHERE person_id = person.id))
       ORDER BY id LIMIT $2`, [personId, limit]);
    return found.map((row) => row.id);
  }

  /** Whether anything was ever derived by a version of a rule. */
  async wasDerived(tx: Tx, target: string, ruleVersion: number): Promise<boolean> {
    const [row] = await rows<{ derived: boolean }>(tx,
      'SELECT EXISTS (SELECT 1 FROM trained_interval WHERE target = $1 AND rule_version = $2) AS derived', [target, ruleVersion]);
    return row?.derived ?? false;
  }

  /** For which of these people anything was ever derived, by which version of which rule: `person target version`. */
  async derivedFor(tx: Tx, personIds: readonly number[]): Promise<Set<string>> {
    const found = await rows<{ key: string }>(tx,
      `SELECT DISTINCT concat_ws(' ', person_id, target, rule_version) AS key FROM trained_interval WHERE person_id = ANY($1)`,
      [personIds]);
    return new Set(found.map((row) => row.key));
  }

  async supersede(tx: Tx, ids: readonly number[], at: Date): Promise<void> {
    if (ids.length === 0) return;
    // A clock that is a little behind another process must not end a row before it began.
    await tx.query(
      'UPDATE trained_interval SET superseded_at = greatest($2::timestamptz, recorded_at) WHERE id = ANY($1)', [ids, at]);
  }

  async insert(tx: Tx, intervals: readonly NewInterval[]): Promise<void> {
    if (intervals.length === 0) return;
    const instant = (value: Date | number) => (typeof value === 'number' ? FOREVER : value.toISOString());
    await tx.query(
      `INSERT INTO trained_interval (person_id, target, rule_version, valid_from, valid_to, recorded_at, superseded_at)
       SELECT * FROM unnest($1::bigint[], $2::text[], $3::smallint[], $4::date[], $5::date[], $6::timestamptz[], $7::timestamptz[])`,
      [intervals.map((row) => row.personId), intervals.map((row) => row.target), intervals.map((row) => row.ruleVersion),
        intervals.map((row) => row.from), intervals.map((row) => row.to), intervals.map((row) => instant(row.recordedAt)),
        intervals.map((row) => instant(row.supersededAt))]);
  }
}
