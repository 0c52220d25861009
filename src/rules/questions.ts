/**
 * A question as its author wrote it, key included. What a learner may see of it is `askedOf` (asking.ts); the key
 * leaves the server only after the attempt is closed.
 */
import { randomFrom, seedOf, shuffled } from './random.js';

export interface LocalText { vi: string; en?: string }

interface Common {
  key: string;
  outcome: string;
  difficulty: 1 | 2 | 3;
  kind: 'case' | 'recall';
  stem: LocalText;
  feedback: LocalText;
  source?: LocalText;
}

export interface Option { text: LocalText; correct: boolean; feedback: LocalText }

export type Question = Common & (
  | { type: 'single' | 'multiple'; options: Option[] }
  | { type: 'true-false'; answer: boolean; wrong: LocalText }
  | { type: 'matching'; pairs: { left: LocalText; right: LocalText }[]; distractors: LocalText[]; wrong: LocalText }
  | { type: 'ordering'; items: LocalText[]; wrong: LocalText }
  | { type: 'numeric'; answer: number; tolerance: number; unit?: string; wrong: LocalText;
      common: { value: number; feedback: LocalText }[] }
  | { type: 'short-text'; accept: string[]; wrong: LocalText }
);
export type QuestionType = Question['type'];

/**
 * An answer refers to options by their place in the author's list, never by the place shown, so that a shuffle can
 * never turn a right answer into a wrong one. `null` parts are not chosen yet.
 */
export type Answer =
  | { type: 'single'; option: number | null }
  | { type: 'multiple'; options: number[] }
  | { type: 'true-false'; value: boolean | null }
  | { type: 'matching'; rights: (number | null)[] }   // for each left, in the author's order, which right
  | { type: 'ordering'; items: number[] }              // the author's places, in the order given by the learner
  | { type: 'numeric'; value: string }                 // as typed: a comma is a decimal comma
  | { type: 'short-text'; value: string };

/** How a question is shown in one attempt: which of the author's places stands where. */
export interface Shown {
  /** Options, lefts of a matching, or items of an ordering. */
  order: number[];
  /** Rights of a matching: pairs first, then distractors, in the author's numbering. */
  rights?: number[];
}

/** Whether true/false stays in its natural order, and everything else is shuffled by the attempt's seed. */
export function shownOrder(question: Question, seed: number): Shown {
  const random = randomFrom(seed ^ seedOf(question.key));
  const places = (count: number) => Array.from({ length: count }, (_, place) => place);
  switch (question.type) {
    case 'single':
    case 'multiple':
      return { order: shuffled(places(question.options.length), random) };
    case 'matching':
      return {
        order: places(question.pairs.length),
        rights: shuffled(places(question.pairs.length + question.distractors.length), random),
      };
    case 'ordering': {
      const order = shuffled(places(question.items.length), random);
      // Shown already in the right order it would be no question.
      const sorted = order.every((place, index) => place === index);
      return { order: sorted ? [...order.slice(1), order[0] as number] : order };
    }
    default:
      return { order: [] };
  }
}

/** Draws the questions of an attempt: spread over the outcomes as evenly as the bank allows, in a seeded order. */
export function drawQuestions(
  bank: readonly Pick<Question, 'key' | 'outcome'>[],
  count: number,
  seed: number,
): string[] {
  const random = randomFrom(seed);
  const byOutcome = new Map<string, string[]>();
  for (const question of shuffled([...bank].sort((a, b) => (a.key < b.key ? -1 : 1)), random)) {
    byOutcome.set(question.outcome, [...(byOutcome.get(question.outcome) ?? []), question.key]);
  }
  const piles = shuffled([...byOutcome.keys()].sort(), random).map((outcome) => byOutcome.get(outcome) as string[]);
  const drawn: string[] = [];
  for (let round = 0; drawn.length < Math.min(count, bank.length); round += 1) {
    for (const pile of piles) {
      const key = pile[round];
      if (key !== undefined && drawn.length < count) drawn.push(key);
    }
  }
  return shuffled(drawn, random);
}
