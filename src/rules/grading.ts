import { sameSpelling, searchable, tidy } from './names.js';
import type { Answer, Question } from './questions.js';

/**
 * Marks. Each question is worth the same; a share of 0 to 1 is earned; the score is the mean × 100, rounded down to
 * two decimals, so that 69.999 is not 70.
 */
export interface AttemptGrade {
  /** 0 to 100, at most two decimals, rounded down. */
  score: number;
  passed: boolean;
  /** Share earned by question key, 0 to 1. */
  marks: Record<string, number>;
}

/** Grades what was answered; a question without an answer earns nothing. Pure: the same input gives the same grade. */
export function gradeAttempt(
  questions: readonly Question[],
  answers: ReadonlyMap<string, Answer>,
  pass: number,
): AttemptGrade {
  const marks: Record<string, number> = {};
  for (const question of questions) {
    const answer = answers.get(question.key);
    marks[question.key] = answer === undefined ? 0 : gradeAnswer(question, answer);
  }
  const sum = Object.values(marks).reduce((total, mark) => total + mark, 0);
  // A tiny lift before the floor, so that 3 × (1/3) is 1 and not 0.9999…
  const score = questions.length === 0 ? 0 : Math.floor((sum / questions.length) * 10_000 + 1e-6) / 100;
  return { score, passed: score >= pass, marks };
}

/** The share of one question that an answer earns, 0 to 1. An answer of another type earns nothing. */
export function gradeAnswer(question: Question, answer: Answer): number {
  switch (question.type) {
    case 'single':
      return answer.type === 'single' && answer.option !== null && question.options[answer.option]?.correct ? 1 : 0;
    case 'multiple':
      return answer.type === 'multiple'
        ? gradeMultiple(
            question.options.map((option) => option.correct),
            answer.options,
          )
        : 0;
    case 'true-false':
      return answer.type === 'true-false' && answer.value === question.answer ? 1 : 0;
    case 'matching':
      return answer.type === 'matching' ? gradeMatching(question.pairs, answer.rights) : 0;
    case 'ordering':
      return answer.type === 'ordering' ? gradeOrdering(question.items.length, answer.items) : 0;
    case 'numeric': {
      // `69,375` may mean thousands or decimals: whoever is right under either reading is right.
      const values = answer.type === 'numeric' ? readNumbers(answer.value) : [];
      return values.some((value) => Math.abs(value - question.answer) <= question.tolerance + 1e-9) ? 1 : 0;
    }
    case 'short-text':
      return answer.type === 'short-text' && sameWords(question.accept, answer.value) ? 1 : 0;
  }
}

/** Each right choice adds its share, each wrong one takes the same share away; never below nothing. */
function gradeMultiple(correct: readonly boolean[], chosen: readonly number[]): number {
  const picked = new Set(chosen);
  const right = correct.filter(Boolean).length;
  let net = 0;
  for (const place of picked) net += correct[place] ? 1 : -1;
  return right === 0 ? 0 : Math.max(0, net / right);
}

/** The share of lefts with a right that says what the author's right says (two rights may read the same). */
function gradeMatching(pairs: readonly { right: { vi: string } }[], rights: readonly (number | null)[]): number {
  const hits = pairs.filter((pair, left) => {
    const chosen = rights[left];
    return chosen !== null && chosen !== undefined && pairs[chosen]?.right.vi === pair.right.vi;
  }).length;
  return pairs.length === 0 ? 0 : hits / pairs.length;
}

/**
 * Pairs kept in the right order, less pairs turned round, over all pairs; never below nothing. One step out of place
 * costs little, and an order by chance earns little. An incomplete or repeated order earns nothing.
 */
function gradeOrdering(count: number, given: readonly number[]): number {
  if (given.length !== count || new Set(given).size !== count) return 0;
  if (given.some((place) => !Number.isInteger(place) || place < 0 || place >= count)) return 0;
  let net = 0;
  let pairs = 0;
  for (let i = 0; i < count; i += 1) {
    for (let j = i + 1; j < count; j += 1) {
      pairs += 1;
      net += (given[i] as number) < (given[j] as number) ? 1 : -1;
    }
  }
  return pairs === 0 ? 1 : Math.max(0, net / pairs);
}

/**
 * A number as typed in Viet Nam or elsewhere: `70,5`, `70.5`, `3.321` and `3,321` (three digits after one mark are
 * thousands), `1.234,5`, with spaces or a trailing %. null when it is no number.
 */
export function readNumber(typed: string): number | null {
  return readNumbers(typed)[0] ?? null;
}

/** Every number that the typed text may mean, the likeliest first: `3,321` is 3321, and may be 3.321. */
export function readNumbers(typed: string): number[] {
  const text = typed.replace(/[\s\u00a0]/g, '').replace(/%$/, '');
  if (!/^[+-]?\d[\d.,]*$/.test(text)) return [];
  const marks = [...text].filter((letter) => letter === '.' || letter === ',');
  const last = marks.at(-1);
  if (last === undefined) return [Number(text)];
  const parts = text.split(last);
  const whole = parts[0] as string;
  if (marks.every((mark) => mark === last)) {
    const grouped = parts.slice(1).every((part) => part.length === 3) && /^[+-]?[1-9]\d{0,2}$/.test(whole);
    const decimal = marks.length === 1 && parts[1] !== '' ? [Number(`${whole}.${parts[1]}`)] : [];
    return grouped ? [Number(parts.join('')), ...decimal] : decimal;
  }
  // Both marks: the last is the decimal mark, the other one groups thousands.
  const groups = whole.split(last === '.' ? ',' : '.');
  const grouped = marks.filter((mark) => mark === last).length === 1 && parts[1] !== ''
    && groups.slice(1).every((part) => part.length === 3) && /^[+-]?\d{1,3}$/.test(groups[0] as string);
  return grouped ? [Number(`${groups.join('')}.${parts[1]}`)] : [];
}

/**
 * Compares without case, punctuation and spare spaces, and whichever way tone marks are placed (hoà, hòa) and i or y
 * is written (kĩ, kỹ). Marks count (má is not ma), unless the answer was typed without any mark at all: then it is
 * compared without them, since some keyboards have none.
 */
function sameWords(accepted: readonly string[], typed: string): boolean {
  const words = (text: string) =>
    tidy(text)
      .toLowerCase()
      .replace(/\s*%/gu, '%')
      .replace(/[^\p{L}\p{N}%]+/gu, ' ')
      .trim();
  const given = words(typed);
  if (given === '') return false;
  const bare = searchable(given) === given.replaceAll('%', '').trim();
  const spelt = sameSpelling(given);
  return accepted.some((candidate) => sameSpelling(words(candidate)) === spelt
    || (bare && searchable(words(candidate)) === searchable(given) && candidate.includes('%') === given.includes('%')));
}

/** What the rubric says: passed when no criterion is below the floor and the total reaches the mark. */
export function gradeRubric(
  levels: Readonly<Record<string, number>>,
  criteria: readonly string[],
  pass: { eachAtLeast: number; totalAtLeast: number },
): { passed: boolean; total: number } {
  const given = criteria.map((criterion) => levels[criterion] ?? 0);
  const total = given.reduce((sum, level) => sum + level, 0);
  return { total, passed: given.every((level) => level >= pass.eachAtLeast) && total >= pass.totalAtLeast };
}
