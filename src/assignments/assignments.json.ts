import type { Assignment, CourseVersion } from '../courses/index.js';
import { gradeRubric } from '../rules/grading.js';
import { stateOf } from './assignment.page.js';
import type { AssignmentStanding } from './read-assignment.js';
import type { ToMark } from './read-marking.js';
import { anonymousName } from './marking.page.js';
import { dueOn, wordsOf, type Submission } from './submission.js';

/** What the JSON API answers. Pure. */

export const courseJson = ({ code, slug, number }: CourseVersion) => ({ code, slug, version: number });

export function submissionJson(
  assignment: Assignment, submission: Submission, fileHref: string, fileName = submission.file?.name ?? '',
) {
  const { id, number, text, file, handedInAt, marking } = submission;
  return {
    id, number, text, words: wordsOf(submission), handedInAt: handedInAt.toISOString(), dueOn: dueOn(submission),
    file: file ? { name: fileName, mediaType: file.mediaType, size: file.size, sha256: file.sha256, href: fileHref } : null,
    result: marking ? {
      levels: marking.levels, passed: marking.passed, remark: marking.remark, markedAt: marking.markedAt.toISOString(),
      total: gradeRubric(marking.levels, assignment.criteria.map((criterion) => criterion.id), assignment.pass).total,
    } : null,
  };
}

export function assignmentJson(standing: AssignmentStanding) {
  const { version, assignment, draft, submissions, hand } = standing;
  const { title, brief, words, file, criteria, pass } = assignment;
  const files = `/api/v1/courses/${version.slug}/assignment/submissions`;
  return {
    course: courseJson(version), title, brief, words, file, criteria, pass,
    state: stateOf(standing),
    mayHandIn: hand.may ? hand.number : null,
    draft: draft ? { text: draft.text, savedAt: draft.savedAt.toISOString() } : null,
    submissions: submissions.map((submission) =>
      submissionJson(assignment, submission, `${files}/${submission.number}/file`)),
    modelAnswer: submissions.at(-1)?.marking && !hand.may ? assignment.modelAnswer : null,
  };
}

/** For the assessor: nothing that tells whose work it is. */
export function markableJson({ submission, version, assignment }: ToMark) {
  const { title, brief, criteria, pass, modelAnswer, markerGuide } = assignment;
  const name = submission.file ? anonymousName(submission.id, submission.file) : '';
  return {
    ...submissionJson(assignment, submission, `/api/v1/marking/${submission.id}/file`, name),
    course: courseJson(version), agencyType: submission.agencyType, title, brief, criteria, pass, modelAnswer, markerGuide,
  };
}
