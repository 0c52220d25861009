import supertest from 'supertest';
import { one, rows } from '../../src/platform/database/sql.js';
import { writeXlsx } from '../../src/platform/spreadsheets/index.js';
import { workbook } from '../platform/spreadsheets/zip.js';
import { postForm, signInApi, signInPages } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { postFile } from '../support/upload.js';

let t: TestApp;
let c: Awaited<ReturnType<TestApp['world']['country']>>;
const http = () => supertest(t.app.getHttpServer());

beforeAll(async () => {
  t = await createTestApp();
  c = await t.world.country();
  await t.world.account('dieuphoi', c.department, {
    name: 'Đầu Mối Tỉnh',
    roles: [{ role: 'coordinator', agency: c.province }],
  });
  await t.world.account('lang.gieng', c.neighbour, {
    name: 'Đầu Mối Láng Giềng',
    roles: [{ role: 'coordinator', agency: c.neighbour }],
  });
  await t.world.account('lanhdao', c.department, { name: 'Người Ký', roles: [{ role: 'leader', agency: c.province }] });
  await t.world.account('hocvien', c.commune, { name: 'Học Viên' });
});
afterAll(() => t.close());

/** Each test begins with the fixtures alone: what others imported is gone, whom they let leave is back. */
beforeEach(async () => {
  t.clock.set('2026-11-20T14:00:00+07:00');
  await t.database.reader.query(`
    DELETE FROM roster_import; DELETE FROM post WHERE import_id IS NOT NULL; UPDATE post SET superseded_at = 'infinity';
    DELETE FROM post WHERE person_id NOT IN (SELECT person_id FROM account);
    DELETE FROM person WHERE id NOT IN (SELECT person_id FROM account)`);
});

const HEADER = 'Họ và tên,Số định danh,Ngày sinh,Mã cán bộ,Mã cơ quan,Chức danh,Nhóm,Từ ngày';
const csv = (...lines: string[]) => [HEADER, ...lines].join('\n');
const AN = 'Trần Văn An,001090000001,01/01/1990,CB1,X11,Công chức văn hóa,thông tin cơ sở,01/07/2025';
const BINH = 'Phạm Thị Bình,001190000002,02/02/1992,CB2,X12,Công chức văn hóa,thông tin cơ sở,01/07/2025';

interface Row {
  line: number | null;
  outcome: string;
  fullName: string;
  problems: { column: string; code: string; detail: string }[];
  changes: { field: string; before: string; after: string }[];
  candidates: { personId: number }[];
}
interface Import {
  id: number;
  status: string;
  counts: Record<string, number>;
  rows: Row[];
  next: string | null;
  code?: string;
  errors?: { field: string; code: string }[];
}

async function upload(
  token: string,
  body: string | Buffer,
  fields: Record<string, string> = {},
): Promise<{ status: number; body: Import }> {
  const request = http().post('/api/v1/roster/imports').set('authorization', `Bearer ${token}`);
  for (const [key, value] of Object.entries({ agency: 'T1', ...fields })) void request.field(key, value);
  const answer = await request.attach('file', Buffer.from(body), 'danh-sach.csv');
  return { status: answer.status, body: answer.body as Import };
}
const confirm = (token: string, id: number) =>
  http().post(`/api/v1/roster/imports/${id}/confirm`).set('authorization', `Bearer ${token}`);
async function applied(token: string, body: string, fields: Record<string, string> = {}): Promise<Import> {
  const { body: preview } = await upload(token, body, fields);
  await confirm(token, preview.id).expect(200);
  return preview;
}
const counts = (change: Partial<Record<string, number>> = {}) => ({
  new: 0,
  changed: 0,
  unchanged: 0,
  leaving: 0,
  duplicate: 0,
  error: 0,
  ...change,
});
const person = (name: string) =>
  one<{
    id: number;
    fullName: string;
    birthDate: string | null;
    email: string | null;
    tail: string | null;
    hash: string | null;
  }>(
    t.database.reader,
    'SELECT id, full_name AS "fullName", birth_date AS "birthDate", email, national_id_tail AS tail, national_id_hash AS hash FROM person WHERE full_name = $1',
    [name],
  );

describe('who may', () => {
  test('nobody without signing in; no leader, no learner', async () => {
    await http()
      .post('/api/v1/roster/imports')
      .attach('file', Buffer.from(csv(AN)), 'a.csv')
      .expect(401);
    for (const username of ['lanhdao', 'hocvien'])
      expect((await upload(await signInApi(t.app, username), csv(AN))).status).toBe(403);
  });

  test('a coordinator names no agency of a neighbour, and rows of it are errors', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    const other = await upload(token, csv(AN), { agency: 'T2' });
    expect([other.status, other.body.errors?.[0]]).toMatchObject([422, { field: 'agency', code: 'agency-unknown' }]);
    const inside = await upload(token, csv(AN, 'Lê Ngoài,,,,X21,Công chức,khác,'));
    expect(inside.body.counts).toEqual(counts({ new: 1, error: 1 }));
    expect(inside.body.rows[0]).toMatchObject({
      line: 3,
      problems: [{ column: 'agency_code', code: 'agency-out-of-scope' }],
    });
  });

  test('a preview is seen, decided and confirmed by its own importer only', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    const neighbour = await signInApi(t.app, 'lang.gieng');
    const { body } = await upload(token, csv(AN));
    await http().get(`/api/v1/roster/imports/${body.id}`).set('authorization', `Bearer ${neighbour}`).expect(404);
    await confirm(neighbour, body.id).expect(404);
    await http().post(`/api/v1/roster/imports/${body.id}/decisions`).set('authorization', `Bearer ${neighbour}`)
      .send({ decisions: [{ line: 2, person: 'skip' }] }).expect(404);
  });
});

describe('preview and confirm', () => {
  test('nothing is applied before; confirmed twice at once it is applied once; the same file again changes nothing', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    const people = await t.world.count('person');
    const { status, body } = await upload(token, csv(AN, BINH));
    expect([status, body.counts]).toEqual([201, counts({ new: 2 })]);
    expect(await t.world.count('person')).toBe(people);

    const both = await Promise.all([confirm(token, body.id), confirm(token, body.id)]);
    expect(both.map((answer) => answer.status)).toEqual([200, 200]);
    expect(both[1]?.body).toEqual({ id: body.id, status: 'confirmed', counts: counts({ new: 2 }) });
    expect(await t.world.count('person')).toBe(people + 2);

    const again = await upload(token, csv(AN, BINH));
    expect(again.body.counts).toEqual(counts({ unchanged: 2 }));
    const posts = await t.world.count('post');
    await confirm(token, again.body.id).expect(200);
    expect(await t.world.count('post')).toBe(posts);
  });

  test('the national number is kept nowhere, only its keyed hash and last three digits', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    await applied(token, csv(AN));
    const an = await person('Trần Văn An');
    expect(an).toMatchObject({ tail: '001', birthDate: '1990-01-01' });
    expect(an.hash).toMatch(/^[0-9a-f]{64}$/);
    for (const [table, column] of [
      ['person', 'person'],
      ['roster_import_row', 'reading'],
      ['audit_entry', 'details'],
    ] as const) {
      const found = await rows(t.database.reader, `SELECT 1 FROM ${table} WHERE ${column}::text LIKE '%001090000001%'`);
      expect(found).toHaveLength(0);
    }
  });

  test('a changed title supersedes: as known before, the old one is still there', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    await applied(token, csv(AN));
    t.clock.advance({ minutes: 5 });
    const change = await applied(
      token,
      csv(AN.replace('Công chức văn hóa', 'Phó trưởng phòng').replace('01/07/2025', '01/11/2026')),
    );
    expect(change.rows[0]?.changes).toMatchObject([
      { field: 'positionTitle', before: 'Công chức văn hóa', after: 'Phó trưởng phòng' },
    ]);
    const versions = await rows<{ title: string; from: string; to: string; believed: boolean; importId: number }>(
      t.database.reader,
      `SELECT position_title AS title, valid_from AS "from", valid_to AS "to", superseded_at = 'infinity' AS believed, import_id AS "importId"
         FROM post WHERE person_id = $1 ORDER BY believed, valid_from`, [(await person('Trần Văn An')).id]);
    expect(versions).toMatchObject([
      { title: 'Công chức văn hóa', from: '2025-07-01', to: 'infinity', believed: false },
      { title: 'Công chức văn hóa', from: '2025-07-01', to: '2026-11-01', believed: true },
      { title: 'Phó trưởng phòng', from: '2026-11-01', to: 'infinity', believed: true, importId: change.id },
    ]);
  });

  test('confirming when the roster has changed meanwhile is refused once, with the preview made anew', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    const first = await upload(token, csv(AN));
    const second = await upload(token, csv(AN));
    await confirm(token, first.body.id).expect(200);
    const stale = await confirm(token, second.body.id);
    expect([stale.status, (stale.body as Import).code]).toEqual([409, 'import-stale']);
    const looked = await http().get(`/api/v1/roster/imports/${second.body.id}`).set('authorization', `Bearer ${token}`);
    expect((looked.body as Import).counts).toEqual(counts({ unchanged: 1 }));
    await confirm(token, second.body.id).expect(200);
  });

  test('two different imports of the same new person at once make one person', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    const imports = [await upload(token, csv(AN)), await upload(token, csv(AN.replace('CB1', 'CB9')))];
    const answers = await Promise.all(imports.map(({ body }) => confirm(token, body.id)));
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 409]);
    expect(await rows(t.database.reader, `SELECT 1 FROM person WHERE full_name = 'Trần Văn An'`)).toHaveLength(1);
  });

  test('a complete list lets the absent leave today, and says so first', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    await applied(token, csv(AN, BINH), { agency: 'X11' });
    await applied(token, csv(BINH), { agency: 'X12' });
    const { body } = await upload(token, csv(AN), { agency: 'X11', mode: 'complete' });
    // The learner of the fixtures holds a post there too.
    expect(body.counts).toEqual(counts({ unchanged: 1, leaving: 1 }));
    expect(body.rows.find((row) => row.outcome === 'leaving')).toMatchObject({ line: null, fullName: 'Học Viên' });
    await confirm(token, body.id).expect(200);
    const on = async (asOf: string) =>
      (
        (await http().get(`/api/v1/roster?agency=X11&asOf=${asOf}`).set('authorization', `Bearer ${token}`)).body as {
          items: { fullName: string }[];
        }
      ).items.map((item) => item.fullName);
    expect(await on('2026-11-19')).toEqual(['Trần Văn An', 'Học Viên']);
    expect(await on('2026-11-20')).toEqual(['Trần Văn An']);
  });

  test('what is wrong is said by row and column in words; the rest is applied', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    const { body } = await upload(token, csv(AN, 'Lê Sai,12345,31/02/1990,,X99,,văn nghệ,'));
    expect(body.counts).toEqual(counts({ new: 1, error: 1 }));
    expect(body.rows[0]?.problems.map((problem) => [problem.column, problem.code])).toEqual([
      ['national_id', 'national-id-form'],
      ['birth_date', 'not-a-date'],
      ['group', 'group-word-unknown'],
      ['position_title', 'required'],
      ['agency_code', 'agency-unknown'],
    ]);
    expect(body.rows[0]?.problems[0]?.detail).toBe(
      'Số định danh phải đủ 12 chữ số (đang có 5). Nếu Excel làm mất số 0 ở đầu, đặt cột này là Văn bản (Text).',
    );
    await confirm(token, body.id).expect(200);
    expect((await person('Trần Văn An')).fullName).toBe('Trần Văn An');
  });
});

describe('identity', () => {
  test('who also works in another province keeps name and contacts, and gets the post', async () => {
    const neighbour = await signInApi(t.app, 'lang.gieng');
    await applied(neighbour, csv(AN.replace('X11', 'X21')), { agency: 'T2' });
    const token = await signInApi(t.app, 'dieuphoi');
    const { body } = await upload(token, csv(AN.replace('Trần Văn An', 'Trần Đổi Tên')));
    expect(body.rows[0]).toMatchObject({ outcome: 'new', problems: [{ code: 'identity-kept' }] });
    expect(JSON.stringify(body)).not.toContain('Trần Văn An');
    await confirm(token, body.id).expect(200);
    const an = await person('Trần Văn An');
    expect(
      await rows(t.database.reader, `SELECT 1 FROM post WHERE person_id = $1 AND superseded_at = 'infinity'`, [an.id]),
    ).toHaveLength(2);
    // Nor may the page change it.
    const agent = await signInPages(t.app, 'dieuphoi');
    const refused = await postForm(agent, `/roster/people/${an.id}`, { full_name: 'Trần Đổi Tên' });
    expect(refused.status).toBe(403);
  });

  test('where only the name agrees somebody decides; deciding shows what follows', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    await applied(token, csv(AN));
    const an = await person('Trần Văn An');
    const { body } = await upload(token, csv('Trần Văn An,,01/01/1990,,X12,Chuyên viên,truyền thông,'));
    expect(body.rows[0]).toMatchObject({ outcome: 'duplicate', candidates: [{ personId: an.id }] });
    const decide = (person: unknown) =>
      http()
        .post(`/api/v1/roster/imports/${body.id}/decisions`)
        .set('authorization', `Bearer ${token}`)
        .send({ decisions: [{ line: 2, person }] });
    await decide(999_999).expect(422);
    expect(((await decide('skip').expect(200)).body as Import).counts).toEqual(counts({ duplicate: 1 }));
    expect(((await decide('new').expect(200)).body as Import).counts).toEqual(counts({ new: 1 }));
    expect(((await decide(an.id).expect(200)).body as Import).counts).toEqual(counts({ new: 1 }));
    await confirm(token, body.id).expect(200);
    expect(await rows(t.database.reader, `SELECT 1 FROM person WHERE full_name = 'Trần Văn An'`)).toHaveLength(1);
    await decide('new').expect(409);
  });
});

/** A name of letters for each number: 0 → A, 26 → BA. */
const letters = (n: number): string =>
  (n < 26 ? '' : letters(Math.floor(n / 26))) + String.fromCharCode(65 + (n % 26)) + 'n';

describe('files', () => {
  test.each([
    ['a file of another kind', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file-not-a-table'],
    ['Excel 97', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file-old-excel'],
    [
      'TCVN3',
      Buffer.concat([Buffer.from('ho ten,chuc danh,nhom\n'), Buffer.from('4e677579d46e', 'hex')]),
      'file-encoding',
    ],
    ['no column for the group', 'họ tên,chức danh\nLê,Công chức', 'column-missing'],
    [
      'a zip bomb',
      workbook([{ xml: `<worksheet><sheetData>${' '.repeat(30_000_000)}</sheetData></worksheet>` }]),
      'file-unpacks-too-large',
    ],
    ['100,001 rows', `${HEADER}\n${'x,,,,,,,\n'.repeat(100_001)}`, 'file-too-many-rows'],
  ])('%s is refused on the field', async (_name, body, code) => {
    const { status, body: answer } = await upload(await signInApi(t.app, 'dieuphoi'), body);
    expect([status, answer.errors?.[0]?.field, answer.errors?.[0]?.code]).toEqual([422, 'file', code]);
    expect(await t.world.count('roster_import')).toBe(0);
  });

  test('UTF-16 with tabs, and a workbook with dates as Excel keeps them, say the same', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    await applied(token, csv(AN));
    const utf16 = Buffer.from(`\ufeff${csv(AN).replaceAll(',', '\t')}`, 'utf16le');
    expect((await upload(token, utf16)).body.counts).toEqual(counts({ unchanged: 1 }));
    const parts: Buffer[] = [];
    const columns = [
      'full_name',
      'national_id',
      'birth_date',
      'staff_code',
      'agency_code',
      'position_title',
      'group',
      'from',
    ].map((header, index) => ({
      header,
      value: (row: string[]) =>
        /^\d\d\/\d\d\/\d{4}$/.test(row[index] ?? '')
          ? (row[index] as string).split('/').reverse().join('-')
          : row[index],
      kind: ['birth_date', 'from'].includes(header) ? ('date' as const) : ('text' as const),
    }));
    for await (const part of writeXlsx([{ name: 'x', columns, rows: [AN.split(',')] } as never]))
      parts.push(part as Buffer);
    expect((await upload(token, Buffer.concat(parts))).body.counts).toEqual(counts({ unchanged: 1 }));
  });

  test('a formula is an error of its cell', async () => {
    const cell = (text: string) => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
    const sheet = `<worksheet><sheetData><row>${['full_name', 'position_title', 'group'].map(cell).join('')}</row>
      <row><c><f>A1</f><v>Lê</v></c>${cell('Công chức')}${cell('khác')}</row></sheetData></worksheet>`;
    const { body } = await upload(await signInApi(t.app, 'dieuphoi'), workbook([{ xml: sheet }]), { agency: 'X11' });
    expect(body.rows[0]?.problems).toMatchObject([{ column: 'full_name', code: 'cell-formula' }]);
  });

  test('25,000 people take seconds, to preview and to confirm', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    const list = Array.from(
      { length: 25_000 },
      (_, index) =>
        `Nguyễn Văn ${letters(index)},${String(1_000_000_000 + index).padStart(12, '0')},,N${index},X1${1 + (index % 2)},Công chức,thông tin cơ sở,01/07/2025`,
    );
    const started = performance.now();
    const { body } = await upload(token, csv(...list));
    const previewed = performance.now();

    expect(body.counts).toEqual(counts({ new: 25_000 }));
    await confirm(token, body.id).expect(200);
    const confirmed = performance.now();
    expect(previewed - started).toBeLessThan(15_000);
    expect(confirmed - previewed).toBeLessThan(25_000);
    const again = await upload(token, csv(...list));
    expect(again.body.counts).toEqual(counts({ unchanged: 25_000 }));
  }, 90_000);
});

describe('the pages', () => {
  test('upload, look, decide, confirm', async () => {
    const api = await signInApi(t.app, 'dieuphoi');
    await applied(api, csv(AN));
    const agent = await signInPages(t.app, 'dieuphoi');
    const form = await agent.get('/roster/imports/new').expect(200);
    expect(form.text).toContain('Tỉnh Ví Dụ Một (T1)');
    const sent = await postFile(
      agent,
      '/roster/imports',
      csv(BINH, 'Trần Văn An,,01/01/1990,,X12,Chuyên viên,truyền thông,', 'Lê Sai,1,,,X11,x,y,'),
      { agency: 'T1', mode: 'update' },
      { from: '/roster/imports/new' },
    );
    expect(sent.status).toBe(303);
    const at = sent.headers.location as string;
    const shown = await agent.get(at).expect(200);
    expect(shown.text).toContain('1 thay đổi chờ xác nhận, 1 dòng cần quyết định, 1 dòng có lỗi');
    expect(shown.text).toContain('Cột số định danh: Số định danh phải đủ 12 chữ số');
    expect((await agent.get(`${at}?outcome=error`)).text).not.toContain('Phạm Thị Bình');

    const nothing = await postForm(agent, `${at}/decisions`, { outcome: 'duplicate' }, at);
    expect([nothing.status, nothing.text.includes('Chọn ít nhất một dòng')]).toEqual([422, true]);
    const decided = await postForm(agent, `${at}/decisions`, { outcome: 'duplicate', 'decision-3': 'new' }, at);
    expect([decided.status, decided.headers.location]).toEqual([303, `${at}?outcome=duplicate`]);
    expect((await agent.get(at)).text).toContain('2 thay đổi chờ xác nhận, 1 dòng có lỗi');
    expect((await postForm(agent, `${at}/confirm`, {}, at)).status).toBe(303);
    expect((await agent.get(at)).text).toContain('Đã áp dụng 2 thay đổi');
  });

  test('a bad file comes back with what was chosen', async () => {
    const agent = await signInPages(t.app, 'dieuphoi');
    const sent = await postFile(
      agent,
      '/roster/imports',
      '%PDF',
      { agency: 'X11', mode: 'complete' },
      { from: '/roster/imports/new' },
    );
    expect(sent.status).toBe(422);
    expect(sent.text).toContain('Tệp này không phải bảng tính');
    expect(sent.text).toMatch(/value="X11" selected/);
    expect(sent.text).toMatch(/value="complete" checked/);
  });

  test('the template is a file that the import understands', async () => {
    const agent = await signInPages(t.app, 'dieuphoi');
    const file = await agent.get('/roster/imports/template.xlsx').buffer(true).parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
    });
    expect(file.headers['content-type']).toContain('spreadsheetml');
    const { body } = await upload(await signInApi(t.app, 'dieuphoi'), file.body as Buffer);
    // Its columns are right; it has no rows yet.
    expect(body.errors).toMatchObject([{ field: 'file', code: 'file-empty' }]);
  });
});

test('what files said of people is emptied after half a year; outcomes stay', async () => {
  const token = await signInApi(t.app, 'dieuphoi');
  const { id } = await applied(token, csv(AN));
  t.clock.advance({ days: 179 });
  await t.jobs.drain();
  const kept = () =>
    one<{ kept: boolean; outcome: string }>(
      t.database.reader,
      `SELECT reading ? 'values' AS kept, outcome FROM roster_import_row WHERE import_id = $1`,
      [id],
    );
  const { ForgetImportReadings } = await import('../../src/roster/forget-import-readings.js');
  await t.app.get(ForgetImportReadings).run();
  expect(await kept()).toEqual({ kept: true, outcome: 'new' });
  t.clock.advance({ days: 2 });
  await t.app.get(ForgetImportReadings).run();
  expect(await kept()).toEqual({ kept: false, outcome: 'new' });
});
