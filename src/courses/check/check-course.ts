import type { CourseRead } from '../files/read-course.js';
import { error, inOrder, type Finding } from '../files/finding.js';
import { checkAssignment } from './check-assignment.js';
import { checkBank } from './check-bank.js';
import { checkKeyPatterns } from './check-key.js';
import { checkLessons } from './check-lessons.js';
import { checkQuestions } from './check-questions.js';
import { checkStructure } from './check-structure.js';
import { checkWriting } from './check-writing.js';

/** All there is to say about one course by itself. */
export function checkCourse({ course, unread }: CourseRead): Finding[] {
  if (!course) return inOrder(unread);
  return inOrder([
    ...unread, ...checkStructure(course), ...checkLessons(course), ...checkBank(course), ...checkQuestions(course),
    ...checkKeyPatterns(course), ...checkAssignment(course), ...checkWriting(course.texts),
  ]);
}

/** What must be unique over all courses: codes, and the ids of questions, which live on in attempts. */
export function checkTogether(reads: readonly CourseRead[]): Finding[] {
  const codes = new Map<string, string>();
  const keys = new Map<string, string>();
  const findings: Finding[] = [];
  for (const { course } of reads) {
    if (!course) continue;
    const { code } = course.course.value;
    const other = codes.get(code);
    if (other !== undefined) findings.push(error(course.course.at('code'), 'course-code-twice', { code, other }));
    codes.set(code, course.slug);
    for (const { question, at } of course.questions) {
      const place = at('id');
      const before = keys.get(question.key);
      if (before !== undefined) findings.push(error(place, 'question-id-twice', { id: question.key, other: before }));
      else keys.set(question.key, `${place.file}:${place.line}`);
    }
  }
  return findings;
}
