import { houseTones } from './wording.js';

/** Says whether a word (NFC, tones as this house places them) stands in a dictionary. */
export type Knows = (word: string) => boolean;

export interface Dictionaries {
  /** Vietnamese is written syllable by syllable, so its dictionary holds syllables. */
  vietnamese: Knows;
  /** Asked with the word in small letters, and as it is written (January). */
  english: Knows;
  /** Names, abbreviations and terms that are right although no dictionary has them. */
  accepted: Knows;
}

/**
 * The words of a line that no dictionary has, each once, in order. Addresses, code, abbreviations in capitals and
 * whatever holds a figure are passed over.
 *
 * A word with a Vietnamese letter (ă, ơ, a tone…) must be Vietnamese: an English dictionary cannot excuse it. A word in
 * plain letters may be of either language, so `thuc`, which lost its marks, is found, and `online` is not.
 */
export function misspelt(line: string, { vietnamese, english, accepted }: Dictionaries): string[] {
  const found = new Set<string>();
  for (const word of wordsOf(line)) {
    const plain = houseTones(word.toLowerCase());
    if (vietnamese(plain) || accepted(plain)) continue;
    if (/^[A-Za-z']+$/.test(word) && (english(word.toLowerCase()) || english(word))) continue;
    found.add(word);
  }
  return [...found];
}

/** Addresses (of the web, of mail, in the reserved domain example), names of files, code. */
const PASSED_OVER = /https?:\/\/\S+|[\w.]+@[\w.]+|`[^`]*`|\b\d{2}-[a-z0-9-]+|\]\([^)]*\)|[^\s()[\]]+\.(?:md|yaml|svg|vn|com|org|int|example)\b[^\s()[\]]*/giu;

function wordsOf(line: string): string[] {
  return (line.normalize('NFC').replace(PASSED_OVER, ' ').match(/[\p{L}\p{N}_]+(?:['’]\p{L}+)?/gu) ?? [])
    .map((token) => token.replace('’', "'").replace(/'s$/, ''))
    .filter((token) => !/[\p{N}_]/u.test(token) && !/^\p{Lu}{2,}s?$/u.test(token) && [...token].length > 1);
}
