import { coursesFolder, describeFinding } from '../../courses/index.js';
import { checkTraining } from '../../programmes/index.js';
import { text } from '../../platform/texts.js';
import { DONE, REFUSED, type Command } from '../command.js';

/** Reads everything under courses/ and tells what is wrong, without any database. */
export const command: Command = {
  name: 'courses check',
  usage: '[FOLDER]',
  async run({ args, lang, say }) {
    const { courses, findings } = await checkTraining(args[0] ?? coursesFolder());
    for (const finding of findings) say(describeFinding(lang, finding));
    const errors = findings.filter((finding) => finding.severity === 'error').length;
    say(text(lang, 'operator.checked', { courses: courses.length, errors, notes: findings.length - errors }));
    return errors > 0 ? REFUSED : DONE;
  },
};
