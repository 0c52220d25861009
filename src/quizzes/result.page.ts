import type { Language } from '../platform/config.js';
import { foreignLanguage, localText, showDateTime, showNumber, text } from '../platform/texts.js';
import { reviewOf, type Review } from '../rules/feedback.js';
import type { MayStart } from '../rules/deadlines.js';
import type { PageFacts } from '../web/page.js';
import { isRevealed, type AttemptInFull } from './read-quiz-attempt.js';

const TONES = { right: 'ok', partly: 'wait', wrong: 'late', unanswered: 'none' } as const;

/** A closed attempt: the verdict, what to do next, and what there is to learn from each question. */
export function resultPage(lang: Language, attempt: AttemptInFull): PageFacts {
  const { head, state, quiz, version, questions, answers, next } = attempt;
  const score = state.score ?? 0;
  const revealed = isRevealed(next);
  const reviews = questions.map(({ question, shown, number }) => {
    const review = reviewOf(question, shown, answers.get(question.key)?.answer, revealed);
    return { number, ...view(lang, review) };
  });
  const right = reviews.filter((review) => review.verdict === 'right').length;
  return {
    title: text(lang, state.passed ? 'quizzes.result.passed' : 'quizzes.result.not-passed', {
      score: showNumber(lang, score),
    }),
    at: 'learning',
    crumbs: [
      { href: '/learning', label: text(lang, 'web.nav.learning') },
      { href: `/courses/${version.slug}/study`, label: localText(lang, version.title) },
      { href: `/courses/${version.slug}/quiz`, label: text(lang, 'quizzes.quiz.short') },
    ],
    passed: state.passed,
    percent: Math.floor(score),
    scoreShown: showNumber(lang, score),
    scoreLabel: text(lang, 'quizzes.score', { score: showNumber(lang, score) }),
    summary: text(lang, 'quizzes.result.summary', {
      right,
      count: questions.length,
      pass: quiz.pass,
      number: head.number,
    }),
    closed: text(lang, `quizzes.result.closed-by-${state.closedBy ?? 'learner'}`, {
      at: showDateTime(state.closedAt ?? head.deadlineAt),
    }),
    nextText: nextText(lang, next),
    again: next.may ? { href: `/courses/${version.slug}/quiz`, label: text(lang, 'quizzes.result.again') } : null,
    goOn: { href: `/courses/${version.slug}/study`, label: text(lang, 'quizzes.result.to-course') },
    keyNote: revealed ? null : text(lang, 'quizzes.result.key-later'),
    reviews,
  };
}

function nextText(lang: Language, next: MayStart): string {
  if (next.may) {
    return next.attemptsLeft === null
      ? text(lang, 'quizzes.next.unlimited')
      : text(lang, 'quizzes.next.left', { left: next.attemptsLeft });
  }
  switch (next.because) {
    case 'passed': return text(lang, 'quizzes.next.passed');
    case 'open': return text(lang, 'quizzes.next.open');
    case 'wait': return text(lang, 'quizzes.next.wait', { at: showDateTime(next.until) });
    case 'none-left': return text(lang, 'quizzes.next.none-left');
  }
}

function view(lang: Language, review: Review) {
  const truth = (value: boolean | null | undefined) =>
    value === null || value === undefined ? '' : text(lang, `quizzes.truth.${value}`);
  return {
    ...review,
    contentLang: review.stem[lang] ? undefined : 'vi',
    tag: {
      tone: TONES[review.verdict],
      text: text(lang, `quizzes.verdict.${review.verdict}`, { percent: Math.floor(review.share * 100 + 1e-9) }),
    },
    options: review.options?.map((option) => ({
      text: localText(lang, option.text), lang: foreignLanguage(lang, option.text), checked: option.chosen,
      // What was chosen is right or wrong; what was not is marked only as the key, once the key is shown.
      result: option.chosen ? (option.correct ? 'right' : 'wrong') : option.correct ? 'right' : undefined,
      feedback: option.chosen || option.correct ? option.feedback && localText(lang, option.feedback) : undefined,
      disabled: true,
    })),
    many: review.type === 'multiple',
    given: review.truth ? truth(review.truth.chosen) : review.typed ? `${review.typed}${unitOf(review)}` : '',
    key:
      review.truth?.right !== undefined
        ? truth(review.truth.right)
        : review.right !== undefined
          ? `${review.type === 'numeric' ? showNumber(lang, Number(review.right)) : review.right}${unitOf(review)}`
          : '',
    simple: review.options === undefined && review.pairs === undefined && review.order === undefined,
  };
}

function unitOf(review: Review): string {
  return review.unit && !review.typed?.endsWith('%') ? ` ${review.unit}` : '';
}
