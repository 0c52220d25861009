import { checkCourses, type CheckedCourse, type Finding } from '../courses/index.js';
import { checkProgrammes, type ReadyCourse } from './check-programmes.js';
import { readProgrammes } from './programme-files.js';
import { readTargets } from './target-files.js';

/**
 * Reads everything that authors write, courses, programmes and targets, and tells what is wrong, without a database.
 * @param root the folder of all courses
 */
export async function checkTraining(root: string): Promise<{ courses: CheckedCourse[]; findings: Finding[] }> {
  const courses = await checkCourses(root);
  const ready = new Map(courses.flatMap(({ course }): [string, ReadyCourse][] => (course ? [[course.course.value.code, course.course.value]] : [])));
  const targets = await readTargets(root);
  const programmes = checkProgrammes(await readProgrammes(root), ready, targets.targets.map((target) => target.version));
  return { courses, findings: [...courses.flatMap((course) => course.findings), ...programmes, ...targets.findings] };
}
