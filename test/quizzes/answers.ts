import type { FixtureCourse } from '../support/fixture-course.js';
import type { Question } from '../../src/rules/questions.js';

/** What the API says of an attempt, as far as tests read it. */
export interface AttemptJson {
  id: number;
  number: number;
  state: string;
  secondsLeft: number;
  startedAt: string;
  deadlineAt: string;
  serverNow: string;
  questions: AskedJson[];
  answers: Record<string, { answer: unknown; sequence: number; savedAt: string }>;
  result?: ResultJson;
}
export interface AskedJson {
  id: string;
  number: number;
  type: string;
  stem: string;
  language: string;
  options?: { id: string; text: string }[];
  lefts?: { id: string; text: string }[];
  rights?: { id: string; text: string }[];
  items?: { id: string; text: string }[];
}
export interface ResultJson {
  score: number;
  passed: boolean;
  closedAt: string;
  closedBy: string;
  revealed: boolean;
  feedback: {
    id: string;
    share: number;
    verdict: string;
    explanation?: string;
    options?: { chosen: boolean; correct?: boolean }[];
  }[];
  next: { may: boolean; because?: string; until?: string; attemptsLeft?: number };
}

/** The right answer to a question as it was asked, found by its words, as a learner who knows it would. */
export function rightAnswer(course: FixtureCourse, asked: AskedJson): Record<string, unknown> {
  const question = course.questions.find(({ key }) => key === asked.id) as Question;
  const named = (list: { id: string; text: string }[] | undefined, text: string) =>
    list?.find((item) => item.text === text)?.id;
  switch (question.type) {
    case 'single':
      return { option: named(asked.options, question.options.find(({ correct }) => correct)?.text.vi ?? '') };
    case 'multiple':
      return {
        // In the order shown, as the service gives them back.
        options: question.options.filter(({ correct }) => correct).map(({ text }) => named(asked.options, text.vi)).sort(),
      };
    case 'true-false':
      return { value: question.answer };
    case 'matching':
      return {
        pairs: Object.fromEntries(
          question.pairs.map(({ left, right }) => [named(asked.lefts, left.vi), named(asked.rights, right.vi)]),
        ),
      };
    case 'ordering':
      return { order: question.items.map(({ vi }) => named(asked.items, vi)) };
    case 'numeric':
      return { value: String(question.answer).replace('.', ',') };
    case 'short-text':
      return { value: question.accept[0] };
  }
}

/** An answer that earns nothing. */
export function wrongAnswer(course: FixtureCourse, asked: AskedJson): Record<string, unknown> {
  const question = course.questions.find(({ key }) => key === asked.id) as Question;
  const named = (text: string | undefined) => asked.options?.find((item) => item.text === text)?.id;
  switch (question.type) {
    case 'single': return { option: named(question.options.find(({ correct }) => !correct)?.text.vi) };
    case 'multiple': return { options: [named(question.options.find(({ correct }) => !correct)?.text.vi)] };
    case 'true-false': return { value: !question.answer };
    case 'matching': return { pairs: {} };
    case 'ordering': return { order: (rightAnswer(course, asked).order as string[]).reverse() };
    case 'numeric': return { value: '1' };
    case 'short-text': return { value: 'không phải' };
  }
}
