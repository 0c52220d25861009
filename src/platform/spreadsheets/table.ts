import type { Problem } from '../errors.js';

/** A file that lies on disk, as an upload or as an operator names it. */
export interface TableFile {
  path: string;
  /** In bytes. */
  size: number;
}

/** What is wrong with one cell, whatever the row is about: it holds a formula, or an error of the spreadsheet. */
export interface CellProblem extends Problem {
  /** Counted from 0. */
  column: number;
}

export interface TableRow {
  /** As a spreadsheet program numbers rows: the heading is usually 1. */
  line: number;
  /** Texts only: whole numbers without `.0`, dates as `YYYY-MM-DD`. As many as were written; a missing one is ''. */
  cells: string[];
  problems: CellProblem[];
}

export interface Table {
  kind: 'csv' | 'xlsx';
  header: string[];
  /**
   * Rows that hold something, in the order of the file, read while one asks for them. To be walked once, to its end.
   */
  rows: AsyncIterable<TableRow>;
}

export interface TableLimits {
  /** In bytes. */
  largest: number;
  /** Rows that hold something, the heading not counted. */
  rows: number;
}

const MEGABYTE = 1024 * 1024;

export const TABLE_LIMITS: TableLimits = { largest: 20 * MEGABYTE, rows: 100_000 };

/** Wider tables are no rosters; what stands beyond is not read. */
export const WIDEST = 200;
