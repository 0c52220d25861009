import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { showDateTime } from '../texts.js';
import { guarded, isBlank, type CellValue, type Column } from './columns.js';

const BYTE_ORDER_MARK = '\ufeff';
const BATCH = 500;

/**
 * A CSV file as a stream: UTF-8 with a byte-order mark (without it Excel garbles Vietnamese), commas, CRLF, dates as
 * `YYYY-MM-DD`, numbers with a point. Rows are asked for while the reader takes them.
 */
export function writeCsv<Row>(columns: Column<Row>[], rows: Iterable<Row> | AsyncIterable<Row>): Readable {
  return Readable.from(pieces(columns, rows));
}

async function* pieces<Row>(columns: Column<Row>[], rows: Iterable<Row> | AsyncIterable<Row>): AsyncGenerator<Buffer> {
  let batch: string[][] = [columns.map((column) => guarded(column.header))];
  let start = BYTE_ORDER_MARK;
  const text = () => Buffer.from(start + stringify(batch, { record_delimiter: '\r\n' }));
  for await (const row of rows) {
    batch.push(columns.map((column) => csvText(column.value(row), column.kind)));
    if (batch.length < BATCH) continue;
    yield text();
    start = '';
    batch = [];
  }
  if (batch.length > 0) yield text();
}

function csvText(value: CellValue, kind: Column<never>['kind'] = 'text'): string {
  if (isBlank(value)) return '';
  if (value instanceof Date) return showDateTime(value);
  if (kind === 'rate') return (Number(value) / 10).toFixed(1);
  if (kind === 'number' || kind === 'date' || typeof value !== 'string') return String(value);
  return guarded(value);
}
