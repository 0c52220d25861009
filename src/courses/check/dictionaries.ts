import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeTrie } from 'cspell-trie-lib';
import type { Dictionaries, Knows } from '../../rules/spelling.js';
import { houseTones } from '../../rules/wording.js';

/** Beside the courses: names, abbreviations and terms that authors have agreed on, one a line. */
export const ACCEPTED_WORDS = 'accepted-words.txt';

const resolve = createRequire(import.meta.url).resolve;
let published: Promise<{ vietnamese: Knows; english: Knows }> | null = null;

/**
 * The dictionaries that come with the packages, read once, and the words that the authors of a folder accept.
 * @param root the folder of all courses
 */
export async function readDictionaries(root: string): Promise<Dictionaries> {
  published ??= readPublished();
  const [dictionaries, accepted] = await Promise.all([published, readAccepted(root)]);
  return { ...dictionaries, accepted: (word) => accepted.has(word) };
}

async function readPublished(): Promise<{ vietnamese: Knows; english: Knows }> {
  const [vi, en] = await Promise.all([readTrie('@cspell/dict-vi-vn', 'vi.trie.gz'), readTrie('@cspell/dict-en-gb-mit', 'en_GB.trie.gz')]);
  // The dictionary places tones in the newer style (hoá), our texts in the older one (hóa).
  const syllables = new Set([...vi.words()].map((word) => houseTones(word.toLowerCase())));
  return { vietnamese: (word) => syllables.has(word), english: (word) => en.has(word) };
}

async function readTrie(name: string, file: string) {
  const folder = join(resolve(name), '..');
  return decodeTrie(gunzipSync(await readFile(join(folder, file))));
}

async function readAccepted(root: string): Promise<Set<string>> {
  const text = await readFile(join(root, ACCEPTED_WORDS), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return new Set(text.split('\n').map((line) => line.replace(/#.*/, '').trim().normalize('NFC').toLowerCase())
    .filter((line) => line !== ''));
}
