import { AgencyImports, ConfirmAgenciesImport, LoadBaseAgencies, PreviewAgenciesImport } from '../../agencies/index.js';
import { Database } from '../../platform/database/database.js';
import { text } from '../../platform/texts.js';
import { DONE, REFUSED, WRONG_USAGE, type Command } from '../command.js';
import { fileForImport } from '../file-for-import.js';
import { fileArgument, problemLines, SHOWN_ERRORS } from '../imported-rows.js';

/** Shows what a file of agencies would change and, with --confirm, applies it: the same two steps as on the page. */
export const command: Command = {
  name: 'agencies import',
  usage: 'FILE [--confirm]',
  async run(context) {
    const { args, lang, say, complain } = context;
    const path = await fileArgument(context, `${command.name} ${command.usage}`);
    if (!path) return WRONG_USAGE;
    const file = await fileForImport(path);
    return context.withApplication(async (app) => {
      await app.get(LoadBaseAgencies).run();
      const importId = await app.get(PreviewAgenciesImport).run(file, null, null);
      const { counts, rows } = await app.get(AgencyImports).page(app.get(Database).reader, importId, null, { outcome: 'error', limit: SHOWN_ERRORS });
      say(text(lang, 'operator.previewed', { file: file.name, ...counts, leaving: 0, duplicate: 0 }));
      for (const line of problemLines(lang, rows)) complain(line);
      if (!args.includes('--confirm')) {
        say(text(lang, 'operator.confirm-hint'));
        return counts.error > 0 ? REFUSED : DONE;
      }
      const done = await app.get(ConfirmAgenciesImport).run(importId, null, null);
      say(text(lang, 'operator.confirmed', { new: done.new, changed: done.changed }));
      return DONE;
    });
  },
};
