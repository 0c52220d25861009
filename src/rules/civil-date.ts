/**
 * Civil dates in Viet Nam. A deadline, a post and a certificate hold for whole days there, wherever the server stands
 * and whatever its zone. Viet Nam has kept UTC+7 without summer time since 1975, so the offset is a constant.
 */

/** `YYYY-MM-DD`, or `infinity` for an end that is not set. Compares rightly as a string. */
export type CivilDate = string;

/** The end of a period that has none. PostgreSQL's own word, so it goes in and out unchanged. */
export const FOREVER: CivilDate = 'infinity';

export const VIETNAM_OFFSET_MINUTES = 7 * 60;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** The day in Viet Nam on which an instant falls. */
export function civilDateOf(instant: Date): CivilDate {
  return new Date(instant.getTime() + VIETNAM_OFFSET_MINUTES * MINUTE).toISOString().slice(0, 10);
}

/** The first instant of a day in Viet Nam. */
export function startOfDay(date: CivilDate): Date {
  return new Date(Date.parse(`${date}T00:00:00Z`) - VIETNAM_OFFSET_MINUTES * MINUTE);
}

/** The first instant after a day in Viet Nam: "until the 20th" includes the whole of the 20th. */
export function endOfDay(date: CivilDate): Date {
  return new Date(startOfDay(date).getTime() + DAY);
}

/** Whether a text is a day that exists (`2026-02-30` is not). `infinity` is no day. */
export function isCivilDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** Reads `YYYY-MM-DD` or `dd/mm/yyyy` (also `d/m/yyyy`, `-` or `.` between), as files and forms write it; else null. */
export function readCivilDate(text: string): CivilDate | null {
  const trimmed = text.trim();
  if (isCivilDate(trimmed)) return trimmed;
  const parts = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(trimmed);
  if (!parts) return null;
  const date = `${parts[3]}-${parts[2]?.padStart(2, '0')}-${parts[1]?.padStart(2, '0')}`;
  return isCivilDate(date) ? date : null;
}

export function addDays(date: CivilDate, days: number): CivilDate {
  if (date === FOREVER) return FOREVER;
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** The same day some months later; the last day of the month where that day does not exist (31/1 + 1 = 28/2). */
export function addMonths(date: CivilDate, months: number): CivilDate {
  if (date === FOREVER) return FOREVER;
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const target = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  target.setUTCDate(Math.min(day, target.getUTCDate()));
  return target.toISOString().slice(0, 10);
}

/** Whole days from one day to another; negative when the second is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** `dd/mm/yyyy`, in both languages; empty for an end that is not set. */
export function showDate(date: CivilDate): string {
  if (date === FOREVER || date === '') return '';
  const [year, month, day] = date.split('-');
  return `${day}/${month}/${year}`;
}

/** The last day of a half-open period, as files and screens say it; null where it has no end. */
export function lastDay(end: CivilDate): CivilDate | null {
  return end === FOREVER ? null : addDays(end, -1);
}
