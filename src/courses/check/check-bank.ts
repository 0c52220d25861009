import type { CourseFiles } from '../files/course-files.js';
import { error, type Finding } from '../files/finding.js';
import { CASE_SHARE, leastQuestions, QUESTION_TYPES, QUESTIONS_PER_OUTCOME } from './rules.js';

/** The bank as a whole: how many, of how many types, spread over the outcomes and difficulties. */
export function checkBank(files: CourseFiles): Finding[] {
  const { value: course, at } = files.course;
  if (!course.quiz && files.questions.length === 0) return [];
  const bank = files.questions.map((item) => item.question);
  const findings: Finding[] = [];
  const least = leastQuestions(course.code);
  if (bank.length < least) findings.push(error(at('quiz'), 'bank-too-small', { count: bank.length, least }));
  const types = new Set(bank.map((question) => question.type));
  if (types.size < QUESTION_TYPES) {
    findings.push(error(at('quiz'), 'bank-types-few', { count: types.size, least: QUESTION_TYPES }));
  }
  for (const [index, { id }] of course.outcomes.entries()) {
    const count = bank.filter((question) => question.outcome === id).length;
    if (count < QUESTIONS_PER_OUTCOME) {
      findings.push(error(at('outcomes', index), 'outcome-questions-few', { id, count, least: QUESTIONS_PER_OUTCOME }));
    }
  }
  for (const difficulty of [1, 2, 3]) {
    if (!bank.some((question) => question.difficulty === difficulty)) {
      findings.push(error(at('quiz'), 'bank-difficulty-missing', { difficulty }));
    }
  }
  const cases = bank.filter((question) => question.kind === 'case').length;
  if (cases < bank.length * CASE_SHARE) {
    findings.push(error(at('quiz'), 'bank-cases-few', { count: cases, least: Math.ceil(bank.length * CASE_SHARE) }));
  }
  return [...findings, ...checkOwnership(files)];
}

function checkOwnership(files: CourseFiles): Finding[] {
  const { value: course } = files.course;
  const prefix = `${course.code.toLowerCase()}-`;
  const outcomes = new Set(course.outcomes.map((outcome) => outcome.id));
  return files.questions.flatMap(({ question, at }) => {
    const findings: Finding[] = [];
    const { key, outcome } = question;
    if (!outcomes.has(outcome)) findings.push(error(at('outcome'), 'outcome-unknown', { id: outcome }));
    if (!key.startsWith(prefix)) findings.push(error(at('id'), 'question-id-foreign', { id: key, prefix }));
    return findings;
  });
}
