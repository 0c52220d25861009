import { checkHandIn, mayHandIn } from '../../src/rules/handing-in.js';
import { cases, words } from '../support/cases.js';

const PASSED: Record<string, boolean | null> = { waiting: null, passed: true, 'not-passed': false };

describe('mayHandIn', () => {
  test.each(cases<'submissions' | 'result' | 'why'>('handing-in'))('$why', (row) => {
    const submissions = words(row.submissions).map((outcome, index) => ({ number: index + 1, passed: PASSED[outcome] ?? null }));
    const answer = mayHandIn(submissions);
    expect(answer.may ? String(answer.number) : answer.because).toBe(row.result);
  });
});

describe('checkHandIn', () => {
  test.each(cases<'words' | 'has_file' | 'file_required' | 'min' | 'max' | 'problems' | 'why'>('hand-in-content'))('$why', (row) => {
    const limits = { words: { min: Number(row.min), max: Number(row.max) }, file: { required: row.file_required === 'yes' } };
    const problems = checkHandIn(limits, Number(row.words), row.has_file === 'yes');
    expect(problems.map((problem) => problem.code)).toEqual(words(row.problems));
  });
});
