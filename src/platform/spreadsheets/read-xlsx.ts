import { posix } from 'node:path';
import { refused } from '../errors.js';
import { cellText, DATE_FORMATS, isDateFormat, type CellStyle } from './xlsx-cells.js';
import { WIDEST, type TableRow } from './table.js';
import { attribute, readWholeXml, readXml } from './xml.js';
import { ZipParts } from './zip-parts.js';

/**
 * The rows of the first visible sheet, blank ones left out. Formulas are not evaluated and their remembered results not
 * trusted: such a cell is reported, because what it would say depends on where it is opened.
 * @throws Refusal `file-not-a-table`, `file-damaged`, `file-unpacks-too-large`
 */
export async function* readXlsx(path: string, size: number): AsyncGenerator<TableRow> {
  const zip = await ZipParts.open(path, size);
  try {
    const book = await readWorkbook(zip);
    const strings = await readStrings(zip, book.strings);
    const styles = await readStyles(zip, book.styles);
    yield* readSheet(zip, book.sheet, strings, styles, book.from1904);
  } finally {
    zip.close();
  }
}

interface Workbook { sheet: string; strings: string; styles: string; from1904: boolean }

async function readWorkbook(zip: ZipParts): Promise<Workbook> {
  let path = 'xl/workbook.xml';
  await readWholeXml(zip.text('_rels/.rels'), {
    open(name, attributes) {
      const { Type: type, Target: target } = attributes;
      if (name === 'Relationship' && type?.endsWith('/officeDocument') && target)
        path = posix.join('/', target).slice(1);
    },
  });
  if (!zip.has(path)) throw refused('file-not-a-table');
  const sheets: { id: string | undefined; visible: boolean }[] = [];
  let from1904 = false;
  await readWholeXml(zip.text(path), {
    open(name, attributes) {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (name === 'sheet') {
        sheets.push({ id: attribute(attributes, 'id'), visible: (attributes.state ?? 'visible') === 'visible' });
      }
    },
  });
  const folder = posix.dirname(path);
  const parts = new Map<string, string>();
  let strings = `${folder}/sharedStrings.xml`;
  let styles = `${folder}/styles.xml`;
  await readWholeXml(zip.text(`${folder}/_rels/${posix.basename(path)}.rels`), {
    open(name, { Id: id, Type: type = '', Target: target = '' }) {
      if (name !== 'Relationship') return;
      const part = posix.join('/', target.startsWith('/') ? '' : folder, target).slice(1);
      if (id) parts.set(id, part);
      if (type.endsWith('/sharedStrings')) strings = part;
      if (type.endsWith('/styles')) styles = part;
    },
  });
  const sheet = parts.get(sheets.find((candidate) => candidate.visible)?.id ?? '');
  if (!sheet || !zip.has(sheet)) throw refused('file-not-a-table');
  return { sheet, strings, styles, from1904 };
}

async function readStrings(zip: ZipParts, part: string): Promise<string[]> {
  const strings: string[] = [];
  let current = '';
  let inText = false;
  let inPhonetic = false;
  await readWholeXml(zip.text(part), {
    open(name) {
      if (name === 'si') current = '';
      if (name === 'rPh') inPhonetic = true;
      inText = name === 't' && !inPhonetic;
    },
    text(text) { if (inText) current += text; },
    close(name) {
      if (name === 't') inText = false;
      if (name === 'rPh') inPhonetic = false;
      if (name === 'si') strings.push(current);
    },
  });
  return strings;
}

async function readStyles(zip: ZipParts, part: string): Promise<CellStyle[]> {
  const formats = new Map<number, string>();
  const styles: CellStyle[] = [];
  let inCells = false;
  await readWholeXml(zip.text(part), {
    open(name, attributes) {
      if (name === 'numFmt') formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
      if (name === 'cellXfs') inCells = true;
      if (name === 'xf' && inCells) {
        const id = Number(attributes.numFmtId ?? 0);
        const code = formats.get(id) ?? '';
        styles.push({ date: DATE_FORMATS.has(id) || isDateFormat(code), zeros: /^0+$/.test(code) ? code.length : 0 });
      }
    },
    close(name) { if (name === 'cellXfs') inCells = false; },
  });
  return styles;
}

async function* readSheet(
  zip: ZipParts, part: string, strings: string[], styles: CellStyle[], from1904: boolean,
): AsyncGenerator<TableRow> {
  const done: TableRow[] = [];
  let row: TableRow = { line: 0, cells: [], problems: [] };
  let column = -1;
  let type = '';
  let style: CellStyle | undefined;
  let text = '';
  let inValue = false;
  let hasFormula = false;

  const endCell = () => {
    if (column >= WIDEST) return;
    if (hasFormula) row.problems.push({ column, code: 'cell-formula' });
    else if (type === 'e') row.problems.push({ column, code: 'cell-error' });
    else {
      const value = cellText(type, text, style, strings, from1904);
      if (value !== '') {
        while (row.cells.length < column) row.cells.push('');
        row.cells[column] = value;
      }
    }
  };
  const reading = readXml(zip.text(part), {
    open(name, attributes) {
      if (name === 'row') {
        row = { line: Number(attributes.r) || row.line + 1, cells: [], problems: [] };
        column = -1;
      } else if (name === 'c') {
        column = columnOf(attributes.r) ?? column + 1;
        type = attributes.t ?? 'n';
        style = styles[Number(attributes.s ?? 0)];
        text = '';
        hasFormula = false;
      } else if (name === 'f') hasFormula = true;
      else if (name === 'v' || name === 't') inValue = true;
    },
    text(piece) { if (inValue) text += piece; },
    close(name) {
      if (name === 'v' || name === 't') inValue = false;
      else if (name === 'c') endCell();
      else if (name === 'row' && (row.cells.length > 0 || row.problems.length > 0)) done.push(row);
    },
  });
  while (!(await reading.next()).done) yield* done.splice(0);
  yield* done;
}

/** `C5` → 2. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d+$/.exec(reference ?? '')?.[1];
  if (!letters) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}
