import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { refused } from '../errors.js';
import { WIDEST, type TableRow } from './table.js';

const DELIMITERS = [',', ';', '\t'] as const;
const LONGEST_RECORD = 1024 * 1024;

/**
 * The records of a text file, blank ones included so that they keep their numbers. UTF-8 with or without a byte-order
 * mark, and UTF-16 with one (Excel's "Unicode text"). Anything else is refused rather than guessed: a guessed encoding
 * puts wrong names on certificates.
 * @throws Refusal `file-encoding`, `file-quotes`
 */
export async function* readCsv(path: string): AsyncGenerator<TableRow> {
  const encoding = await encodingOf(path);
  const { delimiter, declared } = delimiterOf(await firstLine(path, encoding));
  const parser = parse({
    delimiter,
    from_line: declared ? 2 : 1,
    relax_column_count: true,
    relax_quotes: true,
    max_record_size: LONGEST_RECORD,
  });
  const source = Readable.from(decoded(path, encoding));
  source.on('error', (error) => parser.destroy(error));
  source.pipe(parser);
  let line = declared ? 1 : 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      line += 1;
      yield { line, cells: record.slice(0, WIDEST).map((cell) => cell.trim()), problems: [] };
    }
  } catch (error) {
    if ((error as { code?: string }).code === 'CSV_QUOTE_NOT_CLOSED') throw refused('file-quotes');
    if ((error as { code?: string }).code?.startsWith('CSV_')) throw refused('file-damaged');
    throw error;
  } finally {
    source.destroy();
  }
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

async function encodingOf(path: string): Promise<Encoding> {
  const file = await open(path);
  try {
    const mark = Buffer.alloc(2);
    await file.read(mark, 0, 2, 0);
    if (mark[0] === 0xff && mark[1] === 0xfe) return 'utf-16le';
    if (mark[0] === 0xfe && mark[1] === 0xff) return 'utf-16be';
    return 'utf-8';
  } finally {
    await file.close();
  }
}

/** The text piece by piece, the mark taken off. A byte that is not of this encoding ends it. */
async function* decoded(path: string, encoding: Encoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const decode = (chunk?: Buffer) => {
    try {
      return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
    } catch {
      throw refused('file-encoding');
    }
  };
  for await (const chunk of createReadStream(path)) {
    const text = decode(chunk as Buffer);
    if (text.includes('\0')) throw refused('file-encoding');
    if (text) yield text;
  }
  const rest = decode();
  if (rest) yield rest;
}

async function firstLine(path: string, encoding: Encoding): Promise<string> {
  for await (const text of decoded(path, encoding)) {
    const line = text.split(/\r?\n|\r/).find((candidate) => candidate.trim() !== '');
    if (line !== undefined) return line;
  }
  return '';
}

/** What parts the columns: what Excel declares (`sep=;`), else the commonest of the three outside quotes. */
function delimiterOf(line: string): { delimiter: string; declared: boolean } {
  const declared = /^sep=([,;\t])$/i.exec(line.trim())?.[1];
  if (declared) return { delimiter: declared, declared: true };
  const bare = line.replace(/"(?:[^"]|"")*"/g, '');
  const counts = DELIMITERS.map((delimiter) => ({ delimiter, count: bare.split(delimiter).length }));
  counts.sort((a, b) => b.count - a.count);
  return { delimiter: counts[0]?.delimiter ?? ',', declared: false };
}
