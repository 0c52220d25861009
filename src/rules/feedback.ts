/**
 * What is told about an answer once its attempt is closed. While another attempt may come, only what was chosen is
 * judged; the key itself is shown when it can no longer spoil anything (docs/decisions: key after the last attempt).
 */
import { isAnswered, letterOf } from './asking.js';
import { gradeAnswer, readNumbers } from './grading.js';
import type { Answer, LocalText, Question, Shown } from './questions.js';

export type Verdict = 'right' | 'partly' | 'wrong' | 'unanswered';

export interface Review {
  key: string;
  type: Question['type'];
  stem: LocalText;
  /** Share earned, 0 to 1. */
  share: number;
  verdict: Verdict;
  /** Of single and multiple, as they were shown. `correct` only for what was chosen, or for all when revealed. */
  options?: { id: string; text: LocalText; chosen: boolean; correct?: boolean; feedback?: LocalText }[];
  pairs?: { left: LocalText; chosen: LocalText | null; correct: boolean; right?: LocalText }[];
  order?: { given: LocalText[]; right?: LocalText[] };
  /** Of true-false, numeric and short-text. */
  typed?: string;
  truth?: { chosen: boolean | null; right?: boolean };
  right?: string;
  unit?: string;
  /** What the author says to a wrong answer. */
  notes: LocalText[];
  /** The author's explanation; not for a question that was left empty while attempts remain. */
  explanation?: LocalText;
}

export function reviewOf(question: Question, shown: Shown, answer: Answer | undefined, revealed: boolean): Review {
  const answered = isAnswered(answer) && answer?.type === question.type;
  const share = answered ? gradeAnswer(question, answer) : 0;
  const verdict: Verdict = !answered ? 'unanswered' : share === 1 ? 'right' : share > 0 ? 'partly' : 'wrong';
  return {
    key: question.key, type: question.type, stem: question.stem, share, verdict,
    ...detail(question, shown, answered ? answer : undefined, revealed),
    notes: answered && share < 1 ? notesOf(question, answer) : [],
    ...(answered || revealed ? { explanation: question.feedback } : {}),
  };
}

function detail(question: Question, shown: Shown, answer: Answer | undefined, revealed: boolean): Partial<Review> {
  switch (question.type) {
    case 'single':
    case 'multiple': {
      const chosen = new Set(
        answer && 'options' in answer ? answer.options : answer && 'option' in answer ? [answer.option] : [],
      );
      return {
        options: shown.order.map((place, index) => {
          const option = question.options[place];
          if (!option) throw new Error(`${question.key} has no option ${place}`);
          const told = revealed || chosen.has(place);
          return {
            id: letterOf(index),
            text: option.text,
            chosen: chosen.has(place),
            ...(told ? { correct: option.correct, feedback: option.feedback } : {}),
          };
        }),
      };
    }
    case 'matching': {
      const rights = [...question.pairs.map((pair) => pair.right), ...question.distractors];
      const given = answer?.type === 'matching' ? answer.rights : [];
      return {
        pairs: shown.order.map((place) => {
          const pair = question.pairs[place];
          if (!pair) throw new Error(`${question.key} has no pair ${place}`);
          const chosen = rights[given[place] ?? -1] ?? null;
          return {
            left: pair.left,
            chosen,
            correct: chosen?.vi === pair.right.vi,
            ...(revealed ? { right: pair.right } : {}),
          };
        }),
      };
    }
    case 'ordering': {
      const given = answer?.type === 'ordering' ? answer.items : [];
      return {
        order: {
          given: given.flatMap((place) => question.items[place] ?? []),
          ...(revealed ? { right: question.items } : {}),
        },
      };
    }
    case 'true-false':
      return {
        truth: {
          chosen: answer?.type === 'true-false' ? answer.value : null,
          ...(revealed ? { right: question.answer } : {}),
        },
      };
    case 'numeric':
      return { typed: answer?.type === 'numeric' ? answer.value : '', ...(question.unit ? { unit: question.unit } : {}),
        ...(revealed ? { right: String(question.answer) } : {}) };
    case 'short-text':
      return {
        typed: answer?.type === 'short-text' ? answer.value : '',
        ...(revealed ? { right: question.accept[0] } : {}),
      };
  }
}

/** The author's word on a wrong answer; a mistake that was foreseen is answered by its own. */
function notesOf(question: Question, answer: Answer): LocalText[] {
  if (question.type === 'numeric' && answer.type === 'numeric') {
    const values = readNumbers(answer.value);
    const foreseen = question.common.find((mistake) => values.some((value) => Math.abs(value - mistake.value) < 1e-9));
    if (foreseen) return [foreseen.feedback];
  }
  return 'wrong' in question ? [question.wrong] : [];
}
