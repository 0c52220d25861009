import type { CourseFiles } from '../files/course-files.js';
import { error, note, type Finding } from '../files/finding.js';

/** Whether the parts of a course fit together: codes, outcomes, lessons, the quiz and what completion asks for. */
export function checkStructure(files: CourseFiles): Finding[] {
  const { value: course, at } = files.course;
  const findings: Finding[] = [];
  const prefix = `${course.code.toLowerCase()}-`;
  if (!files.slug.startsWith(prefix)) {
    findings.push(error(at('code'), 'folder-name-wrong', { folder: files.slug, prefix }));
  }
  const outcomes = course.outcomes.map((outcome) => outcome.id);
  findings.push(...twice(outcomes).map(([id, index]) => error(at('outcomes', index, 'id'), 'outcome-twice', { id })));
  findings.push(...twice(course.lessons.map((lesson) => lesson.code))
    .map(([code, index]) => error(at('lessons', index, 'code'), 'lesson-twice', { code })));
  findings.push(...twice(course.lessons.map((lesson) => lesson.file))
    .map(([file, index]) => error(at('lessons', index, 'file'), 'lesson-twice', { code: file })));
  for (const [index, lesson] of course.lessons.entries()) {
    const { code } = lesson;
    if (!code.startsWith(`${course.code}.`)) {
      findings.push(error(at('lessons', index, 'code'), 'lesson-code-wrong', { code, course: course.code }));
    }
    for (const [place, id] of lesson.outcomes.entries()) {
      if (outcomes.includes(id)) continue;
      findings.push(error(at('lessons', index, 'outcomes', place), 'outcome-unknown', { id }));
    }
  }
  const taught = new Set(course.lessons.flatMap((lesson) => lesson.outcomes));
  for (const [index, id] of outcomes.entries()) {
    if (!taught.has(id)) findings.push(error(at('outcomes', index), 'outcome-untaught', { id }));
  }
  findings.push(...checkProofs(files), ...checkCompletion(files));
  if (files.media.length > 0) findings.push(...unusedMedia(files));
  return findings;
}

/** A period counts for one criterion only, so together they cannot exceed the course. */
function checkProofs({ course: { value: course, at } }: CourseFiles): Finding[] {
  const proved = course.proves.reduce((sum, proof) => sum + proof.periods, 0);
  const findings = twice(course.proves.map((proof) => proof.criterion))
    .map(([criterion, index]) => error(at('proves', index), 'criterion-twice', { criterion }));
  const { periods } = course;
  if (proved > periods) findings.push(error(at('proves'), 'proofs-too-many', { proved, periods }));
  return findings;
}

function checkCompletion({ course: { value: course, at }, questions, assignment }: CourseFiles): Finding[] {
  const findings: Finding[] = [];
  const { quiz, completion } = course;
  if (completion.quiz && !quiz) findings.push(error(at('completion', 'quiz'), 'quiz-missing'));
  if (quiz && !completion.quiz) findings.push(note(at('quiz'), 'quiz-not-asked-for'));
  if (completion.assignment && !assignment) findings.push(error(at('completion', 'assignment'), 'assignment-missing'));
  if (assignment && !completion.assignment) findings.push(note(assignment.at(), 'assignment-not-asked-for'));
  if (quiz && quiz.questions > questions.length) {
    const counts = { drawn: quiz.questions, bank: questions.length };
    findings.push(error(at('quiz', 'questions'), 'quiz-larger-than-bank', counts));
  }
  if (quiz?.wait && quiz.attempts !== undefined && quiz.wait.after >= quiz.attempts) {
    const { wait: { after }, attempts } = quiz;
    findings.push(error(at('quiz', 'wait', 'after'), 'wait-never', { after, attempts }));
  }
  return findings;
}

function unusedMedia(files: CourseFiles): Finding[] {
  const written = files.texts.filter((text) => !text.file.endsWith('.svg')).map((text) => text.text).join('\n');
  return files.media.filter((media) => !written.includes(`media/${media.name}`))
    .map((media) => note({ file: media.file, line: 1 }, 'media-unused'));
}

/** The second and later places of what stands in a list more than once. */
export function twice<T>(list: readonly T[]): [T, number][] {
  return [...list.entries()].filter(([index, item]) => list.indexOf(item) < index)
    .map(([index, item]) => [item, index]);
}
