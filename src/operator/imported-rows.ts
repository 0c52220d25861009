import { stat } from 'node:fs/promises';
import type { Language } from '../platform/config.js';
import { text } from '../platform/texts.js';
import { sentence } from '../web/index.js';
import type { CommandContext } from './command.js';

/** The file named on the command line; null, with the usage said, where there is none. */
export async function fileArgument(context: CommandContext, usage: string): Promise<string | null> {
  const path = context.args.find((word) => !word.startsWith('--'));
  if (path && (await stat(path).catch(() => null))?.isFile()) return path;
  context.complain(text(context.lang, 'operator.usage', { usage }));
  return null;
}

/** `Line 12, parent: there is no agency with this code` for each problem of a row. */
export function problemLines(lang: Language, rows: readonly {
  line: number; problems: readonly { column?: string | null; code: string; params?: Record<string, unknown> }[];
}[]): string[] {
  return rows.flatMap((row) => row.problems.map((problem) => text(lang, 'operator.row-problem', {
    line: row.line, column: problem.column ?? '', problem: sentence(lang, problem.code, problem.params ?? {}),
  })));
}

/** How many wrong rows are named; the rest is counted. */
export const SHOWN_ERRORS = 50;
