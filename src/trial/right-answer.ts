import { letterOf, type Given } from '../rules/asking.js';
import type { Question, Shown } from '../rules/questions.js';

/** The answer that earns the whole mark, as one would give it on the page: how invented learners answer who prepared well. */
export function rightAnswer(question: Question, shown: Shown): Given {
  const letter = (place: number, order: readonly number[]) => letterOf(order.indexOf(place));
  switch (question.type) {
    case 'single':
      return { option: letter(question.options.findIndex((option) => option.correct), shown.order) };
    case 'multiple':
      return { options: question.options.flatMap((option, place) => (option.correct ? [letter(place, shown.order)] : [])) };
    case 'true-false':
      return { value: question.answer };
    case 'matching':
      return { pairs: Object.fromEntries(shown.order.map((left, index) => [String(index + 1), letter(left, shown.rights ?? [])])) };
    case 'ordering':
      return { order: question.items.map((_, place) => letter(place, shown.order)) };
    case 'numeric':
      return { value: String(question.answer) };
    case 'short-text':
      return { value: question.accept[0] ?? '' };
  }
}
