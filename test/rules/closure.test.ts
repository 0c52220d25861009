import fc from 'fast-check';
import { addDays, FOREVER } from '../../src/rules/civil-date.js';
import { AgencyCycle, closureDifference, closureOf, type TreeVersion } from '../../src/rules/closure.js';

const START = '2025-01-01';
const DAYS = 12;
const day = (n: number) => (n >= DAYS ? FOREVER : addDays(START, n));

/**
 * Trees in which agencies begin, move and end on any day. A parent has a smaller number on even days and any agency may
 * change its parent, so that A stands under B at one time and B under A at another.
 */
const trees = fc
  .array(
    fc.record({
      begin: fc.integer({ min: 0, max: 4 }),
      end: fc.integer({ min: 6, max: DAYS }),
      move: fc.integer({ min: 1, max: DAYS }),
      first: fc.nat(),
      second: fc.nat(),
    }),
    { minLength: 1, maxLength: 9 },
  )
  .map((agencies) =>
    agencies.flatMap(({ begin, end, move, first, second }, index): TreeVersion[] => {
      const id = index + 1;
      const up = index === 0 ? null : (first % index) + 1;
      const down = index === agencies.length - 1 ? null : id + 1 + (second % (agencies.length - id));
      const middle = 6;
      const pieces = [
        { from: begin, to: Math.min(move, middle, end), parentId: up },
        {
          from: Math.max(begin, Math.min(move, middle)),
          to: Math.min(middle, end),
          parentId: index < 2 ? null : (second % index) + 1,
        },
        // From the middle on the tree stands on its head.
        { from: Math.max(begin, middle), to: end, parentId: down },
      ];
      return pieces
        .filter((piece) => piece.from < piece.to)
        .map((piece) => ({ agencyId: id, parentId: piece.parentId, from: day(piece.from), to: day(piece.to) }));
    }),
  );

test('the closure says on every day what walking up the tree says', () => {
  fc.assert(
    fc.property(trees, (versions) => {
      const closure = closureOf(versions);
      for (let n = 0; n < DAYS; n += 1) {
        const on = addDays(START, n);
        const live = new Map(
          versions
            .filter((version) => version.from <= on && on < version.to)
            .map((version) => [version.agencyId, version.parentId]),
        );
        const walked = [...live.keys()].flatMap((id) => {
          const pairs: string[] = [];
          for (
            let at: number | null = id, depth = 0;
            at !== null && live.has(at);
            at = live.get(at) ?? null, depth += 1
          )
            pairs.push(`${at} over ${id} at ${depth}`);
          return pairs;
        });
        const told = closure
          .filter((row) => row.from <= on && on < row.to)
          .map((row) => `${row.ancestorId} over ${row.descendantId} at ${row.depth}`);
        expect(told.sort()).toEqual(walked.sort());
      }
    }),
    { numRuns: 300 },
  );
});

test('a ring is refused, a ring that only time makes is none', () => {
  const ring = [
    { agencyId: 1, parentId: 2, from: '2025-01-01', to: FOREVER },
    { agencyId: 2, parentId: 1, from: '2025-06-01', to: FOREVER },
  ];
  expect(() => closureOf(ring)).toThrow(AgencyCycle);
  expect(() =>
    closureOf([
      { ...(ring[0] as TreeVersion), to: '2025-06-01' },
      { agencyId: 1, parentId: null, from: '2025-06-01', to: FOREVER },
      ring[1] as TreeVersion,
      { agencyId: 2, parentId: null, from: '2025-01-01', to: '2025-06-01' },
    ]),
  ).not.toThrow();
});

test('the same tree again changes nothing; one move changes only what it touches', () => {
  fc.assert(
    fc.property(trees, (versions) => {
      const closure = closureOf(versions);
      expect(closureDifference(closure, closureOf(versions))).toEqual({ drop: [], add: [] });
    }),
  );
  const before = closureOf(
    [1, 2, 3, 4].map((agencyId) => ({ agencyId, parentId: agencyId === 1 ? null : 1, from: START, to: FOREVER })),
  );
  const after = closureOf([
    ...[1, 2, 3].map((agencyId) => ({ agencyId, parentId: agencyId === 1 ? null : 1, from: START, to: FOREVER })),
    { agencyId: 4, parentId: 1, from: START, to: '2025-07-01' },
    { agencyId: 4, parentId: 2, from: '2025-07-01', to: FOREVER },
  ]);
  const { drop, add } = closureDifference(before, after);
  expect(drop).toHaveLength(1);
  expect(add.map((row) => [row.ancestorId, row.descendantId, row.depth, row.from])).toEqual([
    [1, 4, 1, START], [1, 4, 2, '2025-07-01'], [2, 4, 1, '2025-07-01'],
  ]);
});

test('15,000 agencies take less than a few seconds', () => {
  const versions = Array.from({ length: 15_000 }, (_, index) => ({
    agencyId: index + 1,
    parentId: index === 0 ? null : Math.floor(index / 8) + (index < 8 ? 1 : 0) || 1,
    from: START,
    to: FOREVER,
  }));
  const started = performance.now();
  expect(closureOf(versions).length).toBeGreaterThan(60_000);
  expect(performance.now() - started).toBeLessThan(5_000);
});
