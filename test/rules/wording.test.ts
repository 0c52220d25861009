import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { chanceOfAtLeast, chanceOfAtMost } from '../../src/rules/chance.js';
import { readingEase } from '../../src/rules/reading-ease.js';
import { misspelt } from '../../src/rules/spelling.js';
import { alikePairs, countWords, houseTones, similarity } from '../../src/rules/wording.js';

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

describe('all pairs that resemble each other', () => {
  const texts = fc.array(fc.array(fc.constantFrom('loa', 'tin', 'phát', 'nghe', 'dân'), { maxLength: 5 }).map((words) => words.join(' ')), { maxLength: 12 });

  it('are those that comparing each with each would find', () => {
    fc.assert(fc.property(texts, fc.constantFrom(0.2, 0.45, 0.6), (list, least) => {
      const each = list.flatMap((one, later) => list.slice(0, later).map((other, earlier) => ({ earlier, later, alike: similarity(other, one) })));
      expect(alikePairs(list, least)).toEqual(each.filter((pair) => pair.alike >= least));
    }));
  });
});

describe('how easy a text is to read', () => {
  it.each(table('reading-ease'))('$case', ({ text = '', ...expected }) => {
    const ease = readingEase([text]);
    expect(String(ease?.sentences ?? 0)).toBe(expected.sentences);
    if (!ease) return;
    expect(ease.words).toBe(Number(expected.words));
    expect(ease.sentenceLength).toBeCloseTo(Number(expected['sentence length']), 2);
    expect(ease.wordLength).toBeCloseTo(Number(expected['word length']), 1);
    expect(ease.longShare).toBe(Number(expected['long share']));
    expect(ease.level).toBeCloseTo(Number(expected.level), 1);
  });

  it('does not depend on how the sentences are spread over paragraphs', () => {
    const sentence = fc.array(fc.constantFrom('loa', 'xã', 'phát', 'nghe', 'dân'), { minLength: 1, maxLength: 9 }).map((words) => `Ở ${words.join(' ')}.`);
    fc.assert(fc.property(fc.array(sentence, { minLength: 1, maxLength: 9 }), (sentences) => {
      expect(readingEase([sentences.join(' ')])).toEqual(readingEase(sentences));
    }));
  });
});

describe('words that no dictionary has', () => {
  const has = (...words: string[]) => (word: string) => words.includes(word);
  const dictionaries = {
    vietnamese: has(...'bản tin khẩn cấp phát trước ban khan cap số hóa hồ sơ họp qua và về lúc vào hoặc gửi xem viết ô đầu trang'.split(' ')),
    english: has(...'online the report of November ministry column'.split(' ')),
    accepted: has('zalo', 'zoom'),
  };
  it.each(table('misspelt'))('$case', ({ line = '', found = '' }) => {
    expect(misspelt(line, dictionaries).join(' ')).toBe(found);
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
