import type { Assignment } from '../courses/index.js';
import type { Language } from '../platform/config.js';
import { localText, text } from '../platform/texts.js';
import { gradeRubric } from '../rules/grading.js';
import type { Marking } from './submission.js';

/** The rubric to be marked: one group a criterion, four levels each. */
export function rubricForm(
  lang: Language, assignment: Assignment, levels: Record<string, unknown>, errors: Record<string, string>,
) {
  return assignment.criteria.map((criterion) => ({
    id: `levels.${criterion.id}`, name: `levels.${criterion.id}`, title: localText(lang, criterion.title),
    error: errors[`levels.${criterion.id}`],
    levels: criterion.levels.map((level) => ({
      level: level.level, text: localText(lang, level.text), lang: level.text[lang] === undefined ? 'vi' : undefined,
      chosen: Number(levels[criterion.id]) === level.level,
    })),
  }));
}

/** What came of a marking: the outcome, the total, and for each criterion the level reached, in its words. */
export function rubricResult(lang: Language, assignment: Assignment, marking: Marking) {
  const { total } = gradeRubric(marking.levels, assignment.criteria.map((criterion) => criterion.id), assignment.pass);
  return {
    passed: marking.passed,
    outcome: text(lang, `assignments.outcome.${marking.passed ? 'passed' : 'not-passed'}`),
    total: text(lang, 'assignments.total', { total, most: assignment.criteria.length * 4 }),
    remark: marking.remark,
    markedAt: marking.markedAt,
    criteria: assignment.criteria.map((criterion) => {
      const level = criterion.levels.find((candidate) => candidate.level === marking.levels[criterion.id]);
      return {
        title: localText(lang, criterion.title),
        level: text(lang, 'assignments.level-of', { level: level?.level ?? 0 }),
        tone: (level?.level ?? 0) < assignment.pass.eachAtLeast ? 'late' : (level?.level ?? 0) >= 3 ? 'ok' : undefined,
        text: level ? localText(lang, level.text) : '',
        lang: level && level.text[lang] === undefined ? 'vi' : undefined,
      };
    }),
  };
}
