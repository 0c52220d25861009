import fc from 'fast-check';
import { gradeAnswer, gradeAttempt, readNumber, readNumbers } from '../../src/rules/grading.js';
import type { Answer, Option, Question } from '../../src/rules/questions.js';
import { cases, words } from '../support/cases.js';

const common = {
  key: 'q',
  outcome: 'B2.1a',
  difficulty: 2,
  kind: 'case',
  stem: { vi: '?' },
  feedback: { vi: '.' },
} as const;
const wrong = { vi: 'Chưa đúng.' };
const LETTERS = ['a', 'b', 'c', 'd'];
const place = (letter: string) => letter.charCodeAt(0) - 97;
const options = (correct: string): Option[] => LETTERS.map((letter) => ({
  text: { vi: letter }, correct: words(correct).includes(letter), feedback: { vi: '.' },
}));

describe('choices', () => {
  test.each(cases<'what' | 'type' | 'correct' | 'chosen' | 'share'>('grading-choices'))('$type: $what', (row) => {
    const { question, answer } = choice(row.type, row.correct, row.chosen);
    expect(gradeAnswer(question, answer)).toBeCloseTo(Number(row.share), 5);
  });

  function choice(type: string, correct: string, chosen: string): { question: Question; answer: Answer } {
    if (type === 'true-false') {
      return {
        question: { ...common, type, answer: correct === 'true', wrong },
        answer: { type, value: chosen === '' ? null : chosen === 'true' },
      };
    }
    if (type === 'single') {
      return {
        question: { ...common, type, options: options(correct) },
        answer: { type, option: chosen === '' ? null : place(chosen) },
      };
    }
    return {
      question: { ...common, type: 'multiple', options: options(correct) },
      answer: { type: 'multiple', options: words(chosen).map(place) },
    };
  }
});

test.each(cases<'what' | 'count' | 'given' | 'share'>('grading-ordering'))('ordering: $what', (row) => {
  const items = Array.from({ length: Number(row.count) }, (_, index) => ({ vi: `bước ${index + 1}` }));
  const answer: Answer = { type: 'ordering', items: words(row.given).map((number) => Number(number) - 1) };
  expect(gradeAnswer({ ...common, type: 'ordering', items, wrong }, answer)).toBeCloseTo(Number(row.share), 5);
});

test.each(cases<'what' | 'rights' | 'chosen' | 'share'>('grading-matching'))('matching: $what', (row) => {
  const pairs = words(row.rights).map((right, index) => ({ left: { vi: `trái ${index}` }, right: { vi: right } }));
  const answer: Answer = {
    type: 'matching',
    rights: words(row.chosen).map((number) => (number === '-' ? null : Number(number) - 1)),
  };
  const question: Question = { ...common, type: 'matching', pairs, distractors: [{ vi: 'thừa' }], wrong };
  expect(gradeAnswer(question, answer)).toBeCloseTo(Number(row.share), 5);
});

test.each(cases<'what' | 'accepted' | 'typed' | 'right'>('grading-texts'))('short text: $what', (row) => {
  const question: Question = { ...common, type: 'short-text', accept: row.accepted.split('|'), wrong };
  expect(gradeAnswer(question, { type: 'short-text', value: row.typed })).toBe(row.right === 'yes' ? 1 : 0);
});

test('letters typed with their marks apart are the same letters', () => {
  const question: Question = { ...common, type: 'short-text', accept: ['khẩn cấp'], wrong };
  expect(gradeAnswer(question, { type: 'short-text', value: 'khẩn cấp'.normalize('NFD') })).toBe(1);
});

test.each(cases<'what' | 'typed' | 'values'>('numbers'))('a number as typed: $what', (row) => {
  const values = row.values === '' ? [] : row.values.split('|').map(Number);
  expect(readNumbers(row.typed)).toEqual(values);
  expect(readNumber(row.typed)).toBe(values[0] ?? null);
});

test.each(cases<'what' | 'answer' | 'tolerance' | 'typed' | 'right'>('grading-numbers'))('numeric: $what', (row) => {
  const question: Question = {
    ...common, type: 'numeric', answer: Number(row.answer), tolerance: Number(row.tolerance), common: [], wrong,
  };
  expect(gradeAnswer(question, { type: 'numeric', value: row.typed })).toBe(row.right === 'yes' ? 1 : 0);
});

test.each(cases<'what' | 'right' | 'of' | 'pass' | 'score' | 'passed'>('attempt-scores'))('score: $what', (row) => {
  const questions = Array.from({ length: Number(row.of) }, (_, index): Question => (
    { ...common, key: `q${index}`, type: 'true-false', answer: true, wrong }));
  const answers = new Map(questions.map((question, index): [string, Answer] => (
    [question.key, { type: 'true-false', value: index < Number(row.right) }])));
  const grade = gradeAttempt(questions, answers, Number(row.pass));
  expect(grade.score).toBe(Number(row.score));
  expect(grade.passed).toBe(row.passed === 'yes');
});

describe('whatever is answered', () => {
  const questions: Question[] = [
    { ...common, key: 'single', type: 'single', options: options('b') },
    { ...common, key: 'multiple', type: 'multiple', options: options('a c') },
    { ...common, key: 'true-false', type: 'true-false', answer: false, wrong },
    { ...common, key: 'matching', type: 'matching', distractors: [], wrong,
      pairs: ['A', 'B', 'C'].map((right) => ({ left: { vi: right }, right: { vi: right } })) },
    { ...common, key: 'ordering', type: 'ordering', items: ['A', 'B', 'C'].map((vi) => ({ vi })), wrong },
    { ...common, key: 'numeric', type: 'numeric', answer: 70, tolerance: 0.5, common: [], wrong },
    { ...common, key: 'short-text', type: 'short-text', accept: ['khẩn cấp'], wrong },
  ];
  const any = fc.integer({ min: -3, max: 9 });
  const answer: fc.Arbitrary<Answer> = fc.oneof(
    fc.record({ type: fc.constant('single' as const), option: fc.option(any) }),
    fc.record({ type: fc.constant('multiple' as const), options: fc.array(any) }),
    fc.record({ type: fc.constant('true-false' as const), value: fc.option(fc.boolean()) }),
    fc.record({ type: fc.constant('matching' as const), rights: fc.array(fc.option(any)) }),
    fc.record({ type: fc.constant('ordering' as const), items: fc.array(any) }),
    fc.record({ type: fc.constant('numeric' as const), value: fc.string() }),
    fc.record({ type: fc.constant('short-text' as const), value: fc.string({ unit: 'grapheme' }) }),
  );

  test('a share lies between nothing and all, and an answer of another type earns nothing', () => {
    fc.assert(fc.property(fc.constantFrom(...questions), answer, (question, given) => {
      const share = gradeAnswer(question, given);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThanOrEqual(1);
      if (given.type !== question.type) expect(share).toBe(0);
    }));
  });

  test('the grade is a pure function with a score of two decimals, and no better than the mean', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom(...questions.map(({ key }) => key)), answer),
        fc.nat(100),
        (given, pass) => {
          const answers = new Map(Object.entries(given));
          const grade = gradeAttempt(questions, answers, pass);
          expect(gradeAttempt(questions, new Map([...answers].reverse()), pass)).toEqual(grade);
          const mean = Object.values(grade.marks).reduce((sum, mark) => sum + mark, 0) / questions.length;
          expect(Math.round(grade.score * 100)).toBeCloseTo(grade.score * 100, 6);
          expect(grade.score).toBeLessThanOrEqual(mean * 100 + 1e-4);
          expect(grade.score).toBeGreaterThan(mean * 100 - 0.01001);
          expect(grade.passed).toBe(grade.score >= pass);
        },
      ),
    );
  });

  test('an order by chance earns less than a third on average', () => {
    const items = questions.find(({ key }) => key === 'ordering') as Question;
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const mean =
      orders.reduce((sum, given) => sum + gradeAnswer(items, { type: 'ordering', items: given }), 0) / orders.length;
    expect(mean).toBeLessThan(1 / 3);
  });
});
