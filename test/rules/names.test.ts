import fc from 'fast-check';
import { sameSpelling, searchable, sortKey, tidy } from '../../src/rules/names.js';
import { randomFrom, shuffled } from '../../src/rules/random.js';
import { cases } from '../support/cases.js';

test('people are listed by given name in the order of the Vietnamese alphabet', () => {
  const names = cases<'position' | 'name'>('sorted-names').map(({ name }) => name);
  const byKey = (a: string, b: string) => (Buffer.compare(Buffer.from(sortKey(a)), Buffer.from(sortKey(b))));
  for (const seed of [1, 2, 3]) expect(shuffled(names, randomFrom(seed)).sort(byKey)).toEqual(names);
});

test.each([
  ['Đặng Thị Hoà', 'dang thi hoa'], ['  KHÁNH   HÒA ', 'khanh hoa'], ['Thừa Thiên – Huế', 'thua thien hue'],
  ['UBND xã (phường)', 'ubnd xa phuong'], ['', ''], ['…', ''],
])('%s is searched as %s', (text, plain) => {
  expect(searchable(text)).toBe(plain);
});

test.each([
  ['hoà', 'hòa', true], ['thuý', 'thúy', true], ['khoẻ', 'khỏe', true], ['kỹ', 'kĩ', true], ['lý', 'lí', true],
  ['quý', 'quí', false], ['hoa', 'hòa', false], ['tay', 'tai', false], ['o', 'ô', false], ['dan', 'đan', false],
])('%s and %s are one word: %s', (a, b, same) => {
  expect(sameSpelling(a) === sameSpelling(b)).toBe(same);
});

test('tidying twice is tidying once, and searching does not mind marks', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => {
    expect(tidy(tidy(text))).toBe(tidy(text));
    expect(searchable(searchable(text))).toBe(searchable(text));
    expect(searchable(text.normalize('NFD'))).toBe(searchable(text.normalize('NFC')));
  }));
});
