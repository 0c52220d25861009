import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { FOREVER } from '../../src/rules/civil-date.js';
import {
  planRoster,
  type Decision,
  type KnownPerson,
  type KnownPost,
  type PostFacts,
  type RosterKnowledge,
} from '../../src/rules/roster-plan.js';
import { properName, readRosterFields, type RosterColumn } from '../../src/rules/roster-reading.js';
import { readTargetGroup, TARGET_GROUPS } from '../../src/rules/target-groups.js';
import { text } from '../../src/platform/texts.js';
import type { Piece } from '../../src/rules/timeline.js';

const TODAY = '2026-11-20';
const seal = (digits: string) => ({ hash: `hash of ${digits}`, tail: digits.slice(-3) });
const read = (line: number, fields: Partial<Record<RosterColumn, string>>) =>
  readRosterFields(line, fields, { today: TODAY, agencyCode: 'X11', seal });

const person = (id: number, fullName: string, more: Partial<KnownPerson> = {}): [number, KnownPerson] => [
  id,
  {
    id,
    fullName,
    birthDate: null,
    email: null,
    phone: null,
    nationalIdHash: null,
    nationalIdTail: null,
    locked: false,
    ...more,
  },
];
const pieces = (facts: Partial<PostFacts> = {}, from = '2025-07-01', to = FOREVER): Piece<PostFacts>[] => [
  {
    from,
    to,
    facts: { staffCode: null, positionTitle: 'Chuyên viên', targetGroup: 'communication', onLeave: false, ...facts },
  },
];
const post = (postId: number, personId: number, agencyId: number, facts: Partial<PostFacts> = {}): KnownPost => ({
  postId,
  personId,
  agencyId,
  pieces: pieces(facts),
});
const number = (digits: string) => ({ nationalIdHash: seal(digits).hash, nationalIdTail: digits.slice(-3) });

/** Agencies 1 (X11) and 2 (X12) are in scope, 3 (X21) is not. */
const known = (change: Partial<RosterKnowledge> = {}): RosterKnowledge => ({
  today: TODAY,
  mode: 'update',
  agencies: [
    { id: 1, code: 'X11' },
    { id: 2, code: 'X12' },
    { id: 3, code: 'X21' },
  ].map((agency) => ({ ...agency, from: '2025-07-01', to: FOREVER })),
  inScope: new Set([1, 2]),
  people: new Map([
    person(1, 'Trần Văn An', { birthDate: '1990-01-01', ...number('001090000001') }),
    person(2, 'Phạm Thị Bình'),
    person(3, 'Hoàng Thị Cúc', { birthDate: '1985-05-05' }),
    person(4, 'Vũ Hai Nơi', { ...number('001077000004'), locked: true }),
    person(5, 'Bùi Nơi Khác', { ...number('001070000005'), locked: true }),
  ]),
  posts: [
    post(11, 1, 1),
    post(12, 2, 1, { staffCode: 'CB02' }),
    post(13, 3, 1),
    post(14, 4, 1),
    post(24, 4, 3),
    post(25, 5, 3),
  ],
  ...change,
});

type Case = Record<RosterColumn, string> & {
  case: string;
  outcome: string;
  problems: string;
  changes: string;
  person: string;
};
const cases = parse<Case>(readFileSync(join(import.meta.dirname, 'cases', 'roster-plan.csv')), { columns: true });

test.each(cases)('$case', (given) => {
  const [row] = planRoster([read(2, given)], known()).rows;
  expect(row?.problems.map((problem) => `${problem.column ?? ''}:${problem.code}`).join(' ')).toBe(given.problems);
  expect(row?.outcome).toBe(given.outcome);
  expect(row?.changes.map((change) => change.field).join(' ')).toBe(given.changes);
  if (given.person) expect(row?.personId).toBe(Number(given.person));
});

const fields = (full_name: string, more: Partial<Record<RosterColumn, string>> = {}) => ({
  full_name,
  position_title: 'Chuyên viên',
  group: 'communication',
  agency_code: 'X11',
  ...more,
});
const outcomes = (
  list: Partial<Record<RosterColumn, string>>[],
  knowledge = known(),
  decisions?: Map<number, Decision>,
) =>
  planRoster(
    list.map((one, index) => read(index + 2, one)),
    knowledge,
    decisions,
  ).rows.map((row) => row.outcome);

describe('rows of one file speak of each other', () => {
  test('the same row twice is taken once', () => {
    const same = fields('Lê Thị Mới', { national_id: '001099000009' });
    const plan = planRoster([read(2, same), read(3, same)], known());
    expect(plan.rows.map((row) => [row.outcome, row.problems[0]?.params?.line])).toEqual([
      ['new', undefined],
      ['duplicate', 2],
    ]);
    expect(plan.newPeople.size).toBe(1);
    expect(plan.posts).toHaveLength(1);
  });

  test('one number at two agencies is one person with two posts', () => {
    const plan = planRoster(
      [
        read(2, fields('Lê Mới', { national_id: '001099000009' })),
        read(3, fields('Lê Mới', { national_id: '001099000009', agency_code: 'X12' })),
      ],
      known(),
    );
    expect(plan.rows.map((row) => row.outcome)).toEqual(['new', 'new']);
    expect(plan.newPeople.size).toBe(1);
  });

  test('two groups at one agency are two posts; the known one stays what it is', () => {
    const plan = planRoster(
      [
        read(2, fields('Trần Văn An', { national_id: '001090000001', group: 'leader' })),
        read(3, fields('Trần Văn An', { national_id: '001090000001' })),
      ],
      known(),
    );
    expect(plan.rows.map((row) => [row.outcome, row.postId])).toEqual([
      ['new', null],
      ['unchanged', 11],
    ]);
  });

  test('one number with two names is told, not guessed', () => {
    expect(
      outcomes([
        fields('Lê Thị Mới', { national_id: '001099000009' }),
        fields('Lê Thị Khác', { national_id: '001099000009', agency_code: 'X12' }),
      ]),
    ).toEqual(['new', 'error']);
  });

  test('one staff code for two people is told', () => {
    expect(
      outcomes([
        fields('Lê Một', { staff_code: 'M1', national_id: '001099000001' }),
        fields('Lê Hai', { staff_code: 'M1', national_id: '001099000002' }),
      ]),
    ).toEqual(['new', 'error']);
    expect(
      outcomes([
        fields('Trần Văn An', { staff_code: 'M2', national_id: '001090000001' }),
        fields('Lê Hai', { staff_code: 'M2', national_id: '001099000002' }),
      ]),
    ).toEqual(['changed', 'error']);
  });

  test('two of one name without anything to tell them apart: somebody decides', () => {
    const list = [fields('Nguyễn Thị Hoa'), fields('Nguyễn Thị Hoa'), fields('Nguyễn Thị Hoa', { agency_code: 'X12' })];
    expect(outcomes(list)).toEqual(['new', 'duplicate', 'new']);
    expect(outcomes(list, known(), new Map([[3, 'new']]))).toEqual(['new', 'new', 'new']);
    expect(
      outcomes([
        fields('Nguyễn Thị Hoa', { staff_code: 'H1' }),
        fields('Nguyễn Thị Hoa', { birth_date: '1990-01-01' }),
        fields('Nguyễn Thị Hoa', { birth_date: '1991-01-01' }),
      ])[2],
    ).toBe('duplicate');
  });
});

describe('decisions', () => {
  const uncertain = fields('Trần Văn An', { birth_date: '1990-01-01', agency_code: 'X12' });
  test.each<[string, Decision, string, number | null]>([
    ['the same person: a second post', { same: 1 }, 'new', 1],
    ['somebody new', 'new', 'new', -1],
    ['left out', 'skip', 'duplicate', null],
    ['somebody who is no candidate', { same: 2 }, 'duplicate', null],
  ])('%s', (_name, decision, outcome, personId) => {
    const [row] = planRoster([read(2, uncertain)], known(), new Map([[2, decision]])).rows;
    expect([row?.outcome, row?.personId]).toEqual([outcome, personId]);
  });
});

describe('a complete list', () => {
  const complete = () => known({ mode: 'complete' });
  test('who is absent is leaving, who is there or may be meant is not', () => {
    const plan = planRoster(
      [read(2, fields('Trần Văn An', { national_id: '001090000001' })), read(3, fields('Hoàng Thị Cúc'))].map(
        (row) => row,
      ),
      complete(),
    );
    expect(plan.rows.filter((row) => row.outcome === 'leaving').map((row) => row.postId)).toEqual([12, 14]);
    expect(plan.posts.find((one) => one.postId === 12)?.wanted).toEqual(
      pieces({ staffCode: 'CB02' }, '2025-07-01', TODAY),
    );
  });

  test('a faulty row protects whom it may mean', () => {
    const plan = planRoster(
      [
        read(2, fields('Trần Văn An', { national_id: '001090000001', group: 'sai' })),
        read(3, fields('Ai Đó', { staff_code: 'CB02', group: 'sai' })),
        read(4, fields('Hoàng Thị Cúc', { birth_date: 'sai' })),
      ],
      complete(),
    );
    expect(plan.rows.filter((row) => row.outcome === 'leaving').map((row) => row.postId)).toEqual([14]);
  });

  test('posts outside the import are never touched', () => {
    const plan = planRoster([], complete());
    expect(plan.rows.map((row) => row.postId)).toEqual([11, 12, 13, 14]);
  });

  test('who stands in the file at another agency has moved there', () => {
    const plan = planRoster(
      [read(2, fields('Trần Văn An', { national_id: '001090000001', agency_code: 'X12' }))],
      complete(),
    );
    expect(plan.rows.map((row) => [row.outcome, row.postId]).slice(0, 2)).toEqual([
      ['new', null],
      ['leaving', 11],
    ]);
  });
});

test('leave that was recorded survives an import', () => {
  const onLeave: KnownPost = {
    postId: 11,
    personId: 1,
    agencyId: 1,
    pieces: [
      ...pieces({}, '2025-07-01', '2026-10-01'),
      ...pieces({ onLeave: true }, '2026-10-01', '2027-02-01'),
      ...pieces({}, '2027-02-01'),
    ],
  };
  const knowledge = known({ posts: [onLeave] });
  expect(outcomes([fields('Trần Văn An', { national_id: '001090000001' })], knowledge)).toEqual(['unchanged']);
  const plan = planRoster(
    [
      read(
        2,
        fields('Trần Văn An', { national_id: '001090000001', position_title: 'Trưởng phòng', from: '2026-12-01' }),
      ),
    ],
    knowledge,
  );
  expect(plan.posts[0]?.wanted.map((piece) => [piece.from, piece.facts.positionTitle, piece.facts.onLeave])).toEqual([
    ['2025-07-01', 'Chuyên viên', false],
    ['2026-10-01', 'Chuyên viên', true],
    ['2026-12-01', 'Trưởng phòng', true],
    ['2027-02-01', 'Trưởng phòng', false],
  ]);
});

/** What the roster would know once the plan is written: ids are given, and the file is read again. */
function after(knowledge: RosterKnowledge, plan: ReturnType<typeof planRoster>): RosterKnowledge {
  const people = new Map(knowledge.people);
  const idOf = (id: number) => (id < 0 ? 1_000 - id : id);
  for (const [id, data] of plan.newPeople) people.set(idOf(id), { ...data, id: idOf(id), locked: false });
  for (const [id, data] of plan.changedPeople) people.set(id, { ...(people.get(id) as KnownPerson), ...data });
  const posts = new Map(knowledge.posts.map((one) => [one.postId, one]));
  plan.posts.forEach((one, index) => {
    const postId = one.postId ?? 1_000 + index;
    if (one.wanted.length === 0) posts.delete(postId);
    else posts.set(postId, { postId, personId: idOf(one.personId), agencyId: one.agencyId, pieces: one.wanted });
  });
  return { ...knowledge, people, posts: [...posts.values()] };
}

const anyRow = fc.record({
  full_name: fc.constantFrom('Trần Văn An', 'Phạm Thị Bình', 'Hoàng Thị Cúc', 'Lê Mới', 'Đỗ Mới'),
  national_id: fc.constantFrom('', '', '001090000001', '001099000001', '001099000002'),
  staff_code: fc.constantFrom('', '', 'CB02', 'M1', 'M2'),
  birth_date: fc.constantFrom('', '1990-01-01', '1985-05-05', '1970-07-07'),
  agency_code: fc.constantFrom('X11', 'X12'),
  position_title: fc.constantFrom('Chuyên viên', 'Trưởng phòng'),
  group: fc.constantFrom('communication', 'leader'),
  from: fc.constantFrom('', '', '2025-07-01', '2026-01-01'),
  to: fc.constantFrom('', '', '', '2026-12-31'),
});

/** Five people as a careful office would list them: each told apart by a number, a staff code, or a name and birthday of their own. */
const PEOPLE: Partial<Record<RosterColumn, string>>[] = [
  { full_name: 'Trần Văn An', national_id: '001090000001' },
  { full_name: 'Phạm Thị Bình', staff_code: 'CB02', birth_date: '1980-02-02' },
  { full_name: 'Lê Mới', national_id: '001099000001', email: 'le.moi@example.vn' },
  { full_name: 'Đỗ Mới', staff_code: 'M1' },
  { full_name: 'Ngô Chỉ Tên', birth_date: '1970-07-07' },
];
const careful = fc
  .uniqueArray(
    fc.record({
      who: fc.nat(PEOPLE.length - 1),
      position_title: fc.constantFrom('Chuyên viên', 'Trưởng phòng'),
      group: fc.constantFrom('communication', 'leader'),
      from: fc.constantFrom('', '2025-07-01', '2026-01-01', '2027-01-01'),
      to: fc.constantFrom('', '', '2027-12-31'),
    }),
    { maxLength: 5, selector: (row) => row.who },
  )
  .map((list) => list.map(({ who, ...row }) => ({ ...PEOPLE[who], agency_code: 'X11', ...row })));

test('the same careful file a second time changes nothing, in either mode', () => {
  fc.assert(fc.property(careful, fc.constantFrom('update' as const, 'complete' as const), (list, mode) => {
    const readings = list.map((one, index) => read(index + 2, one));
    const before = known({ mode });
    const plan = planRoster(readings, before);
    expect(plan.rows.filter((row) => row.line > 0).map((row) => row.outcome)).not.toContain('error');
    const again = planRoster(readings, after(before, plan));
    expect(again.rows.map((row) => row.outcome)).toEqual(list.map(() => 'unchanged'));
    expect([again.newPeople.size, again.changedPeople.size, again.posts.length]).toEqual([0, 0, 0]);
  }), { numRuns: 500 });
});

test('no plan ever gives one staff code of one agency to two people at one time, nor one number to two', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 6 }), (list) => {
      const world = after(
        known(),
        planRoster(
          list.map((one, index) => read(index + 2, one)),
          known(),
        ),
      );
      const numbers = [...world.people.values()].flatMap((one) => one.nationalIdHash ?? []);
      expect(new Set(numbers).size).toBe(numbers.length);
      const held = world.posts.flatMap((one) =>
        one.pieces.filter((piece) => piece.facts.staffCode).map((piece) => ({ ...piece, ...one })),
      );
      for (const a of held)
        for (const b of held) {
          if (a.personId !== b.personId && a.agencyId === b.agencyId && a.facts.staffCode === b.facts.staffCode)
            expect(a.from >= b.to || b.from >= a.to).toBe(true);
        }
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['NGUYỄN THỊ HOÀ', 'Nguyễn Thị Hoà'], ['H’HEN NIÊ', 'H’Hen Niê'], ['Lò Văn mẫu', 'Lò Văn mẫu'], ['A DƠI', 'A Dơi'],
])('the name %s is written %s', (given, written) => {
  expect(properName(given)).toBe(written);
});

test('a group is understood in every language it is shown in', () => {
  for (const lang of ['vi', 'en'] as const) {
    for (const group of TARGET_GROUPS) expect(readTargetGroup(text(lang, `roster.groups.${group}`))).toBe(group);
  }
  expect(readTargetGroup('Thông tin cơ sở')).toBe('grassroots-information');
  expect(readTargetGroup('cán bộ thông tin đối ngoại')).toBe('external-information');
  expect(readTargetGroup('văn nghệ')).toBeNull();
});
