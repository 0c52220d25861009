import fc from 'fast-check';
import { randomFrom, seedOf, shuffled } from '../../src/rules/random.js';

test('the same seed says the same for ever', () => {
  // Written down once: if these change, attempts of the past would be shown otherwise than they were seen.
  const random = randomFrom(20_261_120);
  expect([random(), random(), random()].map((value) => Math.floor(value * 1_000_000))).toEqual([
    890_576, 573_049, 630_106,
  ]);
  expect(seedOf('b2-001')).toBe(2_538_974_075);
  expect(shuffled(['a', 'b', 'c', 'd', 'e'], randomFrom(7))).toEqual(['d', 'b', 'c', 'e', 'a']);
});

test('numbers lie from 0 up to but not 1, for any seed', () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const random = randomFrom(seed);
    for (let i = 0; i < 20; i += 1) {
      const value = random();
      expect(value).toBeGreaterThanOrEqual(0);
      expect(value).toBeLessThan(1);
    }
  }));
});

test('a shuffle keeps every item once and leaves the list as it was', () => {
  fc.assert(fc.property(fc.array(fc.nat()), fc.integer(), (items, seed) => {
    const before = [...items];
    const after = shuffled(items, randomFrom(seed));
    expect([...after].sort((a, b) => a - b)).toEqual([...before].sort((a, b) => a - b));
    expect(items).toEqual(before);
  }));
});

test('every item comes to every place about equally often', () => {
  const times = Array.from({ length: 4 }, () => [0, 0, 0, 0]);
  for (let seed = 0; seed < 8_000; seed += 1) {
    shuffled([0, 1, 2, 3], randomFrom(seed * 2_654_435_761)).forEach((item, place) => {
      (times[item] as number[])[place] = ((times[item] as number[])[place] ?? 0) + 1;
    });
  }
  for (const count of times.flat()) expect(Math.abs(count - 2_000)).toBeLessThan(200);
});
