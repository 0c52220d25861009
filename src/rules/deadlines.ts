import { addDays, civilDateOf, daysBetween, endOfDay, type CivilDate } from './civil-date.js';

/** Time limits of quizzes and due dates of classes. All of them include the last moment they name. */

/** An answer sent at the very end may be on its way: it counts when it arrives within this grace. */
export const GRACE_SECONDS = 10;

export interface AttemptRules {
  minutes: number;
  /** null: as often as one likes. */
  attempts: number | null;
  wait?: { after: number; hours: number };
}

export function attemptDeadline(startedAt: Date, minutes: number): Date {
  return new Date(startedAt.getTime() + minutes * 60_000);
}

/** Whether an answer that arrives now still counts. */
export function acceptsAnswer(deadlineAt: Date, now: Date): boolean {
  return now.getTime() <= deadlineAt.getTime() + GRACE_SECONDS * 1000;
}

export type MayStart =
  | { may: true; number: number; attemptsLeft: number | null }
  | { may: false; because: 'passed' | 'open' | 'none-left' }
  | { may: false; because: 'wait'; until: Date };

/** Whether another attempt may start, from the closed attempts so far and the extra ones that were granted. */
export function mayStartAttempt(
  rules: AttemptRules,
  attempts: readonly { number: number; closedAt: Date | null; passed: boolean | null }[],
  allowances: number,
  now: Date,
): MayStart {
  if (attempts.some((attempt) => attempt.passed)) return { may: false, because: 'passed' };
  if (attempts.some((attempt) => attempt.closedAt === null)) return { may: false, because: 'open' };
  const used = attempts.length;
  const limit = rules.attempts === null ? null : rules.attempts + allowances;
  if (limit !== null && used >= limit) return { may: false, because: 'none-left' };
  const last = attempts.reduce<Date | null>((latest, attempt) =>
    (attempt.closedAt && (!latest || attempt.closedAt > latest) ? attempt.closedAt : latest), null);
  // A granted attempt is granted now: the wait applies to those that come with the course.
  const granted = rules.attempts !== null && used >= rules.attempts;
  if (rules.wait && !granted && used >= rules.wait.after && last) {
    const until = new Date(last.getTime() + rules.wait.hours * 3_600_000);
    if (now < until) return { may: false, because: 'wait', until };
  }
  return { may: true, number: used + 1, attemptsLeft: limit === null ? null : limit - used };
}

export type DueState = { state: 'none' } | { state: 'ahead' | 'today' | 'late'; days: number };

/** How far a due date is, as a person counts: the due day itself is still in time, to its last minute. */
export function dueState(due: CivilDate | null, now: Date): DueState {
  if (due === null) return { state: 'none' };
  if (now >= endOfDay(due)) return { state: 'late', days: daysBetween(due, civilDateOf(now)) };
  const days = daysBetween(civilDateOf(now), due);
  return days === 0 ? { state: 'today', days: 0 } : { state: 'ahead', days };
}

/** The due date that holds for one person: the class's, or the latest extension of their own. */
export function effectiveDue(due: CivilDate, extensions: readonly CivilDate[]): CivilDate {
  return extensions.reduce((latest, extension) => (extension > latest ? extension : latest), due);
}

/** Days on which an open enrolment is reminded: a week, three days and one day before its own due date. */
export function reminderDays(due: CivilDate): CivilDate[] {
  return [7, 3, 1].map((days) => addDays(due, -days));
}
