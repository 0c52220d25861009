import fc from 'fast-check';
import { gradeRubric } from '../../src/rules/grading.js';
import { cases } from '../support/cases.js';

const CRITERIA = ['accuracy', 'audience', 'clarity', 'legality', 'measurement'] as const;
const PASS = { eachAtLeast: 2, totalAtLeast: 14 };

describe('gradeRubric', () => {
  test.each(cases<(typeof CRITERIA)[number] | 'each_at_least' | 'total_at_least' | 'total' | 'outcome' | 'why'>('rubric'))('$why: $outcome', (row) => {
    const levels = Object.fromEntries(CRITERIA.filter((id) => row[id] !== '').map((id) => [id, Number(row[id])]));
    expect(gradeRubric(levels, CRITERIA, { eachAtLeast: Number(row.each_at_least), totalAtLeast: Number(row.total_at_least) }))
      .toEqual({ passed: row.outcome === 'Đạt', total: Number(row.total) });
  });

  const marking = fc.record(Object.fromEntries(CRITERIA.map((id) => [id, fc.integer({ min: 1, max: 4 })])));

  test('a higher level never turns a pass into a fail', () => {
    fc.assert(fc.property(marking, fc.constantFrom(...CRITERIA), (levels, raised) => {
      const better = { ...levels, [raised]: Math.min(4, (levels[raised] ?? 0) + 1) };
      return !gradeRubric(levels, CRITERIA, PASS).passed || gradeRubric(better, CRITERIA, PASS).passed;
    }));
  });

  test('levels of criteria that the task does not have count for nothing', () => {
    fc.assert(fc.property(marking, fc.integer({ min: 1, max: 4 }), (levels, more) => {
      expect(gradeRubric({ ...levels, other: more }, CRITERIA, PASS)).toEqual(gradeRubric(levels, CRITERIA, PASS));
    }));
  });
});
