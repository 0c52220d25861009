import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Language } from './config.js';

/** Every sentence a person reads, by language: `src/texts/<lang>/<file>.json`, key `<file>.<path>`. */
const FOLDER = join(import.meta.dirname, '..', 'texts');
export const LANGUAGES: Language[] = ['vi', 'en'];

type Tree = { [key: string]: string | Tree };

function load(lang: Language): Map<string, string> {
  const entries = new Map<string, string>();
  const walk = (prefix: string, tree: Tree) => {
    for (const [key, value] of Object.entries(tree)) {
      if (typeof value === 'string') entries.set(`${prefix}.${key}`, value);
      else walk(`${prefix}.${key}`, value);
    }
  };
  for (const file of readdirSync(join(FOLDER, lang)).filter((name) => name.endsWith('.json'))) {
    walk(file.replace(/\.json$/, ''), JSON.parse(readFileSync(join(FOLDER, lang, file), 'utf8')) as Tree);
  }
  return entries;
}

const sentences = new Map(LANGUAGES.map((lang) => [lang, load(lang)]));
const parsed = new Map<string, IntlMessageFormat>();
const LOCALES: Record<Language, string> = { vi: 'vi-VN', en: 'en-GB' };

/** Whether a key exists. Used where a text is optional, never to hide a missing one. */
export function hasText(lang: Language, key: string): boolean {
  return sentences.get(lang)?.has(key) ?? false;
}

/** All keys of a language, for the test that both languages say everything. */
export function textKeys(lang: Language): string[] {
  return [...(sentences.get(lang)?.keys() ?? [])];
}

/**
 * The sentence for a key, with its parameters filled in (ICU MessageFormat: `{count, plural, …}`).
 * @throws Error on a key that does not exist: a page with a hole is a fault and must be seen in tests
 */
export function text(lang: Language, key: string, params: Record<string, unknown> = {}): string {
  const id = `${lang} ${key}`;
  let message = parsed.get(id);
  if (!message) {
    const source = sentences.get(lang)?.get(key);
    if (source === undefined) throw new Error(`No text ${key} in ${lang}`);
    message = new IntlMessageFormat(source, LOCALES[lang], undefined, { ignoreTag: true });
    parsed.set(id, message);
  }
  return String(message.format(params as Record<string, string>));
}

/** A text of content that may have one or two languages; Vietnamese stands in where the other is missing. */
export type LocalText = { vi: string; en?: string };

export function localText(lang: Language, value: LocalText): string {
  return value[lang] ?? value.vi;
}

/**
 * The language of a text that is not the page's own, for its `lang`; undefined where it is. Vietnamese that stands in
 * for a translation; and a quotation, which an author gives in the same words in both languages.
 */
export function foreignLanguage(lang: Language, value: LocalText): Language | undefined {
  if (value[lang] === undefined) return 'vi';
  if (value.vi !== value.en || !/\p{L}\s+\p{L}/u.test(value.vi)) return undefined;
  const own = /[^\P{L}A-Za-z]/u.test(value.vi) ? 'vi' : 'en';
  return own === lang ? undefined : own;
}

/** Numbers as they are read: 3.321 and 70,5 in Vietnamese, 3,321 and 70.5 in English. */
const numbers = new Map(LANGUAGES.map((lang) => [lang, new Intl.NumberFormat(LOCALES[lang], { maximumFractionDigits: 2 })]));
export function showNumber(lang: Language, value: number): string {
  return numbers.get(lang)?.format(value) ?? String(value);
}

const times = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit', second: '2-digit' });
const days = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', day: '2-digit', month: '2-digit', year: 'numeric' });

/** `14:03:07`, in Viet Nam. */
export const showTime = (instant: Date): string => times.format(instant);
/** `20/11/2026 14:03`, in Viet Nam. */
export const showDateTime = (instant: Date): string => `${days.format(instant)} ${times.format(instant).slice(0, 5)}`;
