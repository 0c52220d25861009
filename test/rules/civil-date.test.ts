import fc from 'fast-check';
import {
  addDays,
  addMonths,
  civilDateOf,
  daysBetween,
  endOfDay,
  FOREVER,
  isCivilDate,
  readCivilDate,
  showDate,
  startOfDay,
} from '../../src/rules/civil-date.js';
import { cases, instant } from '../support/cases.js';

test.each(cases<'what' | 'typed' | 'date'>('civil-dates'))('a date as typed: $what', (row) => {
  expect(readCivilDate(row.typed)).toBe(row.date === '' ? null : row.date);
});

test.each([
  ['20/11/2026 00:00:00', '2026-11-20'], ['20/11/2026 06:59:59', '2026-11-20'], ['20/11/2026 23:59:59', '2026-11-20'],
  ['21/11/2026 00:00:00', '2026-11-21'], ['01/01/2027 00:00:00', '2027-01-01'],
])('in Viet Nam %s is the day %s', (at, day) => {
  expect(civilDateOf(instant(at))).toBe(day);
});

test.each([
  ['2026-01-31', 1, '2026-02-28'], ['2028-01-31', 1, '2028-02-29'], ['2026-11-20', 36, '2029-11-20'],
  ['2028-02-29', 12, '2029-02-28'], ['2026-03-31', -1, '2026-02-28'], [FOREVER, 3, FOREVER],
])('%s and %i months is %s', (date, months, after) => {
  expect(addMonths(date, months)).toBe(after);
});

const day = fc.integer({ min: -20_000, max: 40_000 }).map((days) => addDays('2026-11-20', days));

test('days and instants agree', () => {
  fc.assert(fc.property(day, fc.nat(86_399), (date, second) => {
    expect(isCivilDate(date)).toBe(true);
    expect(civilDateOf(new Date(startOfDay(date).getTime() + second * 1000))).toBe(date);
    expect(civilDateOf(endOfDay(date))).toBe(addDays(date, 1));
    expect(readCivilDate(showDate(date))).toBe(date);
  }));
});

test('adding days and counting them are inverse, and dates compare as texts do', () => {
  fc.assert(fc.property(day, fc.integer({ min: -3_000, max: 3_000 }), (date, days) => {
    const other = addDays(date, days);
    expect(daysBetween(date, other)).toBe(days);
    expect(Math.sign(days)).toBe(other === date ? 0 : other > date ? 1 : -1);
    expect(other < FOREVER).toBe(true);
  }));
});

test('an end that is not set is shown as nothing', () => {
  expect(showDate(FOREVER)).toBe('');
  expect(isCivilDate(FOREVER)).toBe(false);
  expect(addDays(FOREVER, 1)).toBe(FOREVER);
});
