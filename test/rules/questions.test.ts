import fc from 'fast-check';
import { askedOf, givenOf, isAnswered, readAnswer, reordered } from '../../src/rules/asking.js';
import { reviewOf } from '../../src/rules/feedback.js';
import { gradeAnswer } from '../../src/rules/grading.js';
import { drawQuestions, shownOrder, type Answer, type Question, type QuestionType } from '../../src/rules/questions.js';
import { fixtureQuestions } from '../support/fixture-course.js';

const questions = fixtureQuestions();
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const ofType = <T extends QuestionType>(type: T) =>
  questions.find((question) => question.type === type) as Question & { type: T };

/** Every answer that fits a question: what a learner could ever send. */
function fitting(question: Question): fc.Arbitrary<Answer> {
  switch (question.type) {
    case 'single':
      return fc.record({
        type: fc.constant(question.type),
        option: fc.option(fc.nat(question.options.length - 1)),
      }) as fc.Arbitrary<Answer>;
    case 'multiple':
      return fc.subarray(question.options.map((_, index) => index)).map((options) => ({ type: 'multiple', options }));
    case 'true-false':
      return fc.option(fc.boolean()).map((value) => ({ type: 'true-false', value }));
    case 'matching':
      return fc
        .array(fc.option(fc.nat(question.pairs.length + question.distractors.length - 1)), {
          minLength: question.pairs.length,
          maxLength: question.pairs.length,
        })
        .map((rights) => ({ type: 'matching', rights }));
    case 'ordering':
      return fc
        .shuffledSubarray(
          question.items.map((_, index) => index),
          { minLength: question.items.length },
        )
        .map((items) => ({ type: 'ordering', items }));
    case 'numeric':
      return fc.constantFrom('70', '70,5', '').map((value) => ({ type: 'numeric', value }));
    case 'short-text':
      return fc.constantFrom('khẩn cấp', 'ưu tiên', '').map((value) => ({ type: 'short-text', value }));
  }
}
const posed = fc
  .constantFrom(...questions)
  .chain((question) => fc.tuple(fc.constant(question), fitting(question), seeds));

describe('drawing', () => {
  const bank = fc
    .uniqueArray(fc.nat(500), { minLength: 1, maxLength: 60 })
    .chain((keys) =>
      fc.tuple(fc.constant(keys), fc.array(fc.nat(6), { minLength: keys.length, maxLength: keys.length })),
    )
    .map(([keys, outcomes]) => keys.map((key, index) => ({ key: `q-${key}`, outcome: `o-${outcomes[index]}` })));

  test('as many as asked for, each once, whatever the order of the bank', () => {
    fc.assert(fc.property(bank, fc.nat(40), seeds, (all, count, seed) => {
      const drawn = drawQuestions(all, count, seed);
      expect(drawn).toHaveLength(Math.min(count, all.length));
      expect(new Set(drawn).size).toBe(drawn.length);
      expect(drawQuestions([...all].reverse(), count, seed)).toEqual(drawn);
    }));
  });

  test('no outcome has two more than another that still has questions left', () => {
    fc.assert(fc.property(bank, fc.nat(40), seeds, (all, count, seed) => {
      const drawn = new Set(drawQuestions(all, count, seed));
      const outcomes = [...new Set(all.map(({ outcome }) => outcome))].map((outcome) => {
        const own = all.filter((question) => question.outcome === outcome);
        const taken = own.filter(({ key }) => drawn.has(key)).length;
        return { taken, left: own.length - taken };
      });
      const most = Math.max(...outcomes.map(({ taken }) => taken));
      for (const { taken, left } of outcomes) if (left > 0) expect(most - taken).toBeLessThanOrEqual(1);
    }));
  });

  test('over many seeds every question comes about equally often', () => {
    const all = Array.from({ length: 20 }, (_, index) => ({ key: `q-${index}`, outcome: `o-${index % 4}` }));
    const times = new Map(all.map(({ key }) => [key, 0]));
    for (let seed = 0; seed < 4_000; seed += 1) {
      for (const key of drawQuestions(all, 5, seed * 7919)) times.set(key, (times.get(key) ?? 0) + 1);
    }
    for (const count of times.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});

describe('shuffling', () => {
  test('is a permutation, the same for the same seed', () => {
    fc.assert(fc.property(fc.constantFrom(...questions), seeds, (question, seed) => {
      const shown = shownOrder(question, seed);
      expect(shownOrder(question, seed)).toEqual(shown);
      for (const order of [shown.order, shown.rights ?? []]) {
        expect([...order].sort((a, b) => a - b)).toEqual(order.map((_, index) => index));
      }
      const asked = askedOf(question, shown);
      if ('options' in asked) expect(new Set(asked.options.map(({ text }) => text.vi)).size).toBe(asked.options.length);
    }));
  });

  test('an ordering is never shown in its right order', () => {
    const question = ofType('ordering');
    fc.assert(fc.property(seeds, (seed) => {
      const { order } = shownOrder(question, seed);
      expect(gradeAnswer(question, { type: 'ordering', items: order })).toBeLessThan(1);
    }));
  });
});

describe('asking', () => {
  test('nothing of the key or of the feedback is in what is asked', () => {
    fc.assert(fc.property(fc.constantFrom(...questions), seeds, (question, seed) => {
      const asked = JSON.stringify(askedOf(question, shownOrder(question, seed)));
      expect(asked).not.toMatch(/correct|feedback|Phản hồi|Giải thích|Chưa đúng|"answer"|"accept"|tolerance/);
    }));
  });

  test('names of options follow the shuffle, so they tell nothing about the author’s order', () => {
    const question = ofType('ordering');
    const first = new Set<string>();
    for (let seed = 0; seed < 50; seed += 1) {
      const asked = askedOf(question, shownOrder(question, seed * 104_729));
      if (asked.type !== 'ordering') throw new Error('no ordering');
      expect(asked.items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
      first.add(asked.items[0]?.text.vi ?? '');
    }
    expect(first.size).toBe(4);
  });

  test('an answer goes out and comes back as it was', () => {
    fc.assert(fc.property(posed, ([question, answer, seed]) => {
      const shown = shownOrder(question, seed);
      expect(readAnswer(question, shown, givenOf(answer, shown))).toEqual({ answer });
    }));
  });

  test('whatever is sent is read or named, never thrown at', () => {
    fc.assert(fc.property(fc.constantFrom(...questions), seeds, fc.oneof(fc.anything(), fc.record({
      option: fc.anything(), options: fc.anything(), value: fc.anything(), pairs: fc.anything(), order: fc.anything(),
    }, { requiredKeys: [] })), (question, seed, given) => {
      const read = readAnswer(question, shownOrder(question, seed), given);
      if ('misfit' in read) expect(read.misfit.params.type).toBe(question.type);
      else {
        expect(read.answer.type).toBe(question.type);
        expect(JSON.parse(JSON.stringify(read.answer))).toEqual(read.answer);
      }
    }));
  });

  test.each<[string, QuestionType, unknown, string, string]>([
    ['an option that is not shown', 'single', { option: 'z' }, 'option', 'answer-option-unknown'],
    ['a number for an option', 'single', { option: 1 }, 'option', 'answer-shape'],
    ['the shape of another type', 'single', { options: ['a'] }, 'option', 'answer-shape'],
    ['the name of another type', 'single', { type: 'multiple', option: 'a' }, 'type', 'answer-shape'],
    ['one option where several are meant', 'multiple', { options: 'a' }, 'options', 'answer-shape'],
    ['a word for true', 'true-false', { value: 'true' }, 'value', 'answer-shape'],
    ['a left that does not exist', 'matching', { pairs: { 9: 'a' } }, 'pairs', 'answer-option-unknown'],
    ['an incomplete order', 'ordering', { order: ['a', 'b'] }, 'order', 'answer-shape'],
    ['an item twice', 'ordering', { order: ['a', 'a', 'b', 'c'] }, 'order', 'answer-shape'],
    ['words for a number', 'numeric', { value: 'bảy mươi' }, 'value', 'answer-not-a-number'],
    ['a very long text', 'short-text', { value: 'a'.repeat(301) }, 'value', 'too-long'],
    ['no object at all', 'short-text', 'khẩn cấp', 'answer', 'answer-shape'],
    ['nothing', 'short-text', null, 'answer', 'answer-shape'],
  ])('%s is named', (_what, type, given, field, code) => {
    const question = ofType(type);
    expect(readAnswer(question, shownOrder(question, 1), given)).toEqual({ misfit: { field, code, params: { type } } });
  });

  test('control characters and broken halves of letters never reach the database', () => {
    const question = ofType('short-text');
    const read = readAnswer(question, { order: [] }, { value: 'khẩn\u0000 cấp\ud800' });
    expect(read).toEqual({ answer: { type: 'short-text', value: 'khẩn cấp' } });
  });

  test('a choice that was taken back is no answer', () => {
    expect(isAnswered(undefined)).toBe(false);
    expect(isAnswered({ type: 'multiple', options: [] })).toBe(false);
    expect(isAnswered({ type: 'single', option: 0 })).toBe(true);
    expect(isAnswered({ type: 'true-false', value: false })).toBe(true);
    expect(isAnswered({ type: 'matching', rights: [null, null] })).toBe(false);
    expect(isAnswered({ type: 'numeric', value: '' })).toBe(false);
  });
});

describe('numbers written beside items', () => {
  test.each<[string, string, Record<string, number>, string]>([
    ['none', 'a b c d', {}, 'a b c d'],
    ['the last to the front', 'a b c d', { d: 1 }, 'd a b c'],
    ['the first to the third place', 'a b c d', { a: 3 }, 'b c a d'],
    ['two changed places', 'a b c d', { a: 2, b: 1 }, 'b a c d'],
    ['two want the same place', 'a b c d', { c: 1, d: 1 }, 'c d a b'],
    ['all numbered anew', 'a b c d', { a: 4, b: 3, c: 2, d: 1 }, 'd c b a'],
    ['a number too large', 'a b c d', { a: 99 }, 'b c d a'],
  ])('%s', (_what, before, places, after) => {
    expect(reordered(before.split(' '), places)).toEqual(after.split(' '));
  });

  test('always every item once', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    fc.assert(fc.property(fc.dictionary(fc.constantFrom(...ids, 'x'), fc.integer({ min: -2, max: 9 })), (places) => {
      expect([...reordered(ids, places)].sort()).toEqual(ids);
    }));
  });
});

describe('what is told afterwards', () => {
  test('while attempts remain nothing is said of options that were not chosen, nor of questions left empty', () => {
    fc.assert(fc.property(posed, ([question, answer, seed]) => {
      const review = reviewOf(question, shownOrder(question, seed), answer, false);
      for (const option of review.options ?? []) {
        if (!option.chosen) expect(option).toEqual({ id: option.id, text: option.text, chosen: false });
      }
      for (const pair of review.pairs ?? []) expect(pair.right).toBeUndefined();
      expect(review.order?.right).toBeUndefined();
      expect(review.truth?.right).toBeUndefined();
      expect(review.right).toBeUndefined();
      if (review.verdict === 'unanswered') expect(review.explanation ?? review.notes[0]).toBeUndefined();
    }));
  });

  test('once revealed the key is there for every type', () => {
    for (const question of questions) {
      const review = reviewOf(question, shownOrder(question, 5), undefined, true);
      const key = review.options?.some((option) => option.correct) ?? review.pairs?.every((pair) => pair.right)
        ?? review.order?.right ?? review.truth?.right ?? review.right;
      expect(key).toBeTruthy();
      expect(review.explanation).toEqual(question.feedback);
      expect(review.verdict).toBe('unanswered');
    }
  });

  test('the verdict follows the share that was graded', () => {
    fc.assert(
      fc.property(posed, ([question, answer, seed]) => {
        const review = reviewOf(question, shownOrder(question, seed), answer, false);
        const share = isAnswered(answer) ? gradeAnswer(question, answer) : 0;
        expect(review.share).toBe(share);
        expect(review.verdict).toBe(
          !isAnswered(answer) ? 'unanswered' : share === 1 ? 'right' : share > 0 ? 'partly' : 'wrong',
        );
      }),
    );
  });

  test('a mistake that the author foresaw is answered by its own words', () => {
    const question = ofType('numeric');
    const told = (value: string) =>
      reviewOf(question, { order: [] }, { type: 'numeric', value }, false).notes.map(({ vi }) => vi);
    expect(told('69,9')).toEqual(['Làm tròn lên là sai.']);
    expect(told('12')).toEqual(['Chưa đúng vì lý do đã nêu trong bài.']);
    expect(told('70')).toEqual([]);
  });
});
