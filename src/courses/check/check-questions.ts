import { tidy } from '../../rules/names.js';
import type { Question } from '../../rules/questions.js';
import type { BankItem, CourseFiles } from '../files/course-files.js';
import { error, type Finding } from '../files/finding.js';
import { twice } from './check-structure.js';

/** Each question by itself: its key, its options, and whether both languages are there where one says they are. */
export function checkQuestions(files: CourseFiles): Finding[] {
  return files.questions.flatMap((item) => [...checkKey(item), ...checkOptions(item), ...checkHalfEnglish(item)]);
}

function checkKey({ question, at }: BankItem): Finding[] {
  if (question.type !== 'single' && question.type !== 'multiple') return [];
  const keys = question.options.filter((option) => option.correct).length;
  if (question.type === 'single') return keys === 1 ? [] : [error(at('options'), 'key-not-single', { keys })];
  const wrong = question.options.length - keys;
  return keys >= 2 && wrong >= 1 ? [] : [error(at('options'), 'multiple-key-wrong', { keys, wrong })];
}

/** "All of the above" in its many dresses: the answer would be the form of the question, not its matter. */
const ALL_OR_NONE = new RegExp([
  '(tất cả|toàn bộ) (các |những )?(phương án|đáp án|lựa chọn|câu|ý|điều|việc)?\\s*(ở |nêu |kể )?(trên|đều đúng)',
  '^tất cả (các |những )?(phương án|đáp án|lựa chọn|câu|ý)',
  '^cả (a|hai|ba|bốn|2|3|4)\\b.{0,25}(đúng|trên)',
  '(phương án|đáp án|ý|câu) nào (cũng|đều) (đúng|sai)',
  'không (có )?(phương án|đáp án|lựa chọn|câu|ý) nào',
  '(all|none) of the above',
].join('|'), 'iu');

function checkOptions({ question, at }: BankItem): Finding[] {
  const lists = listsOf(question);
  return lists.flatMap(({ path, texts }) => [
    ...texts.flatMap((text, index) =>
      (ALL_OR_NONE.test(tidy(text)) ? [error(at(...path, index), 'all-of-the-above', { text })] : [])),
    ...twice(texts.map((text) => tidy(text).toLowerCase()))
      .map(([, index]) => error(at(...path, index), 'option-twice', { text: texts[index] })),
  ]);
}

function listsOf(question: Question): { path: string[]; texts: string[] }[] {
  switch (question.type) {
    case 'single':
    case 'multiple': return [{ path: ['options'], texts: question.options.map((option) => option.text.vi) }];
    case 'matching': return [{ path: ['pairs'], texts: question.pairs.map((pair) => pair.left.vi) }];
    case 'ordering': return [{ path: ['items'], texts: question.items.map((item) => item.vi) }];
    default: return [];
  }
}

/** Where the stem is in English, everything that is read with it is in English too. */
function checkHalfEnglish({ question, at }: BankItem): Finding[] {
  const all = languagesIn(question);
  const english = all.filter((text) => text.en !== undefined).length;
  return english === 0 || english === all.length ? []
    : [error(at(), 'english-half', { id: question.key, count: english, of: all.length })];
}

function languagesIn(value: unknown): { vi: string; en?: string }[] {
  if (Array.isArray(value)) return value.flatMap(languagesIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('vi' in value && typeof value.vi === 'string') return [value as { vi: string; en?: string }];
  return Object.values(value).flatMap(languagesIn);
}
