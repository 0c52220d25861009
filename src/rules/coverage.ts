import { addMonths, FOREVER, type CivilDate } from './civil-date.js';

/**
 * Who counts as trained, and what a figure is. Source: Decision 1169/QĐ-TTg (at least 70 % of the staff of the three
 * groups, trained in depth in digital communication skills and in science and technology content, by 2030). What "in
 * depth" means stands in no text yet, so the rule is configuration with a version; this file only applies it.
 */

/** Half-open: `from` is in, `to` is out. */
export interface Period { from: CivilDate; to: CivilDate }

/** A course completed or learning recognised: so many periods (tiết) of one criterion, held from a day to a day. */
export interface Proof extends Period {
  criterion: string;
  periods: number;
  /** What it stems from. Two completions of one course are one source: the periods count once at any time. */
  source: string;
}

export interface CountingRule {
  version: number;
  /** Least periods for a criterion to be held. */
  minimum: Readonly<Record<string, number>>;
}

/** Periods of a criterion that are proved on a day, each source counted once (with the most it proves that day). */
export function periodsHeld(proofs: readonly Proof[], criterion: string, on: CivilDate): number {
  const bySource = new Map<string, number>();
  for (const proof of proofs) {
    if (proof.criterion === criterion && proof.from <= on && on < proof.to) {
      bySource.set(proof.source, Math.max(bySource.get(proof.source) ?? 0, proof.periods));
    }
  }
  return [...bySource.values()].reduce((total, periods) => total + periods, 0);
}

/** When each criterion is held: on days on which the proofs of distinct sources reach its minimum. */
export function criterionPeriods(proofs: readonly Proof[], criterion: string, minimum: number): Period[] {
  const mine = proofs.filter((proof) => proof.criterion === criterion && proof.from < proof.to);
  const edges = [...new Set(mine.flatMap((proof) => [proof.from, proof.to]))].sort();
  const held: Period[] = [];
  for (let i = 0; i + 1 < edges.length; i += 1) {
    const from = edges[i] as CivilDate;
    const to = edges[i + 1] as CivilDate;
    // Nothing begins or ends between two edges, so the first day speaks for all of them.
    if (periodsHeld(mine, criterion, from) < minimum) continue;
    const last = held.at(-1);
    if (last && last.to === from) last.to = to;
    else held.push({ from, to });
  }
  return held;
}

/** When a person is trained for a target: on days on which every criterion it names is held. */
export function trainedPeriods(proofs: readonly Proof[], criteria: readonly string[], rule: CountingRule): Period[] {
  if (criteria.length === 0) return [];
  return criteria
    .map((criterion) => criterionPeriods(proofs, criterion, rule.minimum[criterion] ?? Infinity))
    .reduce(intersect);
}

/** Days that are in both lists of disjoint periods in order. */
export function intersect(left: readonly Period[], right: readonly Period[]): Period[] {
  const both: Period[] = [];
  for (const a of left) {
    for (const b of right) {
      const from = a.from > b.from ? a.from : b.from;
      const to = a.to < b.to ? a.to : b.to;
      if (from < to) both.push({ from, to });
    }
  }
  return both;
}

/** How long a completion proves something: from its day, for its validity; without a validity, for good. */
export function proofPeriod(completedOn: CivilDate, validityMonths: number | null): Period {
  return { from: completedOn, to: validityMonths === null ? FOREVER : addMonths(completedOn, validityMonths) };
}

/** A count as it is shown and reported. */
export interface Figure {
  roster: number;
  trained: number;
  /** Tenths of a percent, rounded down (69.97 % is 699, which is not 700); null where nobody is declared. */
  rate: number | null;
  /** How many more trained people would reach the target; null where nobody is declared. */
  gap: number | null;
  met: boolean | null;
}

/**
 * One figure from its counts. Whole numbers throughout, so that no binary fraction turns 69.9 into 70.
 * @param thresholdPercent for example 70; at most one decimal
 */
export function figure(roster: number, trained: number, thresholdPercent: number): Figure {
  if (roster === 0) return { roster, trained, rate: null, gap: null, met: null };
  const needed = Math.ceil((roster * Math.round(thresholdPercent * 10)) / 1000);
  return {
    roster,
    trained,
    rate: Math.floor((trained * 1000) / roster),
    gap: Math.max(0, needed - trained),
    met: trained >= needed,
  };
}

/**
 * How many people a month have to be trained, from a day to the end of the month before a deadline passes, so that a
 * gap is closed; rounded up. The month that has begun counts as a whole one. null once the deadline is over.
 */
export function pace(gap: number, asOf: CivilDate, deadline: CivilDate): number | null {
  if (asOf > deadline) return null;
  const [year, month] = asOf.split('-').map(Number) as [number, number];
  const [lastYear, lastMonth] = deadline.split('-').map(Number) as [number, number];
  return Math.ceil(gap / ((lastYear - year) * 12 + lastMonth - month + 1));
}
