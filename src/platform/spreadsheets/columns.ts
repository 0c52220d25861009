import { FOREVER } from '../../rules/civil-date.js';

export type CellValue = string | number | boolean | Date | null | undefined;

/** One column of a table that is handed out. The same list of columns makes the CSV and the XLSX. */
export interface Column<Row> {
  header: string;
  value: (row: Row) => CellValue;
  /**
   * `date`: a civil date (`YYYY-MM-DD`; `infinity` is an empty cell); `datetime`: a Date; `rate`: tenths of a per cent.
   * Default `text`.
   */
  kind?: 'text' | 'number' | 'date' | 'datetime' | 'rate';
  /** Of the XLSX column, in characters. Default by kind. */
  width?: number;
}

export const isBlank = (value: CellValue): value is null | undefined | '' =>
  value === null || value === undefined || value === '' || value === FOREVER;

/**
 * A text that a spreadsheet program would take for a formula gets an apostrophe in front (OWASP, "CSV injection"): a
 * name typed by a stranger must not run on a coordinator's computer.
 */
export function guarded(text: string): string {
  return /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
}
