import { checkWriting, error, inOrder, note, type Finding } from '../courses/index.js';
import { provedBy, type ProvingCourse } from '../rules/counted-path.js';
import type { ProgrammeFile } from './programme-files.js';
import type { TargetVersion } from './target-version.js';

/** A course that can be studied, as far as programmes ask. */
export interface ReadyCourse extends ProvingCourse { periods: number }

/**
 * Whether the programmes fit together and lean on courses that exist.
 * @param ready the courses that can be studied, by code
 */
export function checkProgrammes(
  files: readonly ProgrammeFile[], ready: ReadonlyMap<string, ReadyCourse>, targets: readonly TargetVersion[],
): Finding[] {
  const findings: Finding[] = files.flatMap((file) =>
    [...file.unread, ...checkWriting([file]), ...checkCourses(file, ready), ...checkPath(file, ready, targets)]);
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

function checkCourses({ programme }: ProgrammeFile, ready: ReadonlyMap<string, ReadyCourse>): Finding[] {
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

/** A counted path keeps its promise: for one group that the target counts, and enough periods of every criterion. */
function checkPath(
  { programme }: ProgrammeFile, ready: ReadonlyMap<string, ReadyCourse>, targets: readonly TargetVersion[],
): Finding[] {
  if (programme?.value.path === undefined) return [];
  const { value: { path, audience, courses, periods }, at } = programme;
  const target = targets.find((candidate) => candidate.target === path);
  if (!target) return [error(at('path'), 'path-target-unknown', { target: path })];
  const findings: Finding[] = [];
  const [group, ...others] = audience.groups;
  if (others.length > 0 || !target.groups.some((counted) => counted === group)) {
    findings.push(error(at('audience', 'groups'), 'path-group-wrong', { target: path }));
  }
  const required = courses.flatMap((part) => ('required' in part && part.required ? ready.get(part.course) ?? [] : []));
  for (const { criterion, periods: given, minimum, enough } of provedBy(required, target.criteria)) {
    if (!enough) findings.push(error(at('courses'), 'path-too-short', { criterion, periods: given, minimum }));
  }
  const sum = required.reduce((total, course) => total + course.periods, 0);
  if (sum !== periods) findings.push(error(at('periods'), 'path-periods-wrong', { periods, sum }));
  return findings;
}
