/**
 * A question as it is asked in one attempt, and what comes back. Outside, options are named by where they were shown
 * (`a`, `b`, `c`; lefts of a matching `1`, `2`, `3`); inside, by the author's place. The author's places never leave
 * the server: in a matching and in an ordering they are the key itself.
 */
import { tidy } from './names.js';
import type { Answer, LocalText, Question, QuestionType, Shown } from './questions.js';

export interface Choice { id: string; text: LocalText }

interface AskedCommon { key: string; stem: LocalText }
export type Asked = AskedCommon & (
  | { type: 'single' | 'multiple'; options: Choice[] }
  | { type: 'true-false' }
  | { type: 'matching'; lefts: Choice[]; rights: Choice[] }
  | { type: 'ordering'; items: Choice[] }
  | { type: 'numeric'; unit?: string }
  | { type: 'short-text' }
);

/** An answer as it is given from outside. */
export type Given =
  | { option: string | null }
  | { options: string[] }
  | { value: boolean | null }
  | { pairs: Record<string, string> }
  | { order: string[] }
  | { value: string };

/** Where a given answer does not fit its question: which property, and what is wrong with it. */
export interface Misfit {
  field: string;
  code: 'answer-shape' | 'answer-option-unknown' | 'answer-not-a-number' | 'too-long';
  params: { type: QuestionType };
}

const LONGEST_TEXT = 300;
const LONGEST_NUMBER = 40;
/** As many thousands, millions and decimals as one likes, in digits and marks. */
const NUMBER = /^[+-]?\d[\d.,\s\u00a0]*%?$/;

export function letterOf(index: number): string {
  return String.fromCharCode(0x61 + index);
}

/** What a learner may see of a question: no key, no feedback, no place of the author's. */
export function askedOf(question: Question, shown: Shown): Asked {
  const common = { key: question.key, stem: question.stem };
  switch (question.type) {
    case 'single':
    case 'multiple':
      return {
        ...common,
        type: question.type,
        options: choices(
          question.options.map((option) => option.text),
          shown.order,
        ),
      };
    case 'matching': {
      const rights = [...question.pairs.map((pair) => pair.right), ...question.distractors];
      return {
        ...common,
        type: 'matching',
        rights: choices(rights, shown.rights ?? []),
        lefts: shown.order.map((place, index) => ({
          id: String(index + 1),
          text: question.pairs[place]?.left as LocalText,
        })),
      };
    }
    case 'ordering':
      return { ...common, type: 'ordering', items: choices(question.items, shown.order) };
    case 'numeric':
      return { ...common, type: 'numeric', ...(question.unit ? { unit: question.unit } : {}) };
    case 'true-false':
    case 'short-text':
      return { ...common, type: question.type };
  }
}

function choices(texts: readonly LocalText[], order: readonly number[]): Choice[] {
  return order.map((place, index) => ({ id: letterOf(index), text: texts[place] as LocalText }));
}

/** Reads what was sent. Anything that does not fit the type is named, never guessed at. */
export function readAnswer(question: Question, shown: Shown, given: unknown): { answer: Answer } | { misfit: Misfit } {
  const { type } = question;
  const misfit = (field: string, code: Misfit['code'] = 'answer-shape') => ({
    misfit: { field, code, params: { type } },
  });
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return misfit('answer');
  const body = given as Record<string, unknown>;
  if (body.type !== undefined && body.type !== type) return misfit('type');

  switch (type) {
    case 'single': {
      if (body.option === null) return { answer: { type, option: null } };
      if (typeof body.option !== 'string') return misfit('option');
      const place = placeOf(body.option, shown.order);
      return place === undefined ? misfit('option', 'answer-option-unknown') : { answer: { type, option: place } };
    }
    case 'multiple': {
      if (!isTexts(body.options)) return misfit('options');
      const places = body.options.map((id) => placeOf(id, shown.order));
      if (places.includes(undefined)) return misfit('options', 'answer-option-unknown');
      return { answer: { type, options: [...new Set(places as number[])].sort((a, b) => a - b) } };
    }
    case 'true-false':
      if (body.value !== null && typeof body.value !== 'boolean') return misfit('value');
      return { answer: { type, value: body.value } };
    case 'matching': {
      if (typeof body.pairs !== 'object' || body.pairs === null || Array.isArray(body.pairs)) return misfit('pairs');
      const rights: (number | null)[] = question.pairs.map(() => null);
      for (const [left, right] of Object.entries(body.pairs as Record<string, unknown>)) {
        const leftPlace = /^\d{1,3}$/.test(left) ? shown.order[Number(left) - 1] : undefined;
        if (leftPlace === undefined) return misfit('pairs', 'answer-option-unknown');
        if (right === null || right === '') continue;
        if (typeof right !== 'string') return misfit('pairs');
        const place = placeOf(right, shown.rights ?? []);
        if (place === undefined) return misfit('pairs', 'answer-option-unknown');
        rights[leftPlace] = place;
      }
      return { answer: { type, rights } };
    }
    case 'ordering': {
      if (!isTexts(body.order)) return misfit('order');
      if (body.order.length === 0) return { answer: { type, items: [] } };
      const places = body.order.map((id) => placeOf(id, shown.order));
      if (places.includes(undefined)) return misfit('order', 'answer-option-unknown');
      if (places.length !== shown.order.length || new Set(places).size !== places.length) return misfit('order');
      return { answer: { type, items: places as number[] } };
    }
    case 'numeric': {
      if (typeof body.value !== 'string' && typeof body.value !== 'number') return misfit('value');
      const value = clean(String(body.value));
      if (value.length > LONGEST_NUMBER) return misfit('value', 'too-long');
      return value !== '' && !NUMBER.test(value) ? misfit('value', 'answer-not-a-number') : { answer: { type, value } };
    }
    case 'short-text': {
      if (typeof body.value !== 'string') return misfit('value');
      const value = clean(body.value);
      return value.length > LONGEST_TEXT ? misfit('value', 'too-long') : { answer: { type, value } };
    }
  }
}

/** A stored answer, in the names under which its question was shown. */
export function givenOf(answer: Answer, shown: Shown): Given {
  switch (answer.type) {
    case 'single':
      return { option: answer.option === null ? null : nameOf(answer.option, shown.order) };
    case 'multiple':
      return { options: answer.options.map((place) => nameOf(place, shown.order)).sort() };
    case 'matching':
      return { pairs: Object.fromEntries(shown.order.flatMap((leftPlace, index) => {
        const right = answer.rights[leftPlace];
        return right === null || right === undefined ? [] : [[String(index + 1), nameOf(right, shown.rights ?? [])]];
      })) };
    case 'ordering':
      return { order: answer.items.map((place) => nameOf(place, shown.order)) };
    case 'true-false':
    case 'numeric':
    case 'short-text':
      return { value: answer.value };
  }
}

/** Whether anything is answered at all: a choice that was taken back is no answer. */
export function isAnswered(answer: Answer | undefined): boolean {
  switch (answer?.type) {
    case undefined: return false;
    case 'single': return answer.option !== null;
    case 'multiple': return answer.options.length > 0;
    case 'true-false': return answer.value !== null;
    case 'matching': return answer.rights.some((right) => right !== null);
    case 'ordering': return answer.items.length > 0;
    case 'numeric':
    case 'short-text': return answer.value !== '';
  }
}

/**
 * The order that somebody means who wrote new numbers beside some items: those go exactly there, the others keep their
 * order around them. So a list is never half numbered, and no number is refused.
 */
export function reordered(current: readonly string[], places: Readonly<Record<string, number>>): string[] {
  const moved = current
    .map((id, index) => ({ id, index, place: places[id] ?? index + 1 }))
    .filter((item) => Number.isInteger(item.place) && item.place !== item.index + 1);
  const kept = current.filter((id) => !moved.some((item) => item.id === id));
  const result: (string | undefined)[] = current.map(() => undefined);
  for (const item of moved) {
    let slot = Math.min(Math.max(item.place, 1), current.length) - 1;
    while (result[slot] !== undefined) slot = (slot + 1) % current.length;
    result[slot] = item.id;
  }
  return result.map((id) => id ?? (kept.shift() as string));
}

function placeOf(id: string, order: readonly number[]): number | undefined {
  return /^[a-z]$/.test(id) ? order[id.charCodeAt(0) - 0x61] : undefined;
}

function nameOf(place: number, order: readonly number[]): string {
  return letterOf(order.indexOf(place));
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= 26 && value.every((item) => typeof item === 'string');
}

/** As typed, but for control characters and broken halves of letters, which no database keeps. */
function clean(value: string): string {
  return tidy(value.slice(0, 2_000).replace(/\p{Cc}/gu, ' ').replace(/\p{Cs}/gu, ''));
}
