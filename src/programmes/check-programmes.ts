import { checkWriting, error, inOrder, note, type Finding } from '../courses/index.js';
import type { ProgrammeFile } from './programme-files.js';

/**
 * Whether the programmes fit together and lean on courses that exist.
 * @param ready codes of the courses that can be studied
 */
export function checkProgrammes(files: readonly ProgrammeFile[], ready: ReadonlySet<string>): Finding[] {
  const findings: Finding[] = files.flatMap((file) =>
    [...file.unread, ...checkWriting([file]), ...checkCourses(file, ready)]);
  const codes = new Map<string, string>();
  for (const { programme, file } of files) {
    if (!programme) continue;
    const { code } = programme.value;
    const other = codes.get(code);
    if (other !== undefined) findings.push(error(programme.at('code'), 'programme-code-twice', { code, other }));
    codes.set(code, file);
  }
  return inOrder(findings);
}

function checkCourses({ programme }: ProgrammeFile, ready: ReadonlySet<string>): Finding[] {
  if (!programme) return [];
  const { value, at } = programme;
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const [index, part] of value.courses.entries()) {
    const place = at('courses', index);
    const code = part.course;
    if (seen.has(code)) findings.push(error(place, 'programme-course-twice', { code }));
    seen.add(code);
    if ('state' in part && ready.has(code)) findings.push(note(place, 'course-ready', { code }));
    if (!('state' in part) && !ready.has(code)) findings.push(error(place, 'course-not-ready', { code }));
  }
  return findings;
}
