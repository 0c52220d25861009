import {
  acceptsAnswer,
  attemptDeadline,
  dueState,
  effectiveDue,
  mayStartAttempt,
  reminderDays,
} from '../../src/rules/deadlines.js';
import { cases, instant } from '../support/cases.js';

const date = (cell: string) => cell.split('/').reverse().join('-');

test.each(
  cases<
    'what' | 'attempts' | 'wait_after' | 'wait_hours' | 'closed' | 'allowances' | 'now' | 'may' | 'number' | 'left'
  >('may-start'),
)('another attempt: $what', (row) => {
  const rules = {
    minutes: 30,
    attempts: row.attempts === '' ? null : Number(row.attempts),
    ...(row.wait_after === '' ? {} : { wait: { after: Number(row.wait_after), hours: Number(row.wait_hours) } }),
  };
  const attempts =
    row.closed === ''
      ? []
      : row.closed.split('|').map((cell, index) => ({
          number: index + 1,
          closedAt: cell === 'open' ? null : instant(cell.slice(5)),
          passed: cell === 'open' ? null : cell.startsWith('pass'),
        }));
  const may = mayStartAttempt(rules, attempts, Number(row.allowances), instant(row.now));
  const [answer, ...until] = row.may.split(' ');
  if (answer === 'yes') {
    expect(may).toEqual({
      may: true,
      number: Number(row.number),
      attemptsLeft: row.left === '' ? null : Number(row.left),
    });
  } else if (answer === 'wait') {
    expect(may).toEqual({ may: false, because: 'wait', until: instant(until.join(' ')) });
  } else {
    expect(may).toEqual({ may: false, because: answer });
  }
});

test.each(cases<'what' | 'deadline' | 'now' | 'counts'>('answers-in-time'))('an answer: $what', (row) => {
  expect(acceptsAnswer(instant(row.deadline), instant(row.now))).toBe(row.counts === 'yes');
});

test('the deadline of an attempt is so many minutes after its start', () => {
  expect(attemptDeadline(instant('20/11/2026 23:45:00'), 30)).toEqual(instant('21/11/2026 00:15:00'));
});

test.each(cases<'what' | 'due' | 'now' | 'state' | 'days'>('due-state'))('a due date: $what', (row) => {
  const state = dueState(row.due === '' ? null : date(row.due), instant(row.now));
  expect(state).toEqual(row.days === '' ? { state: row.state } : { state: row.state, days: Number(row.days) });
});

test('an extension counts only where it is later', () => {
  expect(effectiveDue('2026-11-20', [])).toBe('2026-11-20');
  expect(effectiveDue('2026-11-20', ['2026-12-01', '2026-11-25'])).toBe('2026-12-01');
  expect(effectiveDue('2026-11-20', ['2026-11-01'])).toBe('2026-11-20');
});

test('reminders go out a week, three days and one day before', () => {
  expect(reminderDays('2026-12-02')).toEqual(['2026-11-25', '2026-11-29', '2026-12-01']);
});
