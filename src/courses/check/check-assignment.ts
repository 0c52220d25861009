import type { CourseFiles } from '../files/course-files.js';
import { error, type Finding } from '../files/finding.js';
import { partsOf } from '../markdown.js';
import { CRITERIA } from '../files/shapes.js';

/** The practical task: five criteria of four levels, a pass mark that can be reached and missed, honest limits. */
export function checkAssignment({ assignment }: CourseFiles): Finding[] {
  if (!assignment) return [];
  const { value, at } = assignment;
  const findings: Finding[] = [];
  const ids = value.criteria.map((criterion) => criterion.id);
  if (ids.length !== CRITERIA.length || CRITERIA.some((id) => !ids.includes(id))) {
    findings.push(error(at('criteria'), 'criteria-wrong', { criteria: CRITERIA.join(', ') }));
  }
  for (const [index, criterion] of value.criteria.entries()) {
    if (criterion.levels.map((level) => level.level).join() !== '1,2,3,4') {
      findings.push(error(at('criteria', index, 'levels'), 'levels-wrong', { id: criterion.id }));
    }
  }
  if (value.words.min > value.words.max) findings.push(error(at('words'), 'words-wrong', { ...value.words }));
  const least = value.pass.each_at_least * CRITERIA.length;
  if (value.pass.total_at_least < least) findings.push(error(at('pass', 'total_at_least'), 'pass-wrong', { least }));
  for (const field of ['brief', 'model_answer', 'marker_guide'] as const) {
    for (const { text } of partsOf(value[field].vi).html) findings.push(error(at(field), 'html-in-text', { text }));
  }
  return findings;
}
