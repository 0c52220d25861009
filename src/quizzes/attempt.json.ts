import type { Language } from '../platform/config.js';
import type { LocalText } from '../platform/texts.js';
import { askedOf, givenOf, type Asked } from '../rules/asking.js';
import { reviewOf } from '../rules/feedback.js';
import type { MayStart } from '../rules/deadlines.js';
import { isRevealed, type AttemptInFull } from './read-quiz-attempt.js';

/** An attempt for the API. While it is open there is nothing of the key in it. Pure. */
export function attemptJson(lang: Language, attempt: AttemptInFull, now: Date) {
  const { head, state, questions, answers } = attempt;
  const open = state.closedAt === null;
  return {
    id: head.id,
    quiz: attempt.version.slug,
    number: head.number,
    state: open ? 'open' : 'closed',
    startedAt: head.startedAt.toISOString(),
    deadlineAt: head.deadlineAt.toISOString(),
    secondsLeft: open ? secondsLeft(head.deadlineAt, now) : 0,
    serverNow: now.toISOString(),
    questions: questions.map(({ question, shown, number }) => ({
      number,
      ...questionJson(lang, askedOf(question, shown)),
    })),
    answers: Object.fromEntries(questions.flatMap(({ question, shown }) => {
      const saved = answers.get(question.key);
      return saved ? [[question.key, {
        answer: givenOf(saved.answer, shown), sequence: saved.sequence, savedAt: saved.savedAt.toISOString(),
      }]] : [];
    })),
    ...(open ? {} : { result: resultParts(lang, attempt) }),
  };
}

/** What handing in gives back; the same however often it is asked for. */
export function resultJson(lang: Language, attempt: AttemptInFull) {
  return { id: attempt.head.id, number: attempt.head.number, state: 'closed', ...resultParts(lang, attempt) };
}

export function secondsLeft(deadlineAt: Date, now: Date): number {
  return Math.max(0, Math.ceil((deadlineAt.getTime() - now.getTime()) / 1000));
}

function questionJson(lang: Language, asked: Asked) {
  const { key, type, stem, ...parts } = asked;
  return { id: key, type, stem: stem[lang] ?? stem.vi, language: stem[lang] ? lang : 'vi', ...plain(lang, parts) };
}

function resultParts(lang: Language, attempt: AttemptInFull) {
  const { state, quiz, questions, answers, next } = attempt;
  const revealed = isRevealed(next);
  return {
    score: state.score, passed: state.passed, pass: quiz.pass,
    closedAt: state.closedAt?.toISOString(), closedBy: state.closedBy, revealed,
    feedback: questions.map(({ question, shown }) => {
      const { key, stem: _stem, ...review } = reviewOf(question, shown, answers.get(question.key)?.answer, revealed);
      return { id: key, ...plain(lang, review) };
    }),
    next: nextJson(next),
  };
}

function nextJson(next: MayStart) {
  return !next.may && next.because === 'wait' ? { ...next, until: next.until.toISOString() } : next;
}

/** Every text in it in the reader's language, as a string. */
function plain<T extends object>(lang: Language, value: T): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, plainPart(lang, part)]));
}

function plainPart(lang: Language, part: unknown): unknown {
  if (Array.isArray(part)) return part.map((item) => plainPart(lang, item));
  if (typeof part !== 'object' || part === null) return part;
  if ('vi' in part) return (part as LocalText)[lang] ?? (part as LocalText).vi;
  return plain(lang, part);
}
