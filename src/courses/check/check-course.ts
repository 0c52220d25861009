import type { Dictionaries } from '../../rules/spelling.js';
import type { CourseRead } from '../files/read-course.js';
import { error, inOrder, type Finding } from '../files/finding.js';
import { checkAlike } from './check-alike.js';
import { checkAssignment } from './check-assignment.js';
import { checkBank } from './check-bank.js';
import { checkKeyPatterns } from './check-key.js';
import { checkLessons } from './check-lessons.js';
import { checkQuestions } from './check-questions.js';
import { checkReading } from './check-reading.js';
import { checkSpelling } from './check-spelling.js';
import { checkStructure } from './check-structure.js';
import { checkWriting } from './check-writing.js';

/** All there is to say about one course by itself. */
export function checkCourse({ course, unread }: CourseRead, dictionaries: Dictionaries): Finding[] {
  if (!course) return inOrder(unread);
  return inOrder([
    ...unread, ...checkStructure(course), ...checkLessons(course), ...checkBank(course), ...checkQuestions(course),
    ...checkKeyPatterns(course), ...checkAssignment(course), ...checkReading(course), ...checkWriting(course.texts),
    ...checkSpelling(course.texts, dictionaries),
  ]);
}

/** What must be unique over all courses: codes, the ids of questions, which live on in attempts, and what is asked. */
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
  return [...findings, ...checkAlike(reads.flatMap(({ course }) => course?.questions ?? []))];
}
