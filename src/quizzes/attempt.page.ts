import type { Language } from '../platform/config.js';
import { foreignLanguage, type LocalText, localText, showTime, text } from '../platform/texts.js';
import { askedOf, givenOf, isAnswered, type Asked } from '../rules/asking.js';
import type { FormState } from '../web/form-again.js';
import type { PageFacts } from '../web/page.js';
import { secondsLeft } from './attempt.json.js';
import type { Posed } from './attempt-heads.js';
import type { SavedAnswer } from './quiz-attempts.repository.js';
import type { AttemptInFull } from './read-quiz-attempt.js';

/** Below this many seconds the time left is shown as running out. */
const LOW = 300;

/**
 * One question of an open attempt. All others come along in <template>s: without a script each is a page of its own,
 * with one they are all at hand, so that a dropped link stops nobody.
 */
export function attemptPage(
  lang: Language,
  attempt: AttemptInFull,
  number: number,
  now: Date,
  form?: FormState,
): PageFacts {
  const questions = attempt.questions.map((posed) => questionView(lang, attempt, posed));
  const current = questions[number - 1] ?? questions[0];
  if (!current) throw new Error(`Attempt ${attempt.head.id} has no questions`);
  if (form) {
    const typed = form.values.value;
    if (current.typed && typeof typed === 'string') current.typed.value = typed;
    current.error = form.problems[0]?.text ?? null;
  }
  return {
    ...frame(lang, attempt, now),
    title: text(lang, 'quizzes.attempt.title', {
      number: current.number,
      count: questions.length,
      course: localText(lang, attempt.version.title),
    }),
    scripts: ['quiz.js'],
    current,
    others: questions.filter((question) => question !== current),
    dots: dots(attempt, current.number),
  };
}

/** All questions with their state, and the button that hands in: asked once, with what is left open in numbers. */
export function reviewPage(lang: Language, attempt: AttemptInFull, now: Date): PageFacts {
  const open = attempt.questions.filter(
    ({ question }) => !isAnswered(attempt.answers.get(question.key)?.answer),
  ).length;
  const count = attempt.questions.length;
  return {
    ...frame(lang, attempt, now),
    title:
      open === 0
        ? text(lang, 'quizzes.review.all-answered', { count })
        : text(lang, 'quizzes.review.open', { open, count }),
    scripts: ['quiz.js'],
    open,
    submitLabel: text(lang, open === 0 ? 'quizzes.review.submit' : 'quizzes.review.submit-anyway'),
    back: `/attempts/${attempt.head.id}`,
    dots: dots(attempt, null).map((dot) => ({ ...dot, href: `/attempts/${attempt.head.id}?question=${dot.number}` })),
    questions: attempt.questions.map(({ question, number }) => {
      const saved = attempt.answers.get(question.key);
      const answered = isAnswered(saved?.answer);
      return {
        number,
        key: question.key,
        stem: question.stem,
        href: `/attempts/${attempt.head.id}?question=${number}`,
        tag: answered
          ? { tone: 'ok', text: text(lang, 'web.answered') }
          : { tone: 'wait', text: text(lang, 'web.unanswered') },
        savedAt: answered && saved ? text(lang, 'quizzes.review.saved', { time: showTime(saved.savedAt) }) : null,
      };
    }),
  };
}

function frame(lang: Language, attempt: AttemptInFull, now: Date) {
  const seconds = secondsLeft(attempt.head.deadlineAt, now);
  return {
    at: 'learning',
    attemptId: attempt.head.id,
    course: attempt.version,
    base: `/attempts/${attempt.head.id}`,
    submitHref: `/attempts/${attempt.head.id}/submit`,
    left: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`,
    low: seconds <= LOW,
    seconds,
    deadlineAt: attempt.head.deadlineAt,
    until: text(lang, 'quizzes.attempt.until', { time: showTime(attempt.head.deadlineAt) }),
    done: attempt.questions.filter(({ question }) => isAnswered(attempt.answers.get(question.key)?.answer)).length,
    says: saysOf(lang),
  };
}

/** The sentences that the script says; marks in braces are filled in by it. */
function saysOf(lang: Language): Record<string, string> {
  const names = [
    'left-minutes',
    'left-seconds',
    'saved',
    'waiting',
    'failed',
    'unsent',
    'signed-out',
    'over',
    'over-offline',
    'moved',
    'answered-count',
    'sending-first',
  ];
  return Object.fromEntries(names.map((name) => [name, text(lang, `quizzes.script.${name}`)]));
}

function dots(attempt: AttemptInFull, current: number | null) {
  return attempt.questions.map(({ question, number }) => ({
    number, answered: isAnswered(attempt.answers.get(question.key)?.answer), current: number === current,
  }));
}

function questionView(lang: Language, attempt: AttemptInFull, posed: Posed) {
  const { number, question, shown } = posed;
  const saved = attempt.answers.get(question.key);
  const asked = askedOf(question, shown);
  return {
    number, key: question.key, type: question.type,
    action: `/attempts/${attempt.head.id}/answers/${encodeURIComponent(question.key)}`,
    no: text(lang, 'quizzes.attempt.no', { number, count: attempt.questions.length }),
    how: text(lang, `quizzes.how.${question.type}`),
    stem: localText(lang, question.stem), stemLang: foreignLanguage(lang, question.stem),
    // A translation that is missing is missing for the whole question; a quotation is one option or one item.
    contentLang: question.stem[lang] ? undefined : 'vi',
    first: number === 1, last: number === attempt.questions.length,
    previous: number - 1,
    receipt: saved && isAnswered(saved.answer) ? { at: showTime(saved.savedAt), number: saved.sequence } : null,
    error: null as string | null,
    ...inputs(lang, asked, saved, shown),
  };
}

interface Inputs {
  options?: { id: string; text: string; lang?: Language; checked: boolean }[];
  many?: boolean;
  pairs?: { id: string; text: string; lang?: Language; value: string }[];
  choices?: { value: string; text: string; lang?: Language }[];
  items?: { id: string; text: string; lang?: Language; place: number }[];
  places?: number[];
  order?: string;
  typed?: { value: string; inputmode: string; unit?: string };
}

/** A text with its language where that is not the page's. */
const said = (lang: Language, words: LocalText) => ({ text: localText(lang, words), lang: foreignLanguage(lang, words) });

function inputs(lang: Language, asked: Asked, saved: SavedAnswer | undefined, shown: Posed['shown']): Inputs {
  const given = saved ? givenOf(saved.answer, shown) as Record<string, unknown> : {};
  switch (asked.type) {
    case 'single':
    case 'multiple': {
      const chosen = asked.type === 'single' ? [given.option] : ((given.options ?? []) as unknown[]);
      return {
        many: asked.type === 'multiple',
        options: asked.options.map(({ id, text: words }) => ({
          id,
          ...said(lang, words),
          checked: chosen.includes(id),
        })),
      };
    }
    case 'true-false':
      return { many: false, options: [true, false].map((value) => (
        { id: String(value), text: text(lang, `quizzes.truth.${value}`), checked: given.value === value })) };
    case 'matching': {
      const pairs = (given.pairs ?? {}) as Record<string, string>;
      return {
        pairs: asked.lefts.map(({ id, text: words }) => ({ id, ...said(lang, words), value: pairs[id] ?? '' })),
        choices: asked.rights.map(({ id, text: words }) => ({ value: id, ...said(lang, words) })),
      };
    }
    case 'ordering': {
      const order = orderShown(asked, given.order as string[] | undefined);
      const byId = new Map(asked.items.map((item) => [item.id, item.text]));
      return {
        order: order.join(','), places: order.map((_, index) => index + 1),
        items: order.map((id, index) => ({ id, ...said(lang, byId.get(id) ?? { vi: '' }), place: index + 1 })),
      };
    }
    case 'numeric':
    case 'short-text':
      return {
        typed: {
          value: typeof given.value === 'string' ? given.value : '',
          inputmode: asked.type === 'numeric' ? 'decimal' : 'text',
          ...(asked.type === 'numeric' && asked.unit ? { unit: asked.unit } : {}),
        },
      };
  }
}

/** Items of an ordering as they stand on the page: as saved, else as shuffled. */
export function orderShown(asked: Asked & { type: 'ordering' }, saved: string[] | undefined): string[] {
  return saved && saved.length > 0 ? saved : asked.items.map((item) => item.id);
}
