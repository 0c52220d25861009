import { Database } from '../../platform/database/database.js';
import { text } from '../../platform/texts.js';
import { ConfirmRosterImport, PreviewRosterImport, RosterImports } from '../../roster/index.js';
import { DONE, REFUSED, WRONG_USAGE, type Command } from '../command.js';
import { fileForImport } from '../file-for-import.js';
import { fileArgument, problemLines, SHOWN_ERRORS } from '../imported-rows.js';

/** Shows what a roster file would change below an agency and, with --confirm, applies it: the same two steps as on the page. */
export const command: Command = {
  name: 'roster import',
  usage: 'FILE --agency=CODE [--complete] [--confirm]',
  async run(context) {
    const { args, lang, say, complain } = context;
    const path = await fileArgument(context, `${command.name} ${command.usage}`);
    const agency = args.find((word) => word.startsWith('--agency='))?.slice('--agency='.length);
    if (path && !agency) complain(text(lang, 'operator.usage', { usage: `${command.name} ${command.usage}` }));
    if (!path || !agency) return WRONG_USAGE;
    const file = await fileForImport(path);
    return context.withApplication(async (app) => {
      const mode = args.includes('--complete') ? 'complete' : 'update';
      const importId = await app.get(PreviewRosterImport).run(file, agency, mode, null, null);
      const operator = { accountId: null, roots: null };
      const { counts, rows } = await app.get(RosterImports).page(app.get(Database).reader, importId, operator, { outcome: 'error', limit: SHOWN_ERRORS });
      say(text(lang, 'operator.previewed', { file: file.name, ...counts }));
      for (const line of problemLines(lang, rows)) complain(line);
      if (!args.includes('--confirm')) {
        say(text(lang, 'operator.confirm-hint'));
        return counts.error > 0 ? REFUSED : DONE;
      }
      const done = await app.get(ConfirmRosterImport).run(importId, null, null);
      say(text(lang, 'operator.confirmed', { new: done.new, changed: done.changed }));
      return DONE;
    });
  },
};
