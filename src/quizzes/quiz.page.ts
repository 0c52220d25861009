import type { Language } from '../platform/config.js';
import { localText, showDateTime, showNumber, text } from '../platform/texts.js';
import { GRACE_SECONDS } from '../rules/deadlines.js';
import type { PageFacts } from '../web/page.js';
import { secondsLeft } from './attempt.json.js';
import type { QuizStanding } from './read-quiz.js';

/** The quiz before it begins: its rules, the attempts so far, and honestly whether another may start. */
export function quizPage(lang: Language, standing: QuizStanding, now: Date): PageFacts {
  const { version, quiz, attempts, next, lessonsLeft } = standing;
  const open = attempts.find((attempt) => attempt.closedAt === null);
  const score = (value: number | null) => (value === null ? '' : showNumber(lang, value));
  return {
    title: text(lang, 'quizzes.quiz.title', { course: localText(lang, version.title) }),
    at: 'learning',
    crumbs: [
      { href: '/learning', label: text(lang, 'web.nav.learning') },
      { href: `/courses/${version.slug}/study`, label: localText(lang, version.title) },
    ],
    course: version,
    startHref: `/courses/${version.slug}/quiz/attempts`,
    state: stateOf(lang, standing, open ? secondsLeft(open.deadlineAt, now) : 0),
    goOn: open ? `/attempts/${open.id}` : null,
    mayStart: next.may,
    startLabel: text(lang, 'quizzes.quiz.start', { number: attempts.length + 1 }),
    lessonsLeft: next.may && lessonsLeft > 0 ? text(lang, 'quizzes.quiz.lessons-left', { count: lessonsLeft }) : null,
    rules: [
      text(lang, 'quizzes.rule.drawn', { questions: quiz.questions }),
      text(lang, 'quizzes.rule.pass', { pass: quiz.pass }),
      text(lang, 'quizzes.rule.minutes', { minutes: quiz.minutes }),
      quiz.attempts === null
        ? text(lang, 'quizzes.rule.unlimited')
        : text(lang, 'quizzes.rule.attempts', { attempts: quiz.attempts }),
      ...(quiz.wait ? [text(lang, 'quizzes.rule.wait', { after: quiz.wait.after, hours: quiz.wait.hours })] : []),
      text(lang, 'quizzes.rule.saved'),
      text(lang, 'quizzes.rule.grace', { seconds: GRACE_SECONDS }),
    ],
    attempts: attempts
      .filter((attempt) => attempt.closedAt !== null)
      .reverse()
      .map((attempt) => ({
        href: `/attempts/${attempt.id}`,
        number: attempt.number,
        startedAt: attempt.startedAt,
        result: text(lang, 'quizzes.score', { score: score(attempt.score) }),
        tag: attempt.passed
          ? { tone: 'ok', text: text(lang, 'quizzes.passed') }
          : { tone: 'late', text: text(lang, 'quizzes.not-passed') },
        byDeadline: attempt.closedBy === 'deadline',
      })),
  };
}

function stateOf(
  lang: Language,
  { next, quiz }: QuizStanding,
  seconds: number,
): { kind: string; title: string; text?: string } {
  if (next.may) {
    const left = next.attemptsLeft;
    const wait = quiz.wait && left !== null && next.number === quiz.wait.after && left > 1;
    return {
      kind: 'info',
      title: left === null ? text(lang, 'quizzes.state.may-unlimited') : text(lang, 'quizzes.state.may', { left }),
      ...(wait ? { text: text(lang, 'quizzes.state.then-wait', { hours: quiz.wait?.hours }) } : {}),
    };
  }
  switch (next.because) {
    case 'passed':
      return { kind: 'ok', title: text(lang, 'quizzes.state.passed') };
    case 'open':
      return { kind: 'wait', title: text(lang, 'quizzes.state.open', { minutes: Math.ceil(seconds / 60) }) };
    case 'wait':
      return {
        kind: 'wait',
        title: text(lang, 'quizzes.state.wait', { at: showDateTime(next.until) }),
        text: text(lang, 'quizzes.state.wait-text'),
      };
    case 'none-left':
      return {
        kind: 'wait',
        title: text(lang, 'quizzes.state.none-left'),
        text: text(lang, 'quizzes.state.none-left-text'),
      };
  }
}
