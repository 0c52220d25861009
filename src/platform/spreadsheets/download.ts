import { StreamableFile } from '@nestjs/common';
import type { Column } from './columns.js';
import { writeCsv } from './write-csv.js';
import { sheetOf, writeXlsx, type Sheet } from './write-xlsx.js';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** What a handler answers with to hand out a CSV file. `name` without ending, in plain letters. */
export function csvDownload<Row>(
  name: string,
  columns: Column<Row>[],
  rows: Iterable<Row> | AsyncIterable<Row>,
): StreamableFile {
  return new StreamableFile(writeCsv(columns, rows), {
    type: 'text/csv; charset=utf-8', disposition: `attachment; filename="${name}.csv"`,
  });
}

/** What a handler answers with to hand out a workbook of one or several sheets. */
export function xlsxDownload<Row>(name: string, ...sheets: Sheet<Row>[]): StreamableFile {
  return new StreamableFile(writeXlsx(sheets.map(sheetOf)), {
    type: XLSX,
    disposition: `attachment; filename="${name}.xlsx"`,
  });
}
