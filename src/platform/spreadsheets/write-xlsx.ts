import { PassThrough, type Readable } from 'node:stream';
import exceljs from 'exceljs';
import { VIETNAM_OFFSET_MINUTES } from '../../rules/civil-date.js';
import { isBlank, type CellValue, type Column } from './columns.js';

export interface Sheet<Row> {
  name: string;
  /** Lines above the table, each a label with its value: of what it is, of which day, made when. */
  about?: Column<null>[];
  columns: Column<Row>[];
  rows: Iterable<Row> | AsyncIterable<Row>;
}

/** Keeps a sheet of any row type in one list with others: `sheetOf({ name, columns, rows })`. */
export const sheetOf = <Row>(sheet: Sheet<Row>): Sheet<unknown> => sheet as Sheet<unknown>;

const FORMATS: Record<string, string> = { date: 'dd/mm/yyyy', datetime: 'dd/mm/yyyy hh:mm', rate: '0.0%' };
const WIDTHS: Record<string, number> = { text: 24, number: 12, date: 12, datetime: 17, rate: 10 };

/**
 * A workbook as a stream: real dates and numbers, a heading that stays in sight, a filter on it. Rows are written while
 * they come, so a hundred thousand of them never stand in memory.
 */
export function writeXlsx(sheets: Sheet<unknown>[]): Readable {
  const out = new PassThrough();
  const book = new exceljs.stream.xlsx.WorkbookWriter({ stream: out, useStyles: true, useSharedStrings: false });
  const write = async () => {
    for (const sheet of sheets) await writeSheet(book, sheet);
    await book.commit();
  };
  write().catch((error: unknown) => out.destroy(error as Error));
  return out;
}

async function writeSheet(
  book: exceljs.stream.xlsx.WorkbookWriter,
  { name, about = [], columns, rows }: Sheet<unknown>,
): Promise<void> {
  const top = about.length > 0 ? about.length + 2 : 1;
  const sheet = book.addWorksheet(sheetName(name), { views: [{ state: 'frozen', ySplit: top }] });
  sheet.columns = columns.map((column) => ({
    width: column.width ?? WIDTHS[column.kind ?? 'text'],
    style: column.kind && FORMATS[column.kind] ? { numFmt: FORMATS[column.kind] } : {},
  }));
  if (columns.length > 0)
    sheet.autoFilter = { from: { row: top, column: 1 }, to: { row: top, column: columns.length } };
  writeAbout(sheet, about);
  const heading = sheet.addRow(columns.map((column) => column.header));
  heading.font = { bold: true };
  heading.alignment = { vertical: 'middle', wrapText: true };
  heading.eachCell((cell) => {
    cell.fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE7EEF5' } };
    cell.border = { bottom: { style: 'thin', color: { argb: 'FF7F796D' } } };
  });
  heading.commit();
  for await (const row of rows)
    sheet.addRow(columns.map((column) => xlsxValue(column.value(row), column.kind))).commit();
  sheet.commit();
}

function writeAbout(sheet: exceljs.Worksheet, about: Column<null>[]): void {
  for (const { header, value, kind } of about) {
    const row = sheet.addRow([header, xlsxValue(value(null), kind)]);
    const [label, said] = [row.getCell(1), row.getCell(2)];
    label.font = { bold: true };
    // The formats of the columns are for the table below.
    label.numFmt = 'General';
    said.numFmt = (kind && FORMATS[kind]) ?? 'General';
    said.alignment = { horizontal: 'left' };
    row.commit();
  }
  if (about.length > 0) sheet.addRow([]).commit();
}

function xlsxValue(value: CellValue, kind: Column<never>['kind'] = 'text'): string | number | boolean | Date | null {
  if (isBlank(value)) return null;
  // Excel knows no time zones: what is written is what the clock on the wall in Viet Nam shows.
  if (value instanceof Date) return new Date(value.getTime() + VIETNAM_OFFSET_MINUTES * 60_000);
  if (kind === 'date') return new Date(`${String(value)}T00:00:00Z`);
  if (kind === 'rate') return Number(value) / 1000;
  if (kind === 'number') return Number(value);
  return value;
}

const sheetName = (name: string) => name.replace(/[[\]:*?/\\]/g, ' ').slice(0, 31).trim() || 'Sheet';
