import type { RowProblem } from './agency-import.js';
import { addDays, readCivilDate, type CivilDate } from './civil-date.js';
import type { FoundHeadings, Headings } from './headings.js';
import { tidy } from './names.js';
import { readTargetGroup, type TargetGroup } from './target-groups.js';

/** Reading one row of a roster file. Pure. The national number leaves this function sealed and is kept nowhere else. */
export const ROSTER_COLUMNS = {
  staff_code: [
    'mã cán bộ',
    'mã công chức',
    'mã viên chức',
    'mã nhân viên',
    'số hiệu cán bộ',
    'số hiệu công chức',
    'mã số cán bộ',
  ],
  full_name: ['họ và tên', 'họ tên', 'họ, đệm và tên', 'tên'],
  national_id: [
    'số định danh',
    'số định danh cá nhân',
    'số cccd',
    'cccd',
    'căn cước',
    'số căn cước',
    'căn cước công dân',
  ],
  birth_date: ['ngày sinh', 'ngày tháng năm sinh', 'ngày, tháng, năm sinh', 'date of birth'],
  email: ['thư điện tử', 'địa chỉ thư điện tử', 'e-mail', 'hộp thư'],
  phone: ['điện thoại', 'số điện thoại', 'di động'],
  agency_code: ['mã cơ quan', 'mã đơn vị', 'mã cơ quan, đơn vị', 'cơ quan', 'đơn vị'],
  position_title: ['chức vụ', 'chức danh', 'chức vụ, chức danh', 'vị trí việc làm', 'position'],
  group: ['nhóm', 'nhóm đối tượng', 'đối tượng', 'target group'],
  from: ['từ ngày', 'ngày bắt đầu', 'giữ vị trí từ ngày'],
  to: ['đến ngày', 'đến hết ngày', 'ngày kết thúc'],
} as const satisfies Headings<string>;
export type RosterColumn = keyof typeof ROSTER_COLUMNS;
export const REQUIRED_COLUMNS: readonly RosterColumn[] = ['full_name', 'position_title', 'group'];

/** One row as it was understood. Empty or null: not said, so nothing is changed. The end is the day after the last. */
export interface RosterReading {
  line: number;
  staffCode: string;
  fullName: string;
  nationalIdHash: string | null;
  nationalIdTail: string | null;
  birthDate: CivilDate | null;
  email: string;
  phone: string;
  agencyCode: string;
  positionTitle: string;
  group: TargetGroup | null;
  from: CivilDate | null;
  to: CivilDate | null;
  problems: RowProblem[];
}

export interface ReadingContext {
  today: CivilDate;
  /** Where a row names no agency. */
  agencyCode: string;
  seal: (digits: string) => { hash: string; tail: string };
}

const NAME = /^[\p{L}\p{M}][\p{L}\p{M} .'’-]*$/u;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;
const OLDEST = '1920-01-01';

/** Reads one row; all that is wrong with it is said at once. */
export function readRosterRow(
  line: number, cells: readonly string[], headings: FoundHeadings<RosterColumn>,
  cellProblems: readonly { column: number; code: string }[], context: ReadingContext,
): RosterReading {
  const columns = Object.keys(headings.at) as RosterColumn[];
  const broken = cellProblems.flatMap(({ column, code }) => {
    const name = columns.find((candidate) => headings.at[candidate] === column);
    return name ? [{ column: name, code }] : [];
  });
  const fields: Partial<Record<RosterColumn, string>> = {};
  for (const column of columns) fields[column] = cells[headings.at[column] as number] ?? '';
  const reading = readRosterFields(line, fields, context, new Set(broken.map((problem) => problem.column)));
  return { ...reading, problems: [...broken, ...reading.problems] };
}

/** The same for fields that came another way: from a form. */
export function readRosterFields(
  line: number,
  fields: Partial<Record<RosterColumn, string>>,
  context: ReadingContext,
  broken: ReadonlySet<string> = new Set(),
): RosterReading {
  const problems: RowProblem[] = [];
  const wrong = (column: RosterColumn, code: string, params?: RowProblem['params']) => {
    if (!broken.has(column)) problems.push({ column, code, ...(params ? { params } : {}) });
  };
  const cell = (column: RosterColumn, max: number) => {
    const text = tidy(fields[column] ?? '');
    if (text.length > max) wrong(column, 'too-long', { max });
    else if (text === '' && REQUIRED_COLUMNS.includes(column)) wrong(column, 'required');
    return text;
  };
  const date = (column: 'birth_date' | 'from' | 'to') => {
    const text = cell(column, 40);
    const read = text ? readCivilDate(text) : null;
    if (text && !read) wrong(column, 'not-a-date');
    return read;
  };

  const fullName = properName(cell('full_name', 100));
  if (fullName && !NAME.test(fullName)) wrong('full_name', 'name-letters');
  const digits = tidy(fields.national_id ?? '').replace(/[\s.\-']/g, '');
  let sealed: { hash: string; tail: string } | null = null;
  if (/^\d{12}$/.test(digits)) sealed = context.seal(digits);
  else if (digits) wrong('national_id', 'national-id-form', { length: digits.length });
  const birthDate = date('birth_date');
  if (birthDate && (birthDate < OLDEST || birthDate >= context.today)) wrong('birth_date', 'birth-date-unlikely');
  const email = cell('email', 200).toLowerCase();
  if (email && !EMAIL.test(email)) wrong('email', 'email-form');
  const phone = cell('phone', 40).replace(/[\s.()-]/g, '');
  if (phone && !/^\+?\d{8,15}$/.test(phone)) wrong('phone', 'phone-form');
  const word = cell('group', 100);
  const group = word ? readTargetGroup(word) : null;
  if (word && !group) wrong('group', 'group-word-unknown', { word });
  const from = date('from');
  const last = date('to');
  if (from && last && last < from) wrong('to', 'period-backwards');
  return {
    line,
    staffCode: cell('staff_code', 40),
    fullName,
    nationalIdHash: sealed?.hash ?? null,
    nationalIdTail: sealed?.tail ?? null,
    birthDate,
    email,
    phone,
    agencyCode: (cell('agency_code', 40) || context.agencyCode).toUpperCase(),
    positionTitle: cell('position_title', 200),
    group,
    from,
    to: last && addDays(last, 1),
    problems,
  };
}

/**
 * Lists are often typed in capitals: `NGUYỄN THỊ MẪU` → `Nguyễn Thị Mẫu`. A name with any small letter stays as it is.
 */
export function properName(name: string): string {
  if (name !== name.toUpperCase()) return name;
  return name
    .toLowerCase()
    .replace(/(^|[\s.'’-])(\p{L})/gu, (_whole, before: string, letter: string) => before + letter.toUpperCase());
}
