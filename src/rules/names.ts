/**
 * Vietnamese names and words as people search and sort them. Marks are letters of the language but people leave them
 * out when they search, and place tone marks in two styles (Khánh Hòa, Khánh Hoà).
 */

/** Lower case without marks, punctuation as a space: what a search compares. `Đặng Thị Hoà` → `dang thi hoa`. */
export function searchable(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** One space between words, NFC, no space at the ends, nothing that PostgreSQL cannot hold (NUL). */
export function tidy(text: string): string {
  return text.normalize('NFC').replaceAll('\0', '').replace(/[\s\u00a0\u200b\ufeff]+/g, ' ').trim();
}

// The Vietnamese alphabet as lists are ordered: letters first, then tones within one letter.
const ALPHABET = 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz';
const TONES = ['\u0300', '\u0309', '\u0303', '\u0301', '\u0323']; // huyền, hỏi, ngã, sắc, nặng

/**
 * A key that sorts people by given name, then by family and middle names, in the order of the Vietnamese alphabet when
 * compared byte by byte. Kept in a column, so that a page of a list needs no collation of the server.
 */
export function sortKey(fullName: string): string {
  const words = tidy(fullName).toLowerCase().split(' ');
  const given = words.pop() ?? '';
  const letters = [given, ...words].map((word) => [...word.normalize('NFD').replace(/[^\p{L}\p{M}]/gu, '')]);
  const primary = letters.map((word) => keyOf(word, 'letter')).join(' ');
  const secondary = letters.map((word) => keyOf(word, 'tone')).join(' ');
  return `${primary}|${secondary}`;
}

/**
 * One spelling for words that are the same word: tone marks are moved to the end of the syllable (hoà and hòa), and a
 * lone y after h, k, l, m, s, t is i (kỹ and kĩ). For comparing, never for showing.
 */
export function sameSpelling(text: string): string {
  return text.toLowerCase().split(' ').map((word) => {
    const letters = [...word.normalize('NFD')];
    const tone = letters.filter((letter) => TONES.includes(letter)).join('');
    return letters.filter((letter) => !TONES.includes(letter)).join('').replace(/^([hklmst])y$/, '$1i') + tone;
  }).join(' ');
}

function keyOf(decomposed: string[], level: 'letter' | 'tone'): string {
  let key = '';
  for (let i = 0; i < decomposed.length; ) {
    let end = i + 1;
    while (end < decomposed.length && /\p{M}/u.test(decomposed[end] ?? '')) end += 1;
    const marks = decomposed.slice(i + 1, end);
    const tone = TONES.findIndex((mark) => marks.includes(mark));
    const shape = marks.filter((mark) => !TONES.includes(mark)).join('');
    const place = ALPHABET.indexOf(`${decomposed[i]}${shape}`.normalize('NFC'));
    if (level === 'letter') key += place < 0 ? 'z' + (decomposed[i] ?? '') : String.fromCharCode(0x41 + place);
    else key += String(tone + 1);
    i = end;
  }
  return key;
}
