import { tidy } from './names.js';

/** How much two short texts say the same: shared pairs of neighbouring words over all such pairs, 0 to 1 (Jaccard). */
export function similarity(one: string, other: string): number {
  return alike(wordPairs(one), wordPairs(other));
}

export interface AlikePair {
  /** Places in the list. */
  earlier: number;
  later: number;
  /** 0 to 1, as `similarity`. */
  alike: number;
}

/**
 * All pairs of a long list that resemble each other by at least so much, in order of the later one. Only texts that
 * share a pair of words are compared, so a bank of thousands of questions takes no square of its length.
 */
export function alikePairs(texts: readonly string[], least: number): AlikePair[] {
  const seen = new Map<string, number[]>();
  const bags = texts.map(wordPairs);
  const found: AlikePair[] = [];
  for (const [later, bag] of bags.entries()) {
    const candidates = new Set([...bag].flatMap((pair) => seen.get(pair) ?? []));
    for (const earlier of [...candidates].sort((a, b) => a - b)) {
      const much = alike(bags[earlier] as Set<string>, bag);
      if (much >= least) found.push({ earlier, later, alike: much });
    }
    for (const pair of bag) {
      const places = seen.get(pair);
      if (places) places.push(later);
      else seen.set(pair, [later]);
    }
  }
  return found;
}

function alike(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  let shared = 0;
  for (const pair of a) if (b.has(pair)) shared += 1;
  return shared / (a.size + b.size - shared);
}

function wordPairs(text: string): Set<string> {
  const words = tidy(text).toLowerCase().replace(/[^\p{L}\p{N}%]+/gu, ' ').trim().split(' ');
  if (words.length === 1) return new Set(words[0] ? words : []);
  return new Set(words.slice(1).map((word, index) => `${words[index]} ${word}`));
}

/** Words as Vietnamese counts them: what stands between spaces and holds a letter or a figure. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((part) => /[\p{L}\p{N}]/u.test(part)).length;
}

/**
 * Places the tone where the older style has it (hóa, tòa, thủy, khỏe), which this house writes; `qu` is a consonant, so
 * quý and quà keep theirs on the vowel, and before a final consonant (hoàn, huỳnh) there is only one place anyway.
 * The text must be NFC.
 */
export function houseTones(text: string): string {
  return text
    .replace(/o([áàảãạéèẻẽẹ])(?!\p{L})/giu, (whole, vowel: string) => moved(whole, vowel))
    .replace(/(?<!q)u([ýỳỷỹỵ])(?!\p{L})/giu, (whole, vowel: string) => moved(whole, vowel))
    .replace(/([óòỏõọ])([ae])(?=\p{L})/giu, (whole: string) => back(whole))
    .replace(/([úùủũụ])y(?=\p{L})/giu, (whole: string) => back(whole))
    .replace(/(?<=q)([úùủũụ])([aeyơ])/giu, (whole: string) => back(whole));
}

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/;

/** `oá` → `óa`: the tone goes from the second letter to the first. */
function moved(whole: string, vowel: string): string {
  const parts = vowel.normalize('NFD');
  const tone = TONE.exec(parts)?.[0] ?? '';
  return (whole.slice(0, 1) + tone).normalize('NFC') + parts.replace(TONE, '').normalize('NFC');
}

/** `óa` → `oá`. */
function back(whole: string): string {
  const [first = '', second = ''] = [...whole];
  const parts = first.normalize('NFD');
  const tone = TONE.exec(parts)?.[0] ?? '';
  return parts.replace(TONE, '').normalize('NFC') + (second + tone).normalize('NFC');
}
