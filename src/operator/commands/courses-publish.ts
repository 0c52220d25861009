import { describeFinding } from '../../courses/index.js';
import { RecountEveryone } from '../../coverage/index.js';
import { text } from '../../platform/texts.js';
import { DONE, REFUSED, type Command } from '../command.js';
import { publishContent } from '../publish-content.js';

/** Publishes whatever is new under courses/. What has errors is refused by itself. */
export const command: Command = {
  name: 'courses publish',
  usage: '[FOLDER]',
  async run({ args, lang, say, complain, withApplication }) {
    const { courses, programmes, targets, findings } = await withApplication(async (app) => {
      const published = await publishContent(app, args[0]);
      // A rule never applied before counts nobody until everybody's periods were derived by it.
      if (published.targets.state === 'published') await app.get(RecountEveryone).run();
      return published;
    });
    for (const { slug, state, number } of [...courses, ...programmes]) {
      say(`${slug}: ${text(lang, `operator.published.${state}`, { number: number ?? 0 })}`);
    }
    say(`targets.yaml: ${text(lang, `operator.published.${targets.state}`, { number: 0 })}`);
    for (const finding of findings) complain(describeFinding(lang, finding));
    return findings.length > 0 ? REFUSED : DONE;
  },
};
