import type { INestApplicationContext } from '@nestjs/common';
import type { Language } from '../platform/config.js';

/**
 * A command of the operator: a thin shell over a use case. Each stands in a file of its own in commands/, exporting
 * `command`; lms.ts finds it there. What it does and how to call it is said by `operator.commands.<name>` in the texts,
 * with hyphens for the spaces of its name.
 */
export interface Command {
  /** As typed: `courses check`. */
  name: string;
  /** What follows the name, for the help: `FILE`. */
  usage?: string;
  run(context: CommandContext): Promise<number>;
}

export interface CommandContext {
  /** What was typed after the name. */
  args: string[];
  env: Record<string, string | undefined>;
  lang: Language;
  /** One line for the person at the terminal. */
  say: (line: string) => void;
  /** One line about what went wrong. */
  complain: (line: string) => void;
  /** Runs a piece of work with the whole application, its database joined or started, and closes both afterwards. */
  withApplication: <T>(work: (app: INestApplicationContext) => Promise<T>) => Promise<T>;
}

export const DONE = 0;
/** Refused or failed, with a reason. */
export const REFUSED = 1;
export const WRONG_USAGE = 2;
