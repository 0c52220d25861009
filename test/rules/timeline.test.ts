import fc from 'fast-check';
import { addDays, FOREVER } from '../../src/rules/civil-date.js';
import { difference, joined, pieceOn, revise, type Piece } from '../../src/rules/timeline.js';

const START = '2025-01-01';
const DAYS = 40;
const day = (n: number) => (n >= DAYS ? FOREVER : addDays(START, n));
/** What holds on each day: the plain way to think of it, against which the rule is tried. */
const painted = (pieces: Piece<string>[]) =>
  Array.from({ length: DAYS }, (_, n) => pieceOn(pieces, addDays(START, n))?.facts ?? null);

const period = fc
  .tuple(fc.integer({ min: 0, max: DAYS - 1 }), fc.integer({ min: 1, max: DAYS }))
  .map(([a, b]) => [a, Math.max(a + 1, b)] as const);
const change = fc.record({ period, facts: fc.option(fc.constantFrom('a', 'b', 'c'), { nil: null }) });

test('a timeline says of every day what the last change of that day said', () => {
  fc.assert(fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
    const paint: (string | null)[] = Array.from({ length: DAYS }, () => null);
    let pieces: Piece<string>[] = [];
    for (const { period: [from, to], facts } of changes) {
      pieces = revise(pieces, day(from), day(to), () => facts);
      for (let n = from; n < to; n += 1) paint[n] = facts;
    }
    expect(painted(pieces)).toEqual(paint);
  }));
});

test('pieces are in order, do not touch when they say the same, and are never empty', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 8 }), (changes) => {
      const pieces = changes.reduce<Piece<string>[]>(
        (before, { period: [from, to], facts }) => revise(before, day(from), day(to), () => facts),
        [],
      );
      pieces.forEach((piece, index) => {
        expect(piece.from < piece.to).toBe(true);
        const next = pieces[index + 1];
        if (next) expect(piece.to < next.from || (piece.to === next.from && piece.facts !== next.facts)).toBe(true);
      });
      expect(joined(pieces)).toEqual(pieces);
    }),
  );
});

test('a change that looks at what stood there keeps the rest: leave survives a new title', () => {
  const post = [
    { from: '2025-01-01', to: '2025-03-01', facts: { title: 'A', leave: false } },
    { from: '2025-03-01', to: '2025-05-01', facts: { title: 'A', leave: true } },
    { from: '2025-05-01', to: FOREVER, facts: { title: 'A', leave: false } },
  ];
  expect(revise(post, '2025-04-01', FOREVER, (before) => ({ title: 'B', leave: before?.leave ?? false }))).toEqual([
    { from: '2025-01-01', to: '2025-03-01', facts: { title: 'A', leave: false } },
    { from: '2025-03-01', to: '2025-04-01', facts: { title: 'A', leave: true } },
    { from: '2025-04-01', to: '2025-05-01', facts: { title: 'B', leave: true } },
    { from: '2025-05-01', to: FOREVER, facts: { title: 'B', leave: false } },
  ]);
});

test('what is dropped and added makes the one out of the other', () => {
  fc.assert(fc.property(fc.array(change, { maxLength: 6 }), fc.array(change, { maxLength: 3 }), (before, after) => {
    const apply = (start: Piece<string>[], list: typeof before) =>
      list.reduce((pieces, { period: [from, to], facts }) => revise(pieces, day(from), day(to), () => facts), start);
    const standing = apply([], before);
    const wanted = apply(standing, after);
    const { drop, add } = difference<string, Piece<string>>(standing, wanted);
    const kept = standing.filter((piece) => !drop.includes(piece));
    expect([...kept, ...add].sort((a, b) => (a.from < b.from ? -1 : 1))).toEqual(wanted);
  }));
});
