import { parseArgs } from 'node:util';
import { Agencies, ROOT_CODE } from '../../agencies/index.js';
import { AskCoverage, coverageAnswer, coverageQuery, figureColumns, fileLines } from '../../coverage/index.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { refused } from '../../platform/errors.js';
import { readForm } from '../../platform/http/forms.js';
import { writeCsv } from '../../platform/spreadsheets/index.js';
import { text } from '../../platform/texts.js';
import { DONE, WRONG_USAGE, type Command } from '../command.js';

/** The figures that the page and the API give to somebody who sees the whole country, from the same function. */
export const command: Command = {
  name: 'coverage',
  usage: '[--target T] [--as-of DATE] [--known-as DATE] [--level ministry|province|commune] [--within CODE] [--group G] [--format csv|json]',
  async run({ args, lang, say, complain, withApplication }) {
    const options = optionsOf(args);
    if (!options) {
      complain(text(lang, 'operator.usage', { usage: `${command.name} ${command.usage}` }));
      return WRONG_USAGE;
    }
    const { format, 'as-of': asOf, 'known-as': knownAs, ...rest } = options;
    const query = readForm(coverageQuery, { ...rest, asOf, knownAs });
    await withApplication(async (app) => {
      const nation = await app.get(Agencies).findByCode(app.get(Database).reader, ROOT_CODE, app.get(Clock).today());
      if (!nation) throw refused('agency-unknown', { code: ROOT_CODE });
      const table = await app.get(AskCoverage).below([nation.id], query);
      if (format === 'json') say(JSON.stringify(coverageAnswer(table), null, 2));
      else say((await writeCsv(figureColumns(table, lang, true), fileLines(table)).toArray()).join('').trimEnd());
    });
    return DONE;
  },
};

/** null where something was typed that is no option, or no format. */
function optionsOf(args: string[]) {
  const value = { type: 'string' as const };
  try {
    const { values } = parseArgs({
      args,
      options: { 'target': value, 'as-of': value, 'known-as': value, 'level': value, 'within': value, 'group': value, 'format': value },
    });
    return values.format === undefined || ['csv', 'json'].includes(values.format) ? values : null;
  } catch {
    return null;
  }
}
