export { type CellValue, type Column } from './columns.js';
export { readTable } from './read-table.js';
export {
  TABLE_LIMITS,
  type CellProblem,
  type Table,
  type TableFile,
  type TableLimits,
  type TableRow,
} from './table.js';
export { writeCsv } from './write-csv.js';
export { sheetOf, writeXlsx, type Sheet } from './write-xlsx.js';
export { csvDownload, xlsxDownload } from './download.js';
