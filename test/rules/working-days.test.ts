import fc from 'fast-check';
import { addDays } from '../../src/rules/civil-date.js';
import { lastOverdueDay, workingDaysAfter } from '../../src/rules/working-days.js';
import { cases, words } from '../support/cases.js';

const date = fc.date({ min: new Date('2025-01-01T00:00:00Z'), max: new Date('2035-12-31T00:00:00Z'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));

describe('workingDaysAfter', () => {
  test.each(cases<'date' | 'days' | 'holidays' | 'after' | 'why'>('working-days'))('$days after $date is $after: $why', (row) => {
    expect(workingDaysAfter(row.date, Number(row.days), new Set(words(row.holidays)))).toBe(row.after);
  });

  test('ten working days are always twelve to fourteen days away, and end on a working day', () => {
    fc.assert(fc.property(date, (day) => {
      const after = workingDaysAfter(day, 10);
      const weekday = new Date(`${after}T00:00:00Z`).getUTCDay();
      return weekday !== 0 && weekday !== 6 && after >= addDays(day, 12) && after <= addDays(day, 14);
    }));
  });
});

describe('lastOverdueDay', () => {
  test('it is the last day whose due day is over, for every today', () => {
    fc.assert(fc.property(date, fc.integer({ min: 1, max: 20 }), (today, days) => {
      const last = lastOverdueDay(today, days);
      expect(workingDaysAfter(last, days) < today).toBe(true);
      expect(workingDaysAfter(addDays(last, 1), days) >= today).toBe(true);
    }));
  });
});
