import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { hasText, LANGUAGES, textKeys } from '../../src/platform/texts.js';

const SRC = join(import.meta.dirname, '..', '..', 'src');

function filesUnder(folder: string, endings: string[]): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesUnder(path, endings);
    return endings.some((ending) => name.endsWith(ending)) ? [path] : [];
  });
}

function parametersOf(lang: string, key: string): string[] {
  const [file, ...path] = key.split('.');
  let node: unknown = JSON.parse(readFileSync(join(SRC, 'texts', lang, `${file}.json`), 'utf8'));
  // Keys may hold dots of their own: take the longest name that exists at each step.
  for (let i = 0; i < path.length;) {
    let take = path.length - i;
    while (take > 1 && !(path.slice(i, i + take).join('.') in (node as object))) take -= 1;
    node = (node as Record<string, unknown>)[path.slice(i, i + take).join('.')];
    i += take;
  }
  const names = new Set<string>();
  const walk = (elements: MessageFormatElement[]) => elements.forEach((element) => {
    if (element.type === TYPE.argument || element.type === TYPE.number) names.add(element.value);
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      names.add(element.value);
      Object.values(element.options).forEach((option) => walk(option.value));
    }
  });
  walk(parse(node as string, { ignoreTag: true }));
  // A name of content comes in both languages; each sentence takes its own.
  const other = lang === 'vi' ? 'en' : 'vi';
  return [...names].map((name) => (name === lang && !names.has(other) ? 'in this language' : name)).sort();
}

describe('the texts', () => {
  test('say everything in both languages', () => {
    const [vi, en] = LANGUAGES.map((lang) => new Set(textKeys(lang)));
    expect([...(vi as Set<string>)].filter((key) => !en?.has(key))).toEqual([]);
    expect([...(en as Set<string>)].filter((key) => !vi?.has(key))).toEqual([]);
  });

  test('take the same parameters in both languages', () => {
    const different = textKeys('vi').filter((key) =>
      JSON.stringify(parametersOf('vi', key)) !== JSON.stringify(parametersOf('en', key)));
    expect(different).toEqual([]);
  });

  test('are Unicode NFC and keep one style of tone marks', () => {
    const wrong = filesUnder(join(SRC, 'texts'), ['.json']).filter((file) => {
      const source = readFileSync(file, 'utf8');
      return source !== source.normalize('NFC') || /h[oO][áàảãạ](?![a-zà-ỹ])|kho[ẻẹéèẽ](?![a-zà-ỹ])/.test(source);
    });
    expect(wrong.map((file) => relative(SRC, file))).toEqual([]);
  });

  test('exist wherever a template or a file names them', () => {
    const missing: string[] = [];
    for (const file of filesUnder(SRC, ['.hbs', '.ts'])) {
      const source = readFileSync(file, 'utf8');
      const named = [
        ...source.matchAll(/(?:\{\{|\()t '([^']+)'/g),
        ...source.matchAll(/\btext\((?:[^,()]+|\([^()]*\)),\s*'([a-z][\w-]*(?:\.[\w-]+)+)'/g),
      ].map((match) => match[1] as string);
      for (const key of named) if (!hasText('vi', key)) missing.push(`${relative(SRC, file)}: ${key}`);
    }
    expect(missing).toEqual([]);
  });

  test('give each refusal its sentence', () => {
    const codes = new Set<string>();
    for (const file of filesUnder(SRC, ['.ts'])) {
      const source = readFileSync(file, 'utf8');
      for (const match of source.matchAll(/\b(?:refused|notFound|forbidden|conflict)\('([a-z0-9-]+)'/g)) codes.add(match[1] as string);
      for (const match of source.matchAll(/\bbadField\([^,]+,\s*'([a-z0-9-]+)'/g)) codes.add(match[1] as string);
      for (const match of source.matchAll(/new Refusal\(\d+,\s*'([a-z0-9-]+)'/g)) codes.add(match[1] as string);
    }
    expect([...codes].filter((code) => !hasText('vi', `errors.${code}`)).sort()).toEqual([]);
  });
});
