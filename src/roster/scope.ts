import { first, type Tx } from '../platform/database/sql.js';
import { notFound } from '../platform/errors.js';
import type { CivilDate } from '../rules/civil-date.js';

/** `column` stands under one of the roots (parameter `roots`) on a day (parameter `on`). */
export const underRoots = (column: string, roots: string, on: string): string =>
  `EXISTS (SELECT 1 FROM agency_closure sc WHERE sc.superseded_at = 'infinity' AND sc.ancestor_id = ANY (${roots})
     AND sc.descendant_id = ${column} AND sc.valid_from <= ${on} AND ${on} < sc.valid_to)`;

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
