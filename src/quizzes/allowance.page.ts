import type { Language } from '../platform/config.js';
import { localText, showDateTime, showNumber, text } from '../platform/texts.js';
import type { FormState } from '../web/form-again.js';
import type { PageFacts } from '../web/page.js';
import type { AllowanceCase } from './grant-quiz-attempt.js';

/** What a coordinator sees before granting one more attempt: who, which attempts, and whether it is needed at all. */
export function allowancePage(lang: Language, found: AllowanceCase, form: FormState, ownPersonId: number): PageFacts {
  const { learner, version, attempts, allowances, may } = found;
  const oneself = learner.personId === ownPersonId;
  const because = oneself ? 'oneself' : may.may ? 'left' : may.because;
  return {
    title: text(lang, 'quizzes.allowance.title', { name: learner.name }),
    at: 'cohorts',
    course: version,
    form,
    mayGrant: because === 'none-left',
    state: {
      kind: because === 'none-left' || because === 'wait' ? 'wait' : because === 'passed' ? 'ok' : 'info',
      title: text(lang, `quizzes.allowance.state-${because}`, {
        at: !may.may && may.because === 'wait' ? showDateTime(may.until) : '',
        left: may.may && may.attemptsLeft !== null ? may.attemptsLeft : 0,
      }),
    },
    courseTitle: text(lang, 'quizzes.allowance.course', { course: localText(lang, version.title) }),
    attempts: attempts.map((attempt) => ({
      number: attempt.number, startedAt: attempt.startedAt,
      result: attempt.score === null ? '' : text(lang, 'quizzes.score', { score: showNumber(lang, attempt.score) }),
      tag:
        attempt.closedAt === null
          ? { symbol: 'play', text: text(lang, 'quizzes.open') }
          : attempt.passed
            ? { tone: 'ok', text: text(lang, 'quizzes.passed') }
            : { tone: 'late', text: text(lang, 'quizzes.not-passed') },
    })),
    granted: allowances.map((allowance) => ({
      text: text(lang, 'quizzes.allowance.was-granted', {
        at: showDateTime(allowance.grantedAt),
        number: allowance.afterAttempt,
      }),
      reason: allowance.reason,
    })),
  };
}
