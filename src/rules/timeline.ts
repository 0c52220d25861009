import type { CivilDate } from './civil-date.js';

/**
 * Facts that hold for a time and then others: the versions of an agency, of a post. Pieces are half-open, in order, and
 * never overlap. A change makes a new list of pieces; the old rows stay in the database, superseded.
 */
export interface Piece<F> {
  from: CivilDate;
  to: CivilDate;
  facts: F;
}

/**
 * From one day to another the facts become what `change` makes of them: it is given what held there, or null where
 * nothing did, and answers null where nothing shall hold.
 */
export function revise<F>(
  pieces: readonly Piece<F>[], from: CivilDate, to: CivilDate, change: (before: F | null) => F | null,
): Piece<F>[] {
  if (from >= to) return joined(pieces);
  const result: Piece<F>[] = [];
  const put = (piece: Piece<F>) => {
    if (piece.from < piece.to) result.push(piece);
  };
  let reached = from;
  const fill = (until: CivilDate) => {
    if (reached >= until) return;
    const facts = change(null);
    if (facts !== null) put({ from: reached, to: until, facts });
  };
  for (const piece of inOrder(pieces)) {
    put({ ...piece, to: least(piece.to, from) });
    const start = greatest(piece.from, from);
    const end = least(piece.to, to);
    if (start < end) {
      fill(start);
      const facts = change(piece.facts);
      if (facts !== null) put({ from: start, to: end, facts });
      reached = end;
    }
    put({ ...piece, from: greatest(piece.from, to) });
  }
  fill(to);
  return joined(result);
}

/** In order, and neighbours that say the same made one. */
export function joined<F>(pieces: readonly Piece<F>[]): Piece<F>[] {
  const result: Piece<F>[] = [];
  for (const piece of inOrder(pieces)) {
    const last = result.at(-1);
    if (last && last.to === piece.from && same(last.facts, piece.facts)) last.to = piece.to;
    else result.push({ ...piece });
  }
  return result;
}

/** The piece that holds on a day. */
export function pieceOn<P extends { from: CivilDate; to: CivilDate }>(
  pieces: readonly P[],
  on: CivilDate,
): P | undefined {
  return pieces.find((piece) => piece.from <= on && on < piece.to);
}

/** What must be superseded and what written to get from the pieces that stand to those that shall. */
export function difference<F, P extends Piece<F>>(
  standing: readonly P[],
  wanted: readonly Piece<F>[],
): { drop: P[]; add: Piece<F>[] } {
  const equal = (a: Piece<F>, b: Piece<F>) => a.from === b.from && a.to === b.to && same(a.facts, b.facts);
  return {
    drop: standing.filter((piece) => !wanted.some((other) => equal(piece, other))),
    add: wanted.filter((piece) => !standing.some((other) => equal(piece, other))),
  };
}

export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length
    && keys.every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

export const least = (a: CivilDate, b: CivilDate): CivilDate => (a < b ? a : b);
export const greatest = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b);

const inOrder = <P extends { from: CivilDate }>(pieces: readonly P[]): P[] =>
  [...pieces].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
