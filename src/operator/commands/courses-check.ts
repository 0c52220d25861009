import { checkCourses, coursesFolder, describeFinding, type Finding } from '../../courses/index.js';
import { checkProgrammes, readProgrammes, readTargets } from '../../programmes/index.js';
import { text } from '../../platform/texts.js';
import { DONE, REFUSED, type Command } from '../command.js';

/** Reads everything under courses/ and tells what is wrong, without any database. */
export const command: Command = {
  name: 'courses check',
  usage: '[FOLDER]',
  async run({ args, lang, say }) {
    const root = args[0] ?? coursesFolder();
    const courses = await checkCourses(root);
    const codes = courses.flatMap(({ course }) => (course ? [course.course.value.code] : []));
    const programmes = checkProgrammes(await readProgrammes(root), new Set(codes));
    const targets = await readTargets(root);
    const findings: Finding[] = [...courses.flatMap((course) => course.findings), ...programmes, ...targets.findings];
    for (const finding of findings) say(describeFinding(lang, finding));
    const errors = findings.filter((finding) => finding.severity === 'error').length;
    say(text(lang, 'operator.checked', { courses: courses.length, errors, notes: findings.length - errors }));
    return errors > 0 ? REFUSED : DONE;
  },
};
