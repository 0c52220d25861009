import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { addDays, FOREVER } from '../../src/rules/civil-date.js';
import { criterionPeriods, figure, pace, periodsHeld, proofPeriod, trainedPeriods, type Period, type Proof } from '../../src/rules/coverage.js';
import { difference, trainedHistory, type KnownProof } from '../../src/rules/trained-history.js';

const RULE = { version: 1, minimum: { K1: 24, K2: 16 } };
const table = <T>(name: string) => parse<T>(readFileSync(join(import.meta.dirname, 'cases', name)), { columns: true });

describe('a figure', () => {
  interface Case { case: string; roster: string; trained: string; threshold: string; rate: string; gap: string; met: string }
  const orNull = (text: string) => (text === '' ? null : Number(text));

  test.each(table<Case>('coverage-figures.csv'))('$case', (given) => {
    expect(figure(Number(given.roster), Number(given.trained), Number(given.threshold))).toEqual({
      roster: Number(given.roster), trained: Number(given.trained), rate: orNull(given.rate), gap: orNull(given.gap),
      met: given.met === '' ? null : given.met === 'yes',
    });
  });

  const counts = fc.integer({ min: 1, max: 3_000_000 }).chain((roster) => fc.tuple(fc.constant(roster), fc.integer({ min: 0, max: roster })));

  test('says the target is met just when the rate as it is shown reaches it, and when nobody is missing', () => {
    fc.assert(fc.property(counts, fc.integer({ min: 1, max: 100 }), ([roster, trained], threshold) => {
      const { rate, gap, met } = figure(roster, trained, threshold);
      expect(met).toBe((rate as number) >= threshold * 10);
      expect(met).toBe(gap === 0);
    }));
  });

  test('is met with the people it says are missing, and not with one fewer', () => {
    fc.assert(fc.property(counts, fc.integer({ min: 1, max: 100 }), ([roster, trained], threshold) => {
      const gap = figure(roster, trained, threshold).gap as number;
      expect(figure(roster, trained + gap, threshold).met).toBe(true);
      if (gap > 0) expect(figure(roster, trained + gap - 1, threshold).met).toBe(false);
    }));
  });

  test('is rounded down exactly, whatever its size', () => {
    fc.assert(fc.property(counts, ([roster, trained]) => {
      expect(BigInt(figure(roster, trained, 70).rate as number)).toBe((BigInt(trained) * 1000n) / BigInt(roster));
    }));
  });
});

const period = (text: string): Period => {
  const [from, to] = text.split('..') as [string, string];
  return { from, to: to || FOREVER };
};

describe('trained', () => {
  interface Case { case: string; proofs: string; criteria: string; trained: string }
  const words = (text: string, by: string | RegExp) => text.split(by).map((part) => part.trim()).filter(Boolean);

  test.each(table<Case>('coverage-trained.csv'))('$case', (given) => {
    const proofs = words(given.proofs, ';').map((text): Proof => {
      const [source, criterion, periods, when] = words(text, ' ') as [string, string, string, string];
      return { source, criterion, periods: Number(periods), ...period(when) };
    });
    expect(trainedPeriods(proofs, words(given.criteria, ' '), RULE)).toEqual(words(given.trained, ' ').map(period));
  });
});

const START = '2026-01-01';
const DAYS = 60;
const day = (number: number) => addDays(START, number);
const someProof = fc.record({
  criterion: fc.constantFrom('K1', 'K2'), periods: fc.integer({ min: 1, max: 30 }), source: fc.constantFrom('a', 'b', 'c', 'd'),
  starts: fc.integer({ min: 0, max: DAYS }), lasts: fc.option(fc.integer({ min: 0, max: DAYS })),
}).map(({ starts, lasts, ...proof }): Proof => ({ ...proof, from: day(starts), to: lasts === null ? FOREVER : day(starts + lasts) }));

/** As the rule is said in words, asked day by day: for each criterion, the most that each source proves, added up. */
function trainedOn(proofs: readonly Proof[], on: string): boolean {
  return Object.entries(RULE.minimum).every(([criterion, minimum]) => {
    const most: Record<string, number> = {};
    for (const proof of proofs) {
      if (proof.criterion !== criterion || on < proof.from || on >= proof.to) continue;
      most[proof.source] = Math.max(most[proof.source] ?? 0, proof.periods);
    }
    return Object.values(most).reduce((a, b) => a + b, 0) >= minimum;
  });
}
const inside = (periods: readonly Period[], on: string) => periods.some(({ from, to }) => from <= on && on < to);

describe('trained periods', () => {
  test('are what a count day by day says', () => {
    fc.assert(fc.property(fc.array(someProof, { maxLength: 9 }), (proofs) => {
      const periods = trainedPeriods(proofs, ['K1', 'K2'], RULE);
      for (let number = -1; number <= 2 * DAYS + 1; number += 1) {
        expect([day(number), inside(periods, day(number))]).toEqual([day(number), trainedOn(proofs, day(number))]);
      }
    }));
  });

  test('are in order, none empty, none touching the next: as few rows as can be', () => {
    fc.assert(fc.property(fc.array(someProof, { maxLength: 9 }), (proofs) => {
      const periods = trainedPeriods(proofs, ['K1', 'K2'], RULE);
      periods.forEach(({ from, to }, at) => {
        expect(from < to).toBe(true);
        const next = periods[at + 1];
        if (next) expect(to < next.from).toBe(true);
      });
    }));
  });

  test('do not depend on the order of the evidence, and only grow with more of it', () => {
    fc.assert(fc.property(fc.array(someProof, { maxLength: 8 }), someProof, (proofs, another) => {
      const periods = trainedPeriods(proofs, ['K1', 'K2'], RULE);
      expect(trainedPeriods([...proofs].reverse(), ['K1', 'K2'], RULE)).toEqual(periods);
      const more = trainedPeriods([...proofs, another], ['K1', 'K2'], RULE);
      for (const { from, to } of periods) {
        expect(inside(more, from)).toBe(true);
        expect(more.some((wider) => wider.from <= from && to <= wider.to)).toBe(true);
      }
    }));
  });

  test('of a criterion hold just while its periods suffice', () => {
    fc.assert(fc.property(fc.array(someProof, { maxLength: 9 }), fc.integer({ min: 0, max: 2 * DAYS }), (proofs, number) => {
      expect(inside(criterionPeriods(proofs, 'K1', 24), day(number))).toBe(periodsHeld(proofs, 'K1', day(number)) >= 24);
    }));
  });
});

describe('a completion', () => {
  test.each([
    ['2026-11-20', 36, '2029-11-20'], ['2024-02-29', 12, '2025-02-28'], ['2026-08-31', 6, '2027-02-28'], ['2026-11-20', null, FOREVER],
  ])('of %s with a validity of %s months proves until %s', (on, months, to) => {
    expect(proofPeriod(on, months)).toEqual({ from: on, to });
  });
});

describe('the pace', () => {
  test.each([
    [3189, '2026-11-20', '2030-12-31', 64], [1, '2026-11-20', '2030-12-31', 1], [10, '2030-12-01', '2030-12-31', 10],
    [10, '2030-11-30', '2030-12-31', 5], [10, '2030-12-31', '2030-12-31', 10], [10, '2031-01-01', '2030-12-31', null],
    [0, '2026-11-20', '2030-12-31', 0],
  ])('of %s people from %s to %s is %s a month', (gap, asOf, deadline, perMonth) => {
    expect(pace(gap, asOf, deadline)).toBe(perMonth);
  });
});

describe('what was known when', () => {
  const someKnown = fc.tuple(someProof, fc.integer({ min: 0, max: 20 }), fc.option(fc.integer({ min: 1, max: 20 })))
    .map(([proof, from, lasts]): KnownProof => ({ ...proof, knownFrom: from, knownTo: lasts === null ? Infinity : from + lasts }));

  test('the history holds, at every instant, what the evidence known then says', () => {
    fc.assert(fc.property(fc.array(someKnown, { maxLength: 7 }), (proofs) => {
      const history = trainedHistory(proofs, ['K1', 'K2'], RULE);
      for (let instant = -1; instant <= 41; instant += 1) {
        const known = proofs.filter((proof) => proof.knownFrom <= instant && instant < proof.knownTo);
        const rows = history.filter((row) => row.recordedAt <= instant && instant < row.supersededAt)
          .map(({ from, to }) => ({ from, to })).sort((a, b) => (a.from < b.from ? -1 : 1));
        expect(rows).toEqual(trainedPeriods(known, ['K1', 'K2'], RULE));
      }
    }));
  });

  test('a difference names just what has to end and what has to begin', () => {
    const [a, b, c] = ['2026-01-01..2026-02-01', '2026-03-01..', '2026-03-01..2026-06-01'].map(period) as [Period, Period, Period];
    expect(difference([a, b], [a, c])).toEqual({ end: [b], begin: [c] });
    expect(difference([a, b], [b, a])).toEqual({ end: [], begin: [] });
    expect(difference([], [])).toEqual({ end: [], begin: [] });
  });
});
