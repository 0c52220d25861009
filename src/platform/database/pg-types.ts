import { types } from 'pg';

/**
 * How values come out of PostgreSQL. A civil date stays a text (a Date would drag a time zone in); ids of 8 bytes are
 * numbers (they stay far below 2^53); numerics are numbers because ours have two decimals at most.
 */
const DATE = 1082;
const INT8 = 20;
const NUMERIC = 1700;

export function useOurTypes(): void {
  types.setTypeParser(DATE, (text: string) => text);
  types.setTypeParser(INT8, (text: string) => Number(text));
  types.setTypeParser(NUMERIC, (text: string) => Number(text));
}
