import { badField, Refusal, refused } from '../errors.js';
import { kindOfFile } from './kind-of-file.js';
import { readCsv } from './read-csv.js';
import { readXlsx } from './read-xlsx.js';
import { TABLE_LIMITS, type Table, type TableFile, type TableLimits, type TableRow } from './table.js';

/**
 * Opens a table that somebody handed in: CSV or XLSX, told apart by its bytes. The first row that holds something is
 * the heading.
 * @throws Refusal (422, on the field `file`) in words for everything it cannot read; also while the rows are walked
 */
export async function readTable(file: TableFile, limits: TableLimits = TABLE_LIMITS): Promise<Table> {
  if (file.size > limits.largest) {
    throw badField('file', 'file-too-large', { megabytes: Math.floor(limits.largest / 1024 / 1024) });
  }
  try {
    const kind = await kindOfFile(file.path);
    const all = filled(kind === 'csv' ? readCsv(file.path) : readXlsx(file.path, file.size));
    const heading = await all.next();
    if (heading.done) throw refused('file-empty');
    return { kind, header: heading.value.cells, rows: counted(all, limits.rows) };
  } catch (error) {
    throw onFile(error);
  }
}

async function* filled(rows: AsyncGenerator<TableRow>): AsyncGenerator<TableRow> {
  for await (const row of rows) {
    if (row.problems.length > 0 || row.cells.some((cell) => cell !== '')) yield row;
  }
}

async function* counted(rows: AsyncGenerator<TableRow>, most: number): AsyncGenerator<TableRow> {
  let count = 0;
  try {
    for await (const row of rows) {
      count += 1;
      if (count > most) throw refused('file-too-many-rows', { most });
      yield row;
    }
  } catch (error) {
    throw onFile(error);
  }
}

/** A refusal of the file belongs to the field in which it was chosen. */
function onFile(error: unknown): unknown {
  if (!(error instanceof Refusal) || error.problems.length > 0) return error;
  return badField('file', error.code, error.params);
}
