import { addDays, type CivilDate } from './civil-date.js';

/** A marked practical task is promised within ten working days (assessment rules of the programmes: courses/README.md). */
export const MARKING_WORKING_DAYS = 10;

/** Saturday and Sunday are the weekly days off of Vietnamese state agencies. */
function isWorkingDay(date: CivilDate, holidays: ReadonlySet<CivilDate>): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(date);
}

/**
 * The day that is so many working days after a day; the day itself is not counted. What was handed in on a Saturday
 * counts from Monday. Public holidays move every year by decision, so they are an argument; none are assumed.
 */
export function workingDaysAfter(date: CivilDate, days: number, holidays: ReadonlySet<CivilDate> = new Set()): CivilDate {
  let day = date;
  for (let left = days; left > 0; ) {
    day = addDays(day, 1);
    if (isWorkingDay(day, holidays)) left -= 1;
  }
  return day;
}

/** The last day from which so many working days are over before today: handed in then or earlier, it is overdue today. */
export function lastOverdueDay(today: CivilDate, days: number, holidays: ReadonlySet<CivilDate> = new Set()): CivilDate {
  let day = addDays(today, -days);
  while (workingDaysAfter(day, days, holidays) >= today) day = addDays(day, -1);
  return day;
}
