import { countWords } from './wording.js';

/**
 * How easy a Vietnamese text is to read, from the length of its sentences and of its words.
 *
 * Words are counted as Vietnamese writes them, syllable by syllable (what stands between spaces). A sentence ends at a
 * full stop, a question or exclamation mark, an ellipsis, a colon or a semicolon followed by a space, and at the end of
 * its paragraph: what follows a colon or semicolon is read as a thought of its own. A sentence of FOREIGN_FROM words or
 * more without a single Vietnamese letter is a passage in another language and is not measured.
 */
export interface ReadingEase {
  sentences: number;
  words: number;
  /** Mean words a sentence. */
  sentenceLength: number;
  /** Mean letters a word. */
  wordLength: number;
  /** Share of sentences of more than LONG_SENTENCE words, 0 to 1. */
  longShare: number;
  /**
   * Nguyen and Henkin's first formula for Vietnamese (1982), 2 × letters a word + 0.2 × words a sentence − 6: larger is
   * harder.
   */
  level: number;
}

/** Above this many words a sentence is long: it no longer fits a line and a half of a phone. */
export const LONG_SENTENCE = 25;

const FOREIGN_FROM = 5;

/** @param paragraphs running text without markup; headings and tables left out. null where there is no sentence */
export function readingEase(paragraphs: readonly string[]): ReadingEase | null {
  const lengths: number[] = [];
  let letters = 0;
  for (const sentence of paragraphs.flatMap(sentencesOf)) {
    const count = countWords(sentence);
    if (count >= FOREIGN_FROM && !/[^\P{L}A-Za-z]/u.test(sentence)) continue;
    lengths.push(count);
    letters += sentence.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  }
  if (lengths.length === 0) return null;
  const words = lengths.reduce((sum, length) => sum + length, 0);
  const sentenceLength = words / lengths.length;
  const wordLength = letters / words;
  return {
    sentences: lengths.length, words, sentenceLength, wordLength,
    longShare: lengths.filter((length) => length > LONG_SENTENCE).length / lengths.length,
    level: 2 * wordLength + 0.2 * sentenceLength - 6,
  };
}

/** The sentences of a paragraph, in order. What holds no letter and no figure is none. */
export function sentencesOf(paragraph: string): string[] {
  return paragraph.normalize('NFC').split(/(?<=[.!?…:;]["”’)]?)\s+/u).filter((part) => /[\p{L}\p{N}]/u.test(part));
}
