import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, type Language } from '../platform/config.js';
import { EmbeddedDatabaseError } from '../platform/embedded-database/index.js';
import { Refusal } from '../platform/errors.js';
import { text } from '../platform/texts.js';
import { sentence } from '../web/index.js';
import { withApplication } from './application.js';
import { DONE, REFUSED, WRONG_USAGE, type Command, type CommandContext } from './command.js';

export interface Terminal {
  say: (line: string) => void;
  complain: (line: string) => void;
}

/** Runs what was typed after `lms`. @returns the exit code: 0 done, 1 refused or failed with a reason, 2 wrong usage */
export async function runCommand(
  typed: string[], env: Record<string, string | undefined>, terminal: Terminal,
): Promise<number> {
  const lang: Language = env.DEFAULT_LANGUAGE === 'en' ? 'en' : 'vi';
  const commands = await allCommands();
  const words = typed.filter((word) => !word.startsWith('-'));
  if (words.length === 0 || words[0] === 'help') {
    for (const line of helpLines(lang, commands)) terminal.say(line);
    return typed.length === 0 ? WRONG_USAGE : DONE;
  }
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => typed[index] === word));
  if (!command) {
    terminal.complain(text(lang, 'operator.unknown', { typed: typed.join(' ') }));
    return WRONG_USAGE;
  }
  const context: CommandContext = {
    args: typed.slice(command.name.split(' ').length), env, lang, ...terminal,
    withApplication: (work) => withApplication(env, work),
  };
  try {
    return await command.run(context);
  } catch (error) {
    const reasons = reasonsOf(lang, error);
    if (!reasons) throw error;
    for (const reason of reasons) terminal.complain(reason);
    return REFUSED;
  }
}

/** The files of commands/, by the name of their command. */
export async function allCommands(): Promise<Command[]> {
  const files = readdirSync(join(import.meta.dirname, 'commands')).filter((name) => /^[a-z-]+\.(js|ts)$/.test(name));
  const commands: Command[] = [];
  for (const name of files) {
    const module = await import(`./commands/${name.replace(/\.(js|ts)$/, '.js')}`) as { command: Command };
    commands.push(module.command);
  }
  return commands.sort((a, b) => (a.name < b.name ? -1 : 1));
}

function helpLines(lang: Language, commands: readonly Command[]): string[] {
  const calls = commands.map((command) => [command.name, command.usage].filter(Boolean).join(' '));
  const width = Math.max(...calls.map((call) => call.length), 4) + 2;
  return [
    text(lang, 'operator.help'),
    `  ${'help'.padEnd(width)}${text(lang, 'operator.commands.help')}`,
    ...commands.map((command, index) =>
      `  ${(calls[index] ?? '').padEnd(width)}${text(lang, `operator.commands.${command.name.replaceAll(' ', '-')}`)}`),
  ];
}

/** What a person can do something about, in words; anything else is a fault and keeps its stack. */
function reasonsOf(lang: Language, error: unknown): string[] | null {
  if (error instanceof Refusal) {
    return [sentence(lang, error.code, error.params), ...error.problems.map((problem) =>
      [problem.field, sentence(lang, problem.code, problem.params)].filter(Boolean).join(': '))];
  }
  if (error instanceof ConfigError || error instanceof EmbeddedDatabaseError) return [error.message];
  return null;
}
