/** When practical work may be handed in, and what it must hold. */

/** The first time, and once more after "Chưa đạt" (assessment rules of the programmes: courses/README.md). */
export const MOST_SUBMISSIONS = 2;

/** A written text is at most this long, in characters, whatever the course allows in words. */
export const LONGEST_TEXT = 120_000;

/** A remark says what is good and what to change: fewer characters than this say neither. */
export const LEAST_REMARK = 20;

export type MayHandIn =
  | { may: true; number: number }
  | { may: false; because: 'waiting' | 'passed' | 'none-left' };

/** Whether work may be handed in, from what was handed in so far; `passed: null` is not marked yet. */
export function mayHandIn(submissions: readonly { number: number; passed: boolean | null }[]): MayHandIn {
  if (submissions.some((submission) => submission.passed === true)) return { may: false, because: 'passed' };
  if (submissions.some((submission) => submission.passed === null)) return { may: false, because: 'waiting' };
  if (submissions.length >= MOST_SUBMISSIONS) return { may: false, because: 'none-left' };
  return { may: true, number: submissions.length + 1 };
}

export interface HandInLimits {
  words: { min: number; max: number };
  file: { required: boolean };
}

export type HandInProblem =
  | { field: 'text'; code: 'words-too-few' | 'words-too-many'; params: { words: number; min: number; max: number } }
  | { field: 'text'; code: 'nothing-handed-in'; params: Record<never, never> }
  | { field: 'file'; code: 'file-missing'; params: Record<never, never> };

/**
 * What is wrong with a hand-in. The lower limit of words holds for work that is written directly; where a file may be
 * attached instead and is, the written part may be as short as one likes. The upper limit always holds.
 */
export function checkHandIn(limits: HandInLimits, words: number, hasFile: boolean): HandInProblem[] {
  const problems: HandInProblem[] = [];
  const { min, max } = limits.words;
  const fileInstead = hasFile && !limits.file.required;
  if (words < min && !fileInstead) problems.push({ field: 'text', code: 'words-too-few', params: { words, min, max } });
  else if (words > max) problems.push({ field: 'text', code: 'words-too-many', params: { words, min, max } });
  else if (words === 0 && !hasFile) problems.push({ field: 'text', code: 'nothing-handed-in', params: {} });
  if (limits.file.required && !hasFile) problems.push({ field: 'file', code: 'file-missing', params: {} });
  return problems;
}
