import { courseFolders, readCourse, type CourseRead } from '../files/read-course.js';
import { inOrder, type Finding } from '../files/finding.js';
import { checkCourse, checkTogether } from './check-course.js';
import { readDictionaries } from './dictionaries.js';

export interface CheckedCourse extends CourseRead {
  findings: Finding[];
}

/** Reads and checks every course of a folder. */
export async function checkCourses(root: string): Promise<CheckedCourse[]> {
  const dictionaries = await readDictionaries(root);
  const reads = await Promise.all((await courseFolders(root)).map((slug) => readCourse(root, slug)));
  const shared = checkTogether(reads);
  return reads.map((read) => ({
    ...read,
    findings: inOrder([...checkCourse(read, dictionaries), ...shared.filter((finding) => finding.file.startsWith(`${read.slug}/`))]),
  }));
}

/** Whether nothing keeps the course from being published. */
export const isReady = (course: CheckedCourse) => course.course !== null
  && course.findings.every((finding) => finding.severity !== 'error');
