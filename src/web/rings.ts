/** The rings of `{{> rings}}`: one for each part of a course, from the drop outwards, so that finished work is seen to spread. */
export type PartState = 'done' | 'now' | 'todo';

export interface RingCircle {
  state: PartState;
  /** In units of the 120-unit drawing. */
  radius: number;
}

const FIRST = 17;
const LAST = 56;
const WIDEST_STEP = 10;

/** Finished parts come first whatever their order, for a ring cannot spread past a gap. */
export function rings(parts: readonly PartState[]): RingCircle[] {
  const rank: Record<PartState, number> = { done: 0, now: 1, todo: 2 };
  const step = parts.length > 1 ? Math.min(WIDEST_STEP, (LAST - FIRST) / (parts.length - 1)) : 0;
  return [...parts]
    .sort((a, b) => rank[a] - rank[b])
    .map((state, index) => ({ state, radius: Math.round((FIRST + index * step) * 10) / 10 }));
}
