import { mayStandUnder, readAgencyType, type AgencyType } from './agency-types.js';
import { addDays, FOREVER, readCivilDate, type CivilDate } from './civil-date.js';
import type { FoundHeadings, Headings } from './headings.js';
import { tidy } from './names.js';
import { greatest, least, pieceOn, revise, same, type Piece } from './timeline.js';

/** Reading a list of agencies and saying what it would do to the tree. Pure: rows and the tree in, outcomes out. */
export const AGENCY_COLUMNS = {
  code: ['mã', 'mã đơn vị', 'mã cơ quan', 'mã số', 'agency_code'],
  name_vi: ['tên', 'tên tiếng Việt', 'tên đơn vị', 'tên cơ quan', 'tên cơ quan, đơn vị', 'name'],
  name_en: ['tên tiếng Anh', 'english name'],
  full_name_vi: ['tên đầy đủ', 'tên đầy đủ tiếng Việt'],
  full_name_en: ['tên đầy đủ tiếng Anh'],
  type: ['loại', 'loại hình', 'loại đơn vị', 'cấp'],
  parent: [
    'cấp trên',
    'mã cấp trên',
    'mã đơn vị cấp trên',
    'cơ quan chủ quản',
    'mã cơ quan chủ quản',
    'trực thuộc',
    'parent_code',
  ],
  from: ['từ ngày', 'có hiệu lực từ', 'hiệu lực từ', 'valid_from'],
  to: ['đến ngày', 'có hiệu lực đến', 'hiệu lực đến', 'đến hết ngày', 'valid_to'],
  legal_basis: ['căn cứ', 'căn cứ pháp lý'],
} as const satisfies Headings<string>;
export type AgencyColumn = keyof typeof AGENCY_COLUMNS;

export interface RowProblem {
  column?: string;
  code: string;
  params?: Record<string, string | number>;
}

/** One row as it was understood. Empty means "not said". The end is the day after the last. */
export interface AgencyReading {
  line: number;
  code: string;
  nameVi: string;
  nameEn: string;
  type: AgencyType | null;
  parentCode: string;
  from: CivilDate | null;
  to: CivilDate | null;
  legalBasis: string;
  problems: RowProblem[];
}

export interface TreeFacts {
  code: string;
  nameVi: string;
  nameEn: string;
  type: AgencyType;
  parentId: number | null;
  legalBasis: string | null;
}

export type AgencyOutcome = 'new' | 'changed' | 'unchanged' | 'error';

export interface PlannedAgencyRow {
  line: number;
  outcome: AgencyOutcome;
  problems: RowProblem[];
  /** The facts that change: what stood before and what shall stand. */
  changes: { field: string; before: string; after: string }[];
  /** From when the row holds. */
  from: CivilDate | null;
}

export interface AgencyPlan {
  rows: PlannedAgencyRow[];
  /** The whole timeline of every agency that the file touches; new ones under negative ids. */
  timelines: Map<number, Piece<TreeFacts>[]>;
}

const CODE = /^[\p{Lu}\p{N}][\p{Lu}\p{N}._/-]{0,39}$/u;

/** Reads one row. All that is wrong with it is said at once. */
export function readAgencyRow(
  line: number,
  cells: readonly string[],
  headings: FoundHeadings<AgencyColumn>,
  cellProblems: readonly { column: number; code: string }[] = [],
): AgencyReading {
  const cell = (column: AgencyColumn) => {
    const at = headings.at[column];
    return at === undefined ? '' : tidy(cells[at] ?? '');
  };
  const problems: RowProblem[] = [];
  const broken = new Set<string>();
  for (const { column, code } of cellProblems) {
    const name = (Object.keys(headings.at) as AgencyColumn[]).find((candidate) => headings.at[candidate] === column);
    if (!name) continue;
    broken.add(name);
    problems.push({ column: name, code });
  }
  const wrong = (column: AgencyColumn, code: string, params?: RowProblem['params']) => {
    if (!broken.has(column)) problems.push({ column, code, ...(params ? { params } : {}) });
  };
  const code = cell('code').toUpperCase();
  if (!code) wrong('code', 'required');
  else if (!CODE.test(code)) wrong('code', 'agency-code-form', { code });
  const nameVi = cell('full_name_vi') || cell('name_vi');
  const nameColumn = headings.at.full_name_vi === undefined ? 'name_vi' : 'full_name_vi';
  if (!nameVi) wrong(nameColumn, 'required');
  else if (nameVi.length > 200) wrong(nameColumn, 'too-long', { max: 200 });
  const typeWord = cell('type');
  const type = typeWord ? readAgencyType(typeWord) : null;
  if (!typeWord) wrong('type', 'required');
  else if (!type || type === 'nation') wrong('type', 'agency-type-unknown', { word: typeWord });
  const day = (column: 'from' | 'to') => {
    const text = cell(column);
    const date = text ? readCivilDate(text) : null;
    if (text && !date) wrong(column, 'not-a-date');
    return date;
  };
  const from = day('from');
  const last = day('to');
  if (from && last && last < from) wrong('to', 'period-backwards');
  return {
    line, code, nameVi, nameEn: cell('full_name_en') || cell('name_en'), type, parentCode: cell('parent').toUpperCase(),
    from, to: last && addDays(last, 1), legalBasis: cell('legal_basis'), problems,
  };
}

export interface PlanContext {
  today: CivilDate;
  /** From when rows hold that say nothing of it; null: new agencies as long as their parent, changes from today. */
  effective: CivilDate | null;
  /** Whether the importer may change this agency and what is under it. */
  inScope: (agencyId: number) => boolean;
}

/** What the rows would do to the tree. Parents may stand after their children in the file. */
export function planAgencies(
  readings: readonly AgencyReading[],
  standing: ReadonlyMap<number, readonly Piece<TreeFacts>[]>,
  context: PlanContext,
): AgencyPlan {
  const planner = new Planner(standing, context);
  const rows = new Map<number, PlannedAgencyRow>();
  let waiting = [...readings].sort((a, b) =>
    (a.from ?? '') < (b.from ?? '') ? -1 : (a.from ?? '') > (b.from ?? '') ? 1 : a.line - b.line,
  );
  for (let before = -1; waiting.length > 0 && waiting.length !== before;) {
    before = waiting.length;
    const codes = new Set(waiting.map((reading) => reading.code));
    waiting = waiting.filter((reading) => {
      if (reading.parentCode !== reading.code && codes.has(reading.parentCode) && !planner.knows(reading.parentCode))
        return true;
      rows.set(reading.line, planner.take(reading));
      return false;
    });
  }
  for (const reading of waiting) rows.set(reading.line, planner.take(reading));
  return { rows: readings.map((reading) => rows.get(reading.line) as PlannedAgencyRow), timelines: planner.touched };
}

class Planner {
  readonly touched = new Map<number, Piece<TreeFacts>[]>();
  private readonly byCode = new Map<string, Set<number>>();
  private readonly seen = new Map<string, number>();
  private nextId = -1;

  constructor(
    private readonly standing: ReadonlyMap<number, readonly Piece<TreeFacts>[]>,
    private readonly context: PlanContext,
  ) {
    for (const [id, pieces] of standing) for (const piece of pieces) this.index(piece.facts.code, id);
  }

  knows(code: string): boolean {
    return this.byCode.has(code);
  }

  take(reading: AgencyReading): PlannedAgencyRow {
    const problems = [...reading.problems];
    const failed = (): PlannedAgencyRow => ({
      line: reading.line,
      outcome: 'error',
      problems,
      changes: [],
      from: reading.from,
    });
    const key = `${reading.code} ${reading.from ?? ''}`;
    const earlier = this.seen.get(key);
    if (reading.code && earlier !== undefined)
      problems.push({ column: 'code', code: 'row-repeated', params: { line: earlier } });
    else this.seen.set(key, reading.line);
    if (problems.length > 0 || reading.type === null) return failed();

    const stated = reading.from ?? this.context.effective;
    const id =
      this.holder(reading.code, stated ?? this.context.today) ??
      (stated ? this.endedAt(reading.code, stated) : undefined);
    const pieces = id === undefined ? [] : this.pieces(id);
    const onDay = stated ?? this.context.today;
    const covering = pieceOn(pieces, onDay);
    const parentId = this.parentOf(reading, covering, onDay, problems);
    const from = stated ?? (id === undefined && parentId !== null ? this.beginOf(parentId) : onDay);
    if (problems.length === 0 && parentId !== null)
      this.checkParent(reading.type, parentId, greatest(from, this.beginOf(parentId)), problems);
    const mine = (agency: number) => agency < 0 || this.context.inScope(agency);
    if (problems.length === 0 && ((id !== undefined && !mine(id)) || parentId === null || !mine(parentId))) {
      problems.push({ column: id !== undefined && !mine(id) ? 'code' : 'parent', code: 'agency-out-of-scope' });
    }
    if (problems.length > 0) return failed();

    const to = reading.to ?? covering?.to ?? FOREVER;
    if (from >= to) problems.push({ column: 'to', code: 'period-backwards' });
    if (this.taken(reading.code, id, from, to))
      problems.push({ column: 'code', code: 'agency-code-taken', params: { code: reading.code } });
    if (problems.length > 0) return failed();

    const facts: TreeFacts = {
      code: reading.code, nameVi: reading.nameVi, nameEn: reading.nameEn || covering?.facts.nameEn || reading.nameVi,
      type: reading.type, parentId, legalBasis: reading.legalBasis || (covering?.facts.legalBasis ?? null),
    };
    if (!reading.from && !this.context.effective && covering && same(covering.facts, facts) && !reading.to) {
      return { line: reading.line, outcome: 'unchanged', problems: [], changes: [], from: covering.from };
    }
    let wanted = revise(pieces, from, to, () => facts);
    // An end that is stated ends what would have gone on; another row of the file may go on from there.
    if (reading.to && covering && covering.to > to) wanted = revise(wanted, to, covering.to, () => null);
    const outcome: AgencyOutcome = id === undefined ? 'new' : same(pieces, wanted) ? 'unchanged' : 'changed';
    if (outcome !== 'unchanged') this.put(id ?? this.nextId--, wanted);
    return {
      line: reading.line,
      outcome,
      problems: [],
      changes: outcome === 'changed' ? this.changes(covering, facts, to) : [],
      from,
    };
  }

  private parentOf(
    reading: AgencyReading,
    covering: Piece<TreeFacts> | undefined,
    on: CivilDate,
    problems: RowProblem[],
  ): number | null {
    if (reading.parentCode) {
      const parent = this.holder(reading.parentCode, on) ?? this.holder(reading.parentCode, this.context.today);
      if (parent === undefined || reading.parentCode === reading.code) {
        problems.push({ column: 'parent', code: 'agency-unknown', params: { code: reading.parentCode } });
        return null;
      }
      return parent;
    }
    if (covering?.facts.parentId) return covering.facts.parentId;
    const root = [...this.standing].find(([, pieces]) => pieces.some((piece) => piece.facts.type === 'nation'))?.[0];
    if (
      root !== undefined &&
      reading.type &&
      mayStandUnder(reading.type, 'nation') &&
      !mayStandUnder(reading.type, 'press')
    )
      return root;
    problems.push({ column: 'parent', code: 'required' });
    return null;
  }

  private checkParent(type: AgencyType, parentId: number, on: CivilDate, problems: RowProblem[]): void {
    const parent = pieceOn(this.pieces(parentId), on);
    if (!parent) problems.push({ column: 'parent', code: 'agency-parent-ended' });
    else if (!mayStandUnder(type, parent.facts.type)) problems.push({ column: 'parent', code: 'agency-parent-type' });
  }

  private changes(before: Piece<TreeFacts> | undefined, after: TreeFacts, to: CivilDate): PlannedAgencyRow['changes'] {
    if (!before) return [];
    const codeOf = (id: number | null) => (id === null ? '' : (this.pieces(id).at(-1)?.facts.code ?? ''));
    const list: PlannedAgencyRow['changes'] = (['nameVi', 'nameEn', 'type', 'legalBasis'] as const)
      .filter((field) => before.facts[field] !== after[field])
      .map((field) => ({ field, before: before.facts[field] ?? '', after: after[field] ?? '' }));
    if (before.facts.parentId !== after.parentId)
      list.push({ field: 'parent', before: codeOf(before.facts.parentId), after: codeOf(after.parentId) });
    if (before.to !== to) list.push({ field: 'to', before: before.to, after: to });
    return list;
  }

  private holder(code: string, on: CivilDate): number | undefined {
    return [...(this.byCode.get(code) ?? [])].find((id) => pieceOn(this.pieces(id), on)?.facts.code === code);
  }

  /** The agency that held the code until that very day: the row goes on where another ended. */
  private endedAt(code: string, on: CivilDate): number | undefined {
    return [...(this.byCode.get(code) ?? [])].find((id) =>
      this.pieces(id).some((piece) => piece.to === on && piece.facts.code === code),
    );
  }

  private taken(code: string, id: number | undefined, from: CivilDate, to: CivilDate): boolean {
    return [...(this.byCode.get(code) ?? [])].some((other) => other !== id && this.pieces(other).some((piece) =>
      piece.facts.code === code && greatest(piece.from, from) < least(piece.to, to)));
  }

  private beginOf(id: number): CivilDate {
    return this.pieces(id)[0]?.from ?? this.context.today;
  }

  private pieces(id: number): readonly Piece<TreeFacts>[] {
    return this.touched.get(id) ?? this.standing.get(id) ?? [];
  }

  private put(id: number, pieces: Piece<TreeFacts>[]): void {
    this.touched.set(id, pieces);
    for (const piece of pieces) this.index(piece.facts.code, id);
  }

  private index(code: string, id: number): void {
    const ids = this.byCode.get(code) ?? new Set();
    ids.add(id);
    this.byCode.set(code, ids);
  }
}
