import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { Refusal } from '../../../src/platform/errors.js';
import {
  readTable,
  TABLE_LIMITS,
  writeCsv,
  writeXlsx,
  type Column,
  type Table,
  type TableRow,
} from '../../../src/platform/spreadsheets/index.js';
import { workbook, zip } from './zip.js';

const folder = mkdtempSync(join(tmpdir(), 'spreadsheets-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
function file(body: Buffer | string): { path: string; size: number } {
  const path = join(folder, `file-${++files}.xlsx`); // the name says xlsx whatever is in it: it must not be asked
  const bytes = Buffer.from(body);
  writeFileSync(path, bytes);
  return { path, size: bytes.length };
}

async function all(table: Table): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const row of table.rows) rows.push(row);
  return rows;
}
async function cellsOf(body: Buffer | string): Promise<string[][]> {
  const table = await readTable(file(body));
  return [table.header, ...(await all(table)).map((row) => row.cells)];
}
async function refusalOf(body: Buffer | string, limits = TABLE_LIMITS): Promise<string> {
  try {
    await all(await readTable(file(body), limits));
    return 'accepted';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    expect(error.problems[0]?.field).toBe('file');
    return error.problems[0]?.code ?? '';
  }
}

const utf16be = (text: string) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(text, 'utf16le').swap16()]);

describe('CSV', () => {
  test.each([
    ['UTF-8', Buffer.from('mã,tên\n1,Hoà')],
    ['UTF-8 with a byte-order mark', Buffer.from('\ufeffmã,tên\n1,Hoà')],
    ['UTF-16 little end first', Buffer.from('\ufeffmã\ttên\r\n1\tHoà', 'utf16le')],
    ['UTF-16 big end first', utf16be('mã;tên\r\n1;Hoà')],
    ['old Macintosh line ends', Buffer.from('mã,tên\r1,Hoà')],
    ['a declared separator', Buffer.from('sep=;\nmã;tên\n1;Hoà')],
    ['quotes', Buffer.from('"mã","tên"\n"1","Hoà"')],
    ['spaces around', Buffer.from(' mã , tên \n 1 , Hoà ')],
  ])('reads %s', async (_name, body) => {
    expect(await cellsOf(body)).toEqual([['mã', 'tên'], ['1', 'Hoà']]);
  });

  test('keeps separators, quotes and line ends that stand inside quotes', async () => {
    expect(await cellsOf('a;b\n"x;y";"nói ""vâng""\nrồi"\n')).toEqual([['a', 'b'], ['x;y', 'nói "vâng"\nrồi']]);
  });

  test('numbers rows as a spreadsheet program does: blank ones count and are not given', async () => {
    const table = await readTable(file('\n\na,b\n\n1,2\n,,\n3,4\n'));
    expect(table.header).toEqual(['a', 'b']);
    expect((await all(table)).map((row) => [row.line, ...row.cells])).toEqual([[5, '1', '2'], [7, '3', '4']]);
  });

  test('a comma within the quoted heading does not decide what parts the columns', async () => {
    expect((await cellsOf('"Họ, tên";"Ngày, tháng";Mã\nA;B;C'))[1]).toEqual(['A', 'B', 'C']);
  });

  // "Nguyễn Thị Hoà" as TCVN3 (ABC) fonts, VNI, Windows-1258 and Latin-1 programs store it.
  test.each([
    ['TCVN3', Buffer.from('7374740a4e677579d46e205468de20486fb5', 'hex')],
    ['Windows-1258', Buffer.from('7374740a4e677579eaDe6e20546869f220486fe0cc', 'hex')],
    ['Latin-1', Buffer.from('stt\nNguyen Hoà', 'latin1')],
    ['UTF-16 without its mark', Buffer.from('stt,ten\n1,Nguyen Van Mau\n', 'utf16le')],
  ])('refuses %s in words instead of garbling names', async (_name, body) => {
    expect(await refusalOf(body)).toBe('file-encoding');
  });

  test('a wrong byte far down the file is found too', async () => {
    const body = Buffer.concat([Buffer.from(`a\n${'dòng\n'.repeat(60_000)}`), Buffer.from([0xe0, 0x0a])]);
    expect(await refusalOf(body)).toBe('file-encoding');
  });

  test('a quote that is never closed is refused', async () => {
    expect(await refusalOf('a,b\n"x,y\n1,2')).toBe('file-quotes');
  });

  test('100,000 rows are read, one more is refused', async () => {
    const rows = (count: number) => `a,b\n${'x,y\n'.repeat(count)}`;
    const table = await readTable(file(rows(100_000)));
    expect(await all(table)).toHaveLength(100_000);
    expect(await refusalOf(rows(100_001))).toBe('file-too-many-rows');
  });

  test('more than 20 MB is refused before it is read', async () => {
    expect(await refusalOf('a\nb', { ...TABLE_LIMITS, largest: 2 })).toBe('file-too-large');
    await expect(readTable({ path: '/nowhere', size: 20 * 1024 * 1024 + 1 })).rejects.toMatchObject({
      problems: [{ field: 'file', code: 'file-too-large', params: { megabytes: 20 } }],
    });
  });
});

describe('what is no table', () => {
  test.each([
    ['nothing', '', 'file-empty'],
    ['blank lines', '\n\n , ,\n', 'file-empty'],
    ['a PDF', '%PDF-1.7\n1 0 obj', 'file-not-a-table'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file-not-a-table'],
    ['a web page that calls itself a workbook', '<html><table><tr><td>1', 'file-not-a-table'],
    ['rich text', '{\\rtf1 x}', 'file-not-a-table'],
    ['Excel 97, or a workbook locked with a password', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file-old-excel'],
    ['a zip of something else', zip([{ name: 'word/document.xml', body: '<a/>' }]), 'file-not-a-table'],
    ['half a workbook', workbook([{ xml: '<worksheet/>' }]).subarray(0, 300), 'file-damaged'],
  ])('%s is refused', async (_name, body, code) => {
    expect(await refusalOf(body)).toBe(code);
  });
});

describe('XLSX', () => {
  const sheet = (rows: string) => `<worksheet><sheetData>${rows}</sheetData></worksheet>`;
  const strings = (...texts: string[]) => ({ name: 'xl/sharedStrings.xml', body: `<sst>${texts.join('')}</sst>` });
  // Styles 0 general, 1 the built-in date 14, 2 a date format of one's own, 3 leading zeros, 4 money, 5 a time.
  const styles = {
    name: 'xl/styles.xml',
    body: `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy;@"/><numFmt numFmtId="165" formatCode="000000000000"/>
      <numFmt numFmtId="166" formatCode="#,##0 &quot;đồng/day&quot;"/><numFmt numFmtId="167" formatCode="hh:mm"/></numFmts>
      <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/><xf numFmtId="167"/></cellXfs></styleSheet>`,
  };

  test('texts of every kind', async () => {
    const body = workbook(
      [
        {
          xml: sheet(
            '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c><c r="C1" t="inlineStr"><is><t>c</t></is></c></row>' +
              '<row r="3"><c r="A3" t="s"><v>2</v></c><c r="C3" t="str"><v>thẳng</v></c></row>',
          ),
        },
      ],
      [
        strings(
          '<si><t>a</t></si>',
          '<si><r><t>b</t></r><r><t xml:space="preserve"> b</t></r></si>',
          '<si><t>漢</t><rPh><t>かん</t></rPh></si>',
        ),
      ],
    );
    const table = await readTable(file(body));
    expect(table.header).toEqual(['a', 'b b', 'c']);
    expect(await all(table)).toEqual([{ line: 3, cells: ['漢', '', 'thẳng'], problems: [] }]);
  });

  test('numbers without .0, dates as civil dates, leading zeros as they are shown', async () => {
    const cell = (column: string, style: number, value: string) => `<c r="${column}2" s="${style}"><v>${value}</v></c>`;
    const body = workbook(
      [
        {
          xml: sheet(
            `<row r="1"><c r="A1" t="str"><v>h</v></c></row><row r="2">${cell('A', 0, '12.0')}${cell('B', 0, '1.2E+3')}` +
              `${cell('C', 0, '0.5')}${cell('D', 1, '32874')}${cell('E', 2, '45839.75')}${cell('F', 3, '1090000123')}${cell('G', 4, '1500')}` +
              `${cell('H', 1, '59')}${cell('I', 1, '61')}${cell('J', 5, '0.5')}<c r="K2" t="d"><v>1990-01-02T00:00:00</v></c>` +
              '<c r="L2" t="b"><v>1</v></c></row>',
          ),
        },
      ],
      [styles],
    );
    expect((await cellsOf(body))[1]).toEqual([
      '12',
      '1200',
      '0.5',
      '1990-01-01',
      '2025-07-01',
      '001090000123',
      '1500',
      '1900-02-28',
      '1900-03-01',
      '0.5',
      '1990-01-02',
      'TRUE',
    ]);
  });

  test('days counted from 1904', async () => {
    const body = workbook(
      [{ xml: sheet('<row><c t="str"><v>h</v></c></row><row><c s="1"><v>31412</v></c></row>') }],
      [styles],
      '<workbookPr date1904="1"/>',
    );
    expect((await cellsOf(body))[1]).toEqual(['1990-01-01']);
  });

  test('rows and cells without addresses, and names with a prefix, as some programs write them', async () => {
    const body = workbook([
      {
        xml:
          '<x:worksheet xmlns:x="m"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>a</x:t></x:is></x:c><x:c><x:v>1</x:v></x:c></x:row>' +
          '<x:row><x:c><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      },
    ]);
    expect(await cellsOf(body)).toEqual([['a', '1'], ['2']]);
  });

  test('the first sheet that can be seen', async () => {
    const named = (name: string) => sheet(`<row><c t="str"><v>${name}</v></c></row>`);
    const body = workbook([
      { xml: named('ẩn'), state: 'hidden' },
      { xml: named('rất ẩn'), state: 'veryHidden' },
      { xml: named('hiện') },
    ]);
    expect(await cellsOf(body)).toEqual([['hiện']]);
  });

  test('a formula is reported, neither evaluated nor believed; so is an error of the spreadsheet', async () => {
    const body = workbook([{
      xml: sheet('<row r="1"><c r="A1" t="str"><v>h</v></c></row>'
        + '<row r="2"><c r="A2"><f>1+1</f><v>2</v></c><c r="B2" t="e"><v>#N/A</v></c><c r="C2"><v>7</v></c></row>'),
    }]);
    const [row] = await all(await readTable(file(body)));
    expect(row).toEqual({
      line: 2, cells: ['', '', '7'], problems: [{ column: 0, code: 'cell-formula' }, { column: 1, code: 'cell-error' }],
    });
  });

  test('what unpacks to far too much is refused by its directory', async () => {
    const bomb = workbook([{ xml: sheet(' '.repeat(40 * 1024 * 1024)) }]);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusalOf(bomb)).toBe('file-unpacks-too-large');
    expect(await refusalOf(zip([{ name: 'xl/workbook.xml', body: 'x', claimedSize: 400 * 1024 * 1024 }]))).toBe(
      'file-unpacks-too-large',
    );
    expect(await refusalOf(zip(Array.from({ length: 2_001 }, (_, index) => ({ name: `f${index}`, body: '' }))))).toBe(
      'file-unpacks-too-large',
    );
  });

  test('a directory that lies about sizes is found out while unpacking', async () => {
    const liar = workbook(
      [{ xml: '<worksheet/>' }],
      [{ name: 'xl/sharedStrings.xml', body: `<sst>${' '.repeat(5_000_000)}</sst>`, claimedSize: 10 }],
    );
    expect(await refusalOf(liar)).toBe('file-damaged');
  });

  test('a document type of its own (entity tricks) is refused', async () => {
    const body = workbook([{ xml: '<!DOCTYPE w [<!ENTITY a "aaaa">]><worksheet>&a;</worksheet>' }]);
    expect(await refusalOf(body)).toBe('file-damaged');
  });
});

describe('what is written can be read again', () => {
  interface Row { name: string; n: number; on: string }
  const columns: Column<Row>[] = [
    { header: 'Họ và tên', value: (row) => row.name }, { header: 'Số', value: (row) => row.n, kind: 'number' },
    { header: 'Ngày', value: (row) => row.on, kind: 'date' },
  ];
  const whole = async (stream: AsyncIterable<Buffer>) => {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part);
    return Buffer.concat(parts);
  };
  const text = fc
    .string({
      unit: fc.constantFrom('a', 'Ẵ', 'đ', ',', ';', '"', '\n', "'", '=', '+', '-', '@', ' ', '7'),
      minLength: 1,
      maxLength: 12,
    })
    .map((value) => value.trim())
    .filter((value) => value !== '' && !/^\s*$/.test(value));
  const row = fc.record({
    name: text, n: fc.integer({ min: -1_000_000, max: 1_000_000 }),
    on: fc.constantFrom('1945-09-02', '2000-02-29', '2026-11-20'),
  });

  test('as CSV: the same but for the apostrophe before what would run as a formula', async () => {
    await fc.assert(fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
      const body = await whole(writeCsv(columns, rows));
      expect(body.subarray(0, 3).toString('hex')).toBe('efbbbf');
      const guarded = (name: string) => (/^[=+\-@]/.test(name) ? `'${name}` : name);
      expect((await cellsOf(body)).slice(1)).toEqual(rows.map((one) => [guarded(one.name), String(one.n), one.on]));
    }), { numRuns: 40 });
  });

  test('as XLSX: real numbers, real dates, texts as they are', async () => {
    await fc.assert(fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
      const body = await whole(writeXlsx([{ name: 'Danh sách: [1]', columns, rows } as never]));
      expect((await cellsOf(body)).slice(1)).toEqual(rows.map((one) => [one.name, String(one.n), one.on]));
    }), { numRuns: 15 });
  });

  test('an end that is not set is an empty cell', async () => {
    const body = await whole(writeCsv(columns, [{ name: 'a', n: 0, on: 'infinity' }]));
    expect(body.toString()).toContain('a,0,\r\n');
  });

  test('rows that fail half way break the download instead of ending it', async () => {
    async function* failing(): AsyncGenerator<Row> {
      yield { name: 'a', n: 1, on: '2026-11-20' };
      await Promise.resolve();
      throw new Error('the database went away');
    }
    await expect(whole(writeXlsx([{ name: 'x', columns, rows: failing() } as never]))).rejects.toThrow('went away');
    await expect(whole(writeCsv(columns, failing()))).rejects.toThrow('went away');
  });
});
