import type { Question } from '../../rules/questions.js';
import { alikePairs } from '../../rules/wording.js';
import type { BankItem } from '../files/course-files.js';
import { error, note, type Finding } from '../files/finding.js';
import { SAME_QUESTION } from './rules.js';

/**
 * Questions asked twice, over all banks together: an official takes several courses, and a question met before tests
 * memory only. Told at the later of the two.
 */
export function checkAlike(items: readonly BankItem[]): Finding[] {
  return alikePairs(items.map((item) => askedText(item.question)), SAME_QUESTION.note).flatMap((pair) => {
    const [earlier, later] = [items[pair.earlier], items[pair.later]];
    if (!earlier || !later) return [];
    const tell = pair.alike >= SAME_QUESTION.error ? error : note;
    return [tell(later.at('stem'), 'question-alike', {
      id: later.question.key, other: earlier.question.key, percent: Math.round(pair.alike * 100),
    })];
  });
}

/** What is asked: the stem, and for a matching or an ordering also what is to be matched or ordered. */
function askedText(question: Question): string {
  const more = question.type === 'matching' ? question.pairs.flatMap((pair) => [pair.left.vi, pair.right.vi])
    : question.type === 'ordering' ? question.items.map((item) => item.vi) : [];
  return [question.stem.vi, ...more].join(' . ');
}
