import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { startOfDay } from '../../src/rules/civil-date.js';

/** The rows of test/rules/cases/<name>.csv: tables that a policy officer can read and add to. */
export function cases<Column extends string>(name: string): Record<Column, string>[] {
  const file = join(import.meta.dirname, '..', 'rules', 'cases', `${name}.csv`);
  const rows = parse(readFileSync(file, 'utf8'), { columns: true, skip_empty_lines: true });
  if (rows.length === 0) throw new Error(`${name}.csv has no rows`);
  return rows as Record<Column, string>[];
}

/** `20/11/2026 14:00:00`, in Viet Nam. */
export function instant(text: string): Date {
  const [date, time] = text.split(' ') as [string, string];
  const [hours, minutes, seconds] = time.split(':').map(Number) as [number, number, number];
  return new Date(
    startOfDay(date.split('/').reverse().join('-')).getTime() + ((hours * 60 + minutes) * 60 + seconds) * 1000,
  );
}

/** Words between spaces; none in an empty cell. */
export const words = (cell: string): string[] => cell.split(' ').filter((word) => word !== '');
