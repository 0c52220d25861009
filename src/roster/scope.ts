import { first, type Tx } from '../platform/database/sql.js';
import { notFound } from '../platform/errors.js';
import type { CivilDate } from '../rules/civil-date.js';

/** `column` stands under one of the roots (parameter `roots`) on a day (parameter `on`). */
export const underRoots = (column: string, roots: string, on: string): string =>
  `EXISTS (SELECT 1 FROM agency_closure sc WHERE sc.superseded_at = 'infinity' AND sc.ancestor_id = ANY (${roots})
     AND sc.descendant_id = ${column} AND sc.valid_from <= ${on} AND ${on} < sc.valid_to)`;

/**
 * Whether somebody answers for a person on a day: a post in their part of the tree has not ended, or one was the last
 * that the person had. After a transfer it is the new agency; the old one keeps its record of the post, not the person.
 */
export const answersFor = (person: string, roots: string, on: string): string =>
  `EXISTS (SELECT 1 FROM post mine WHERE mine.person_id = ${person} AND mine.superseded_at = 'infinity'
     AND ${underRoots('mine.agency_id', roots, on)}
     AND (mine.valid_to > ${on} OR NOT EXISTS (SELECT 1 FROM post live WHERE live.person_id = ${person}
            AND live.superseded_at = 'infinity' AND live.valid_to > ${on})))`;

export async function answersForPerson(
  tx: Tx, personId: number, roots: readonly number[], today: CivilDate,
): Promise<boolean> {
  return await first(tx, `SELECT 1 WHERE ${answersFor('$1::bigint', '$2', '$3::date')}`, [personId, roots, today]) !== null;
}

/** @throws Refusal 404 unless the person holds, held or will hold a post there */
export async function personInScope(
  tx: Tx,
  personId: number,
  roots: readonly number[],
  today: CivilDate,
): Promise<void> {
  const found = await first(
    tx,
    `SELECT 1 FROM post po WHERE po.person_id = $1 AND po.superseded_at = 'infinity'
    AND ${underRoots('po.agency_id', '$2', '$3::date')} LIMIT 1`,
    [personId, roots, today],
  );
  if (!found) throw notFound();
}

/** @throws Refusal 404 unless the agency stands there */
export async function agencyInScope(
  tx: Tx,
  agencyId: number,
  roots: readonly number[],
  today: CivilDate,
): Promise<void> {
  const found = await first(tx, `SELECT 1 WHERE ${underRoots('$1::int', '$2', '$3::date')}`, [agencyId, roots, today]);
  if (!found) throw notFound();
}

/** Whether the person also holds a post outside: then who they are is not for this coordinator to change. */
export async function heldElsewhere(
  tx: Tx,
  personId: number,
  roots: readonly number[],
  today: CivilDate,
): Promise<boolean> {
  const found = await first(
    tx,
    `SELECT 1 FROM post po WHERE po.person_id = $1 AND po.superseded_at = 'infinity' AND po.valid_to > $3::date
    AND NOT ${underRoots('po.agency_id', '$2', '$3::date')} LIMIT 1`,
    [personId, roots, today],
  );
  return found !== null;
}
