import type { CivilDate } from './civil-date.js';
import { greatest, least } from './timeline.js';

/** One version of an agency: under whom it stood, when. Half-open. */
export interface TreeVersion {
  agencyId: number;
  parentId: number | null;
  from: CivilDate;
  to: CivilDate;
}

/** Who stood under whom, how deep, when. Every agency stands under itself at depth 0. */
export interface ClosureRow {
  ancestorId: number;
  descendantId: number;
  depth: number;
  from: CivilDate;
  to: CivilDate;
}

const DEEPEST = 30;

export class AgencyCycle extends Error {
  constructor(readonly agencyId: number) {
    super(`Agency ${agencyId} stands under itself`);
  }
}

/**
 * The dated closure of the tree, made from all versions. Under an agency only while that agency exists: where a parent
 * ends before its child, the child stands alone until it is given another.
 * @throws AgencyCycle where the versions go round in a ring on some day
 */
export function closureOf(versions: readonly TreeVersion[]): ClosureRow[] {
  const byAgency = new Map<number, TreeVersion[]>();
  for (const version of versions) {
    const list = byAgency.get(version.agencyId);
    if (list) list.push(version);
    else byAgency.set(version.agencyId, [version]);
  }
  const rows: ClosureRow[] = [];
  for (const [descendantId, own] of byAgency) {
    const found: ClosureRow[] = [];
    const climb = (ancestorId: number, from: CivilDate, to: CivilDate, depth: number) => {
      if (depth > DEEPEST) throw new AgencyCycle(descendantId);
      for (const version of byAgency.get(ancestorId) ?? []) {
        const start = greatest(from, version.from);
        const end = least(to, version.to);
        if (start >= end) continue;
        found.push({ ancestorId, descendantId, depth, from: start, to: end });
        if (version.parentId !== null) climb(version.parentId, start, end, depth + 1);
      }
    };
    for (const version of own) {
      found.push({ ancestorId: descendantId, descendantId, depth: 0, from: version.from, to: version.to });
      if (version.parentId !== null) climb(version.parentId, version.from, version.to, 1);
    }
    rows.push(...joinedRows(found));
  }
  return rows;
}

/** Rows of one descendant, neighbours that say the same made one. */
function joinedRows(rows: ClosureRow[]): ClosureRow[] {
  rows.sort(
    (a, b) => a.ancestorId - b.ancestorId || a.depth - b.depth || (a.from < b.from ? -1 : a.from > b.from ? 1 : 0),
  );
  const result: ClosureRow[] = [];
  for (const row of rows) {
    const last = result.at(-1);
    if (last && last.ancestorId === row.ancestorId && last.depth === row.depth && last.to === row.from)
      last.to = row.to;
    else result.push(row);
  }
  return result;
}

/** What must be superseded and what written to get from the rows that stand to those that shall. */
export function closureDifference<R extends ClosureRow>(
  standing: readonly R[],
  wanted: readonly ClosureRow[],
): { drop: R[]; add: ClosureRow[] } {
  const key = (row: ClosureRow) => `${row.ancestorId} ${row.descendantId} ${row.depth} ${row.from} ${row.to}`;
  const has = new Set(standing.map(key));
  const want = new Set(wanted.map(key));
  return { drop: standing.filter((row) => !want.has(key(row))), add: wanted.filter((row) => !has.has(key(row))) };
}
