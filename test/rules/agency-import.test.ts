import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import {
  AGENCY_COLUMNS,
  planAgencies,
  readAgencyRow,
  type AgencyColumn,
  type TreeFacts,
} from '../../src/rules/agency-import.js';
import { readAgencyType } from '../../src/rules/agency-types.js';
import { FOREVER } from '../../src/rules/civil-date.js';
import { findHeadings } from '../../src/rules/headings.js';
import type { Piece } from '../../src/rules/timeline.js';

const HEADER = ['Mã', 'Tên đơn vị', 'Loại', 'Cấp trên', 'Từ ngày', 'Đến ngày'];
const headings = findHeadings<AgencyColumn>(HEADER, AGENCY_COLUMNS);
const piece = (
  code: string,
  nameVi: string,
  type: TreeFacts['type'],
  parentId: number | null,
  from = '2025-07-01',
  to = FOREVER,
): Piece<TreeFacts>[] => [{ from, to, facts: { code, nameVi, nameEn: nameVi, type, parentId, legalBasis: null } }];
/** Country 1, ministry 2, provinces 3, 4 and 5 (out of scope), commune 6, and 7, whose code was free again from 2026. */
const TREE = new Map<number, Piece<TreeFacts>[]>([
  [1, piece('VN', 'Cả nước', 'nation', null, '2000-01-01')],
  [2, piece('BTN', 'Bộ Thử Nghiệm', 'ministry', 1, '2025-03-01')],
  [3, piece('T1', 'Tỉnh Một', 'province', 1)],
  [4, piece('T2', 'Tỉnh Hai', 'province', 1)],
  [5, piece('T3', 'Tỉnh Ba', 'province', 1)],
  [6, piece('X11', 'Xã Mẫu Một', 'commune', 3)],
  [7, piece('X50', 'Xã Cũ', 'commune', 4, '2025-07-01', '2025-12-01')],
]);
const plan = (rows: string[][], effective: string | null = null) =>
  planAgencies(
    rows.map((cells, index) => readAgencyRow(index + 2, cells, headings)),
    TREE,
    { today: '2026-11-20', effective, inScope: (id) => id !== 5 },
  );

interface Case {
  case: string;
  code: string;
  name: string;
  type: string;
  parent: string;
  from: string;
  to: string;
  outcome: string;
  problems: string;
  starts: string;
  changes: string;
}
const cases = parse<Case>(readFileSync(join(import.meta.dirname, 'cases', 'agency-import.csv')), { columns: true });

test.each(cases)('$case', (given) => {
  const [row] = plan([[given.code, given.name, given.type, given.parent, given.from, given.to]]).rows;
  expect(row?.problems.map((problem) => `${problem.column}:${problem.code}`).join(' ')).toBe(given.problems);
  expect(row?.outcome).toBe(given.outcome);
  if (given.starts) expect(row?.from).toBe(given.starts);
  if (given.outcome === 'changed') expect(row?.changes.map((change) => change.field).join(' ')).toBe(given.changes);
});

test('children may stand before their parents in the file', () => {
  const { rows, timelines } = plan([
    ['D1-P', 'Phòng Một', 'đơn vị', 'D1', '', ''],
    ['D1', 'Sở Một', 'sở', 'T1', '', ''],
  ]);
  expect(rows.map((row) => row.outcome)).toEqual(['new', 'new']);
  const [[departmentId, department], [, room]] = [...timelines] as [
    [number, Piece<TreeFacts>[]],
    [number, Piece<TreeFacts>[]],
  ];
  expect(department[0]?.facts.code).toBe('D1');
  expect(room[0]?.facts.parentId).toBe(departmentId);
});

test('two rows of one code tell its life: first a commune, then a ward', () => {
  const { rows, timelines } = plan([
    ['X95', 'Phường Năm', 'phường', 'T1', '30/04/2026', ''], ['X95', 'Xã Năm', 'xã', 'T1', '01/07/2025', '29/04/2026'],
  ]);
  expect(rows.map((row) => row.outcome)).toEqual(['changed', 'new']);
  expect([...timelines.values()].map((pieces) => pieces.map(({ from, to, facts }) => [from, to, facts.type]))).toEqual([
    [['2025-07-01', '2026-04-30', 'commune'], ['2026-04-30', FOREVER, 'ward']],
  ]);
});

test('a row that stands twice is taken once', () => {
  const { rows } = plan([['X94', 'Xã Bốn', 'xã', 'T1', '', ''], ['X94', 'Xã Bốn', 'xã', 'T1', '', '']]);
  expect(rows.map((row) => [row.outcome, row.problems[0]?.code, row.problems[0]?.params?.line])).toEqual([
    ['new', undefined, undefined], ['error', 'row-repeated', 2],
  ]);
});

test('rows that point at each other are refused, not lost', () => {
  const { rows } = plan([
    ['A1', 'A', 'đơn vị', 'B1', '', ''],
    ['B1', 'B', 'đơn vị', 'A1', '', ''],
    ['C1', 'C', 'đơn vị', 'C1', '', ''],
  ]);
  expect(rows.map((row) => row.problems[0]?.code)).toEqual(['agency-unknown', 'agency-unknown', 'agency-unknown']);
});

test('the day given for the whole file holds for rows without one', () => {
  const { rows } = plan(
    [
      ['X93', 'Xã Ba', 'xã', 'T1', '', ''],
      ['X92', 'Xã Hai', 'xã', 'T1', '05/05/2026', ''],
    ],
    '2026-01-01',
  );
  expect(rows.map((row) => row.from)).toEqual(['2026-01-01', '2026-05-05']);
});

test('headings are found in any order, language and spelling', () => {
  expect(
    findHeadings<AgencyColumn>(['parent', 'TYPE', 'full_name_vi', 'name_vi', 'Ghi chú', 'ma don vi *'], AGENCY_COLUMNS),
  ).toEqual({ at: { parent: 0, type: 1, full_name_vi: 2, name_vi: 3, code: 5 }, unknown: ['Ghi chú'], twice: [] });
  expect(findHeadings<AgencyColumn>(['Mã', 'code'], AGENCY_COLUMNS).twice).toEqual(['code']);
});

test.each([
  ['xã', 'commune'],
  ['PHƯỜNG', 'ward'],
  ['đặc khu', 'special-zone'],
  ['Thành phố trực thuộc trung ương', 'city'],
  ['tinh', 'province'],
  ['Sở', 'department'],
  ['commune', 'commune'],
  ['Cơ quan ngang Bộ', 'ministerial-agency'],
  ['thị trấn', null],
  ['', null],
])('the type word %s means %s', (word, type) => {
  expect(readAgencyType(word)).toBe(type);
});
