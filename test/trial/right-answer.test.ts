import fc from 'fast-check';
import { readAnswer } from '../../src/rules/asking.js';
import { gradeAnswer } from '../../src/rules/grading.js';
import { shownOrder } from '../../src/rules/questions.js';
import { rightAnswer } from '../../src/trial/right-answer.js';
import { fixtureQuestions } from '../support/fixture-course.js';

describe('the right answer to any question', () => {
  test('earns the whole mark, however the question is shuffled', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 31 - 1 }), (seed) => {
      for (const question of fixtureQuestions('t1', false)) {
        const shown = shownOrder(question, seed);
        const read = readAnswer(question, shown, rightAnswer(question, shown));
        expect('answer' in read && gradeAnswer(question, read.answer)).toBe(1);
      }
    }));
  });
});
