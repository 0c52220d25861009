import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { chanceOfAtLeast, chanceOfAtMost } from '../../src/rules/chance.js';
import { countWords, houseTones, similarity } from '../../src/rules/wording.js';

const table = (name: string) => parse<Record<string, string>>(readFileSync(join(import.meta.dirname, 'cases', `${name}.csv`)), { columns: true });

describe('where the tone stands', () => {
  it.each(table('tones'))('$case', ({ written = '', house = '' }) => {
    expect(houseTones(written)).toBe(house);
  });

  it('is settled after one pass, whatever the text', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom(...'oauyeiqhtnO áàảãạóòỏõọúùủũụýỳỷỹỵéèẻẽẹ '), { maxLength: 12 }), (letters) => {
      const once = houseTones(letters.join(''));
      expect(houseTones(once)).toBe(once);
    }));
  });
});

describe('how much two questions resemble each other', () => {
  it.each(table('similarity'))('$case', ({ one = '', other = '', percent }) => {
    expect(Math.round(similarity(one, other) * 100)).toBe(Number(percent));
    expect(similarity(other, one)).toBe(similarity(one, other));
  });
});

describe('what chance would bring about', () => {
  it.each(table('chance'))('$case', ({ trials, choices, hits, 'at least': least, 'at most': most }) => {
    const chances = Array.from({ length: Number(trials) }, () => 1 / Number(choices));
    expect(chanceOfAtLeast(Number(hits), chances)).toBeCloseTo(Number(least), 4);
    expect(chanceOfAtMost(Number(hits), chances)).toBeCloseTo(Number(most), 4);
  });

  it('adds up to certainty', () => {
    fc.assert(fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), fc.nat(30), (chances, hits) => {
      expect(chanceOfAtLeast(hits, chances) + chanceOfAtMost(hits - 1, chances)).toBeCloseTo(1, 9);
    }));
  });
});

describe('counting words', () => {
  it.each([
    ['an empty text', '', 0], ['words between spaces', 'một hai  ba\nbốn', 4],
    ['marks alone are no words', '- | một | --- | (hai) *', 2], ['figures are', '70 % của 3.321 xã', 4],
  ])('%s', (_case, text, count) => expect(countWords(text)).toBe(count));
});
