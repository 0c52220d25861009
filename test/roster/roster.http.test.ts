import supertest from 'supertest';
import { one, rows } from '../../src/platform/database/sql.js';
import { Facts } from '../../src/platform/facts.js';
import { csrfOf, postForm, signInApi, signInPages } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import type { PersonRow } from '../support/world.js';

let t: TestApp;
let c: Awaited<ReturnType<TestApp['world']['country']>>;
const people: Record<string, PersonRow> = {};
const posts: Record<string, number> = {};
const http = () => supertest(t.app.getHttpServer());

/** In the order of rules/names: letters of the given name, then of the family and middle names, tones last. */
const SORTED = ['Lê Thị Ái', 'Nguyễn Văn Ai', 'Đỗ Văn Ân', 'Trần Thị Bích', 'Phạm Đức'];

beforeAll(async () => {
  t = await createTestApp();
  c = await t.world.country();
  await t.world.account('dieuphoi', c.department, {
    name: 'Zz Đầu Mối',
    group: 'official',
    roles: [{ role: 'coordinator', agency: c.province }],
  });
  await t.world.account('lang.gieng', c.neighbour, {
    name: 'Zz Láng Giềng',
    group: 'official',
    roles: [{ role: 'coordinator', agency: c.neighbour }],
  });
  await t.world.account('lanhdao', c.department, {
    name: 'Zz Người Ký',
    group: 'official',
    roles: [{ role: 'leader', agency: c.province }],
  });
  await t.world.account('quocgia', c.ministry, {
    name: 'Zz Quốc Gia',
    group: 'official',
    roles: [{ role: 'national', agency: c.nation }],
  });
  const learner = await t.world.account('hocvien', c.commune2, { name: 'Zz Học Viên', group: 'official' });
  people.hocvien = { id: learner.personId, name: 'Zz Học Viên' };
  for (const name of [...SORTED].reverse()) {
    people[name] = await t.world.person(name, { birthDate: '1990-01-02' });
    posts[name] = (
      await t.world.post(people[name], c.commune, { group: 'grassroots-information', title: 'Công chức văn hóa' })
    ).postId;
  }
  people.ngoai = await t.world.person('Ai Ở Ngoài');
  posts.ngoai = (await t.world.post(people.ngoai, c.neighbourCommune)).postId;
});
afterAll(() => t.close());

interface Page {
  items: {
    fullName: string;
    agencyCode: string;
    group: string;
    positionTitle: string;
    onLeave: boolean;
    from: string;
    to: string | null;
  }[];
  next: string | null;
}
async function roster(token: string, query = ''): Promise<Page> {
  const answer = await http().get(`/api/v1/roster${query}`).set('authorization', `Bearer ${token}`);
  expect(answer.status).toBe(200);
  return answer.body as Page;
}
const names = (page: Page) => page.items.map((item) => item.fullName);

describe('the list', () => {
  test('is sorted by given name in Vietnamese order, page by page', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    expect(names(await roster(token, '?group=grassroots-information'))).toEqual(SORTED);
    const first = await roster(token, '?group=grassroots-information&limit=3');
    const second = await roster(token, `?group=grassroots-information&limit=3&cursor=${first.next}`);
    expect([...names(first), ...names(second)]).toEqual(SORTED);
    expect(second.next).toBeNull();
  });

  test('shows one’s own part of the tree and nothing of a neighbour', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    expect(names(await roster(token, '?limit=200'))).not.toContain('Ai Ở Ngoài');
    expect(names(await roster(await signInApi(t.app, 'quocgia'), '?limit=200'))).toContain('Ai Ở Ngoài');
    const get = (url: string) => http().get(url).set('authorization', `Bearer ${token}`);
    await get('/api/v1/roster?agency=T2').expect(404);
    await get('/api/v1/roster?agency=VN').expect(404);
    await get('/api/v1/roster.csv?agency=X21').expect(404);
    await get('/api/v1/roster?group=nobody').expect(422);
    await get('/api/v1/roster?limit=100000').expect(422);
    await http().get('/api/v1/roster').expect(401);
    await http().get('/api/v1/roster').set('authorization', `Bearer ${await signInApi(t.app, 'hocvien')}`).expect(403);
  });

  test('finds without marks, in any order of words, below an agency', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    expect(names(await roster(token, '?q=ai%20le'))).toEqual(['Lê Thị Ái']);
    expect(names(await roster(token, '?q=ai'))).toEqual(['Lê Thị Ái', 'Nguyễn Văn Ai']);
    expect(names(await roster(token, '?q=100%25'))).toEqual([]);
    expect(names(await roster(token, '?agency=X12'))).toEqual(['Zz Học Viên']);
    expect(names(await roster(token, '?agency=T1&limit=200'))).toHaveLength(SORTED.length + 3);
    expect(names(await roster(token, '?asOf=2025-06-30'))).toEqual([]);
  });

  test('the CSV is the list: the same people, fit for Excel and for an import; the export is on record', async () => {
    const token = await signInApi(t.app, 'dieuphoi');
    const answer = await http()
      .get('/api/v1/roster.csv?group=grassroots-information')
      .set('authorization', `Bearer ${token}`)
      .expect(200);
    expect(answer.headers['content-type']).toContain('text/csv');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="danh-sach-2026-11-20.csv"');
    const lines = answer.text.replace('\ufeff', '').trim().split('\r\n');
    expect(lines[0]?.split(',').slice(0, 4)).toEqual(['Họ và tên', 'Ngày sinh', 'Mã cán bộ', 'Mã cơ quan']);
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(SORTED);
    const record = await one<{ details: unknown }>(
      t.database.reader,
      `SELECT details FROM audit_entry WHERE action = 'roster.exported' ORDER BY id DESC LIMIT 1`,
    );
    expect(record.details).toEqual({
      format: 'csv',
      asOf: '2026-11-20',
      group: 'grassroots-information',
      byName: false,
    });
    // What was handed out comes back as a file and changes nothing.
    const back = await http()
      .post('/api/v1/roster/imports')
      .set('authorization', `Bearer ${token}`)
      .field('agency', 'T1')
      .attach('file', Buffer.from(answer.text), 'back.csv');
    expect((back.body as { counts: unknown }).counts).toMatchObject({
      unchanged: SORTED.length,
      new: 0,
      changed: 0,
      error: 0,
      duplicate: 0,
    });
  });

  test('the workbook is a workbook', async () => {
    const agent = await signInPages(t.app, 'lanhdao');
    const answer = await agent.get('/roster.xlsx').buffer(true).parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part)).on('end', () => done(null, Buffer.concat(parts)));
    });
    expect(answer.status).toBe(200);
    expect((answer.body as Buffer).subarray(0, 2).toString()).toBe('PK');
  });

  test('the page says how many, and offers what the reader may do', async () => {
    const coordinator = await signInPages(t.app, 'dieuphoi');
    const shown = await coordinator.get('/roster').expect(200);
    expect(shown.text).toContain(`${SORTED.length + 3} người trong danh sách`);
    expect(shown.text).toContain('/roster/imports/new');
    expect((await coordinator.get('/roster?q=khong-ai')).text).toContain('Không có ai khớp với điều kiện');
    const leader = await signInPages(t.app, 'lanhdao');
    expect((await leader.get('/roster')).text).not.toContain('/roster/imports/new');
    await leader.get('/roster/imports/new').expect(403);
    await (await signInPages(t.app, 'hocvien')).get('/roster').expect(403);
    await http().get('/roster').expect(303);
  });
});

describe('one person', () => {
  test('is shown within one’s scope, with posts elsewhere mentioned and not told', async () => {
    const agent = await signInPages(t.app, 'dieuphoi');
    await agent.get(`/roster/people/${people.ngoai?.id}`).expect(404);
    await agent.get('/roster/people/999999').expect(404);
    await agent.get('/roster/people/abc').expect(422);
    const shared = await t.world.person('Đinh Hai Nơi');
    await t.world.post(shared, c.commune, { title: 'Ở đây' });
    await t.world.post(shared, c.neighbourCommune, { title: 'Ở kia' });
    const page = await agent.get(`/roster/people/${shared.id}`).expect(200);
    expect(page.text).toContain('Ở đây');
    expect(page.text).not.toContain('Ở kia');
    expect(page.text).toContain('Còn giữ vị trí ở cơ quan khác');
    expect(page.text).not.toContain('Sửa thông tin cá nhân');
  });

  test('is entered by form; who may be the same is asked about first', async () => {
    const agent = await signInPages(t.app, 'dieuphoi');
    const fields = {
      full_name: 'Vàng A Mới',
      birth_date: '03/04/1995',
      national_id: '002 095 000 111',
      agency_code: 'X12',
      position_title: 'Công chức',
      group: 'press',
      from: '2026-11-01',
    };
    const bad = await postForm(
      agent,
      '/roster/people',
      { ...fields, full_name: '', national_id: '12' },
      '/roster/people/new',
    );
    expect(bad.status).toBe(422);
    expect(bad.text).toContain('href="#full_name"');
    expect(bad.text).toContain('value="03/04/1995"');
    const outside = await postForm(agent, '/roster/people', { ...fields, agency_code: 'X21' }, '/roster/people/new');
    expect([outside.status, outside.text.includes('Không có cơ quan, đơn vị nào mang mã X21')]).toEqual([422, true]);

    const added = await postForm(agent, '/roster/people', fields, '/roster/people/new');
    expect(added.status).toBe(303);
    const made = await agent.get(added.headers.location as string);
    expect(made.text).toContain('••• ••• ••• 111');
    const twice = await postForm(agent, '/roster/people', fields, '/roster/people/new');
    expect([twice.status, twice.text.includes('đã có vị trí như vậy')]).toEqual([409, true]);

    const alike = { ...fields, national_id: '', position_title: 'Khác' };
    const asked = await postForm(agent, '/roster/people', alike, '/roster/people/new');
    expect([asked.status, asked.text.includes('Có thể người này đã có trong danh sách')]).toEqual([422, true]);
    const before = await t.world.count('person');
    expect((await postForm(agent, '/roster/people', { ...alike, person: 'new' }, '/roster/people/new')).status).toBe(
      303,
    );
    expect(await t.world.count('person')).toBe(before + 1);
  });

  test('is put right by form, and the change is on record without its contents', async () => {
    const agent = await signInPages(t.app, 'dieuphoi');
    const { id } = await t.world.person('Mùa Thị Sai', { birthDate: '1990-01-01' });
    await t.world.post({ id, name: '' }, c.commune);
    const page = `/roster/people/${id}`;
    expect(
      (
        await postForm(
          agent,
          page,
          { full_name: 'Mùa Thị Đúng', birth_date: '01/01/1990', email: 'dung@example.vn', phone: '' },
          page,
        )
      ).status,
    ).toBe(303);
    expect((await agent.get(page)).text).toContain('Mùa Thị Đúng');
    const record = await one<{ details: unknown }>(
      t.database.reader,
      `SELECT details FROM audit_entry WHERE action = 'person.edited' AND subject_id = $1`,
      [String(id)],
    );
    expect(record.details).toEqual({ fields: ['fullName', 'email'] });
    const bad = await postForm(agent, page, { full_name: 'X', email: 'khong-phai-thu' }, page);
    expect([bad.status, bad.text.includes('khong-phai-thu')]).toEqual([422, true]);
    await postForm(agent, `/roster/people/${people.ngoai?.id}`, { full_name: 'Đổi' }, '/roster').then((answer) =>
      expect(answer.status).toBe(404),
    );
  });
});

describe('one post', () => {
  const versions = (postId: number) =>
    rows<{ title: string; group: string; leave: boolean; from: string; to: string }>(
      t.database.reader,
      `SELECT position_title AS title, target_group AS "group", on_leave AS leave, valid_from AS "from", valid_to AS "to" FROM post
      WHERE post_id = $1 AND superseded_at = 'infinity' ORDER BY valid_from`,
      [postId],
    );
  const submit = async (postId: number, form: string, fields: Record<string, string>, username = 'dieuphoi') =>
    postForm(await signInPages(t.app, username), `/roster/posts/${postId}/${form}`, fields, '/roster');
  async function fresh(title = 'Chuyên viên') {
    const person = await t.world.person();
    return { person, postId: (await t.world.post(person, c.commune, { title })).postId };
  }

  test('changes from a day on; the same form again changes nothing more', async () => {
    const { postId } = await fresh();
    const change = { positionTitle: 'Phó phòng', group: 'leader', staffCode: '', from: '2026-10-01' };
    expect((await submit(postId, 'change', change)).status).toBe(303);
    expect((await submit(postId, 'change', change)).status).toBe(303);
    expect(await versions(postId)).toEqual([
      { title: 'Chuyên viên', group: 'communication', leave: false, from: '2025-07-01', to: '2026-10-01' },
      { title: 'Phó phòng', group: 'leader', leave: false, from: '2026-10-01', to: 'infinity' },
    ]);
    expect(await rows(t.database.reader, 'SELECT 1 FROM post WHERE post_id = $1', [postId])).toHaveLength(3);
  });

  test('leave is from a day to a day and can be taken back', async () => {
    const { postId } = await fresh();
    expect((await submit(postId, 'leave', { from: '2026-09-01', lastDay: '2027-02-28' })).status).toBe(303);
    expect((await versions(postId)).map((version) => [version.leave, version.from])).toEqual([
      [false, '2025-07-01'],
      [true, '2026-09-01'],
      [false, '2027-03-01'],
    ]);
    expect((await submit(postId, 'leave', { from: '2026-12-01', back: 'yes' })).status).toBe(303);
    expect((await versions(postId)).map((version) => [version.leave, version.from])).toEqual([
      [false, '2025-07-01'],
      [true, '2026-09-01'],
      [false, '2026-12-01'],
    ]);
    const backwards = await submit(postId, 'leave', { from: '2026-09-01', lastDay: '2026-08-01' });
    expect([backwards.status, backwards.text.includes('Ngày kết thúc sớm hơn')]).toEqual([422, true]);
  });

  test('ends on a last day, which is still counted', async () => {
    const { postId } = await fresh();
    expect((await submit(postId, 'end', { lastDay: '2026-11-20' })).status).toBe(303);
    expect((await versions(postId)).map((version) => version.to)).toEqual(['2026-11-21']);
    const before = await submit(postId, 'end', { lastDay: '2025-06-01' });
    expect([before.status, before.text.includes('Vị trí bắt đầu sau ngày này')]).toEqual([422, true]);
  });

  test('a transfer ends one post and begins another the same day; twice is once', async () => {
    const { person, postId } = await fresh();
    const transfer = {
      agency: 'X12',
      positionTitle: 'Công chức',
      group: 'grassroots-information',
      staffCode: 'M9',
      from: '2026-11-01',
    };
    expect((await submit(postId, 'transfer', transfer)).status).toBe(303);
    expect((await submit(postId, 'transfer', transfer)).status).toBe(303);
    const all = await rows(
      t.database.reader,
      `SELECT agency_id AS agency, valid_from AS "from", valid_to AS "to" FROM post
      WHERE person_id = $1 AND superseded_at = 'infinity' ORDER BY valid_from`,
      [person.id],
    );
    expect(all).toEqual([
      { agency: c.commune.id, from: '2025-07-01', to: '2026-11-01' },
      { agency: c.commune2.id, from: '2026-11-01', to: 'infinity' },
    ]);
    const { postId: other } = await fresh();
    expect((await submit(other, 'transfer', { ...transfer, agency: 'X21' })).status).toBe(422);
    const taken = await submit(other, 'transfer', transfer);
    expect([taken.status, taken.text.includes('Mã cán bộ này đang thuộc người khác')]).toEqual([422, true]);
    expect(await versions(other)).toHaveLength(1);
  });

  test('after a transfer the former agency keeps the record of the post, not the person', async () => {
    const moved = await t.world.person('Người Chuyển Đi', { email: 'chuyen.di@example.vn', birthDate: '1988-08-08' });
    await t.world.post(moved, c.commune, { to: '2026-11-01', title: 'Công chức cũ' });
    await t.world.post(moved, c.neighbourCommune, { from: '2026-11-01', title: 'Công chức mới' });
    const retired = await t.world.person('Người Nghỉ Hưu', { email: 'nghi.huu@example.vn' });
    await t.world.post(retired, c.commune, { to: '2026-11-01' });
    for (const person of [moved, retired]) {
      await t.database.reader.query('INSERT INTO profile_report (person_id, message, reported_at) VALUES ($1, $2, $3)',
        [person.id, `Sai ngày sinh của ${person.name}.`, t.clock.now()]);
    }
    const seenBy = async (username: string, path: string) =>
      (await http().get(path).set('cookie', `lt_access=${await signInApi(t.app, username)}`)).text;

    const former = await seenBy('dieuphoi', `/roster/people/${moved.id}`);
    expect([former.includes('Công chức cũ'), former.includes('Công chức mới'), former.includes('chuyen.di@example.vn'), former.includes('08/08/1988')])
      .toEqual([true, false, false, false]);
    expect(await seenBy('lang.gieng', `/roster/people/${moved.id}`)).toContain('chuyen.di@example.vn');
    expect(await seenBy('dieuphoi', '/roster/reports')).not.toContain('Sai ngày sinh của Người Chuyển Đi');
    expect(await seenBy('lang.gieng', '/roster/reports')).toContain('Sai ngày sinh của Người Chuyển Đi');

    // Nobody else answers for who left for good.
    expect(await seenBy('dieuphoi', `/roster/people/${retired.id}`)).toContain('nghi.huu@example.vn');
    expect(await seenBy('dieuphoi', '/roster/reports')).toContain('Sai ngày sinh của Người Nghỉ Hưu');
    await t.database.reader.query('DELETE FROM profile_report WHERE person_id = ANY ($1)', [[moved.id, retired.id]]);
  });

  test('of a neighbour is not there at all; a leader only looks', async () => {
    for (const form of ['change', 'leave', 'transfer', 'end']) {
      expect(
        (
          await submit(posts.ngoai as number, form, {
            positionTitle: 'x',
            group: 'leader',
            from: '2026-01-01',
            lastDay: '2026-01-01',
            agency: 'X11',
          })
        ).status,
      ).toBe(404);
      expect((await submit(posts[SORTED[0] as string] as number, form, {}, 'lanhdao')).status).toBe(403);
    }
    await (await signInPages(t.app, 'dieuphoi')).get(`/roster/posts/${posts.ngoai}`).expect(404);
    expect(await versions(posts.ngoai as number)).toHaveLength(1);
  });

  test('a change is told to whoever counts', async () => {
    const told: unknown[] = [];
    t.app.get(Facts).on('roster-changed', (_tx, fact) => { told.push(fact); return Promise.resolve(); });
    const { person, postId } = await fresh();
    await submit(postId, 'end', { lastDay: '2026-11-20' });
    expect(told).toEqual([{ agencyIds: [c.commune.id], personIds: [person.id] }]);
  });
});

describe('one’s own profile', () => {
  test('shows what is kept, takes a report, shows the answer', async () => {
    const agent = await signInPages(t.app, 'hocvien');
    const shown = await agent.get('/profile').expect(200);
    expect(shown.text).toContain('Zz Học Viên');
    expect(shown.text).toContain('Phường Mẫu Hai, Tỉnh Ví Dụ Một');
    const empty = await postForm(agent, '/profile/reports', { message: '  ' }, '/profile');
    expect([empty.status, empty.text.includes('Mục này chưa được điền')]).toEqual([422, true]);
    const words = { message: 'Ngày sinh của tôi là 02/03/1991 <b>' };
    for (const _press of [1, 2])
      expect((await postForm(agent, '/profile/reports', words, '/profile')).status).toBe(303);
    const reports = await rows<{ id: number }>(t.database.reader, 'SELECT id FROM profile_report');
    expect(reports).toHaveLength(1);
    const { id } = reports[0] as { id: number };

    const neighbour = await signInPages(t.app, 'lang.gieng');
    expect((await neighbour.get('/roster/reports').expect(200)).text).not.toContain('02/03/1991');
    expect((await postForm(neighbour, `/roster/reports/${id}`, { answer: 'x' }, '/roster')).status).toBe(404);
    const coordinator = await signInPages(t.app, 'dieuphoi');
    const list = await coordinator.get('/roster/reports').expect(200);
    expect(list.text).toContain('1 phản ánh chờ xử lý');
    expect(list.text).toContain('02/03/1991 &lt;b&gt;');
    expect((await coordinator.get('/roster')).text).toContain('1 phản ánh chờ xử lý');
    expect((await postForm(coordinator, `/roster/reports/${id}`, { answer: '' }, '/roster/reports')).status).toBe(422);
    expect(
      (await postForm(coordinator, `/roster/reports/${id}`, { answer: 'Đã sửa ngày sinh.' }, '/roster/reports')).status,
    ).toBe(303);
    expect((await coordinator.get('/roster/reports?settled=yes')).text).toContain('Đã sửa ngày sinh.');
    expect((await agent.get('/profile')).text).toContain('Đã sửa ngày sinh.');
  });

  test('speaks English to who asks for it', async () => {
    const agent = await signInPages(t.app, 'hocvien');
    await agent.get('/language/en?to=/profile').expect(303);
    expect((await agent.get('/profile')).text).toContain('Something wrong?');
  });

  test('is nobody’s but one’s own', async () => {
    await http().get('/profile').expect(303);
    await http().post('/profile/reports').send('message=x').expect(403);
  });
});

describe('declared numbers', () => {
  const declare = async (fields: Record<string, string>, username = 'dieuphoi') =>
    postForm(
      await signInPages(t.app, username),
      '/roster/headcounts',
      { agency: 'X11', from: '2026-01-01', ...fields },
      '/roster/headcounts',
    );
  const declared = () =>
    rows(
      t.database.reader,
      `SELECT measure, headcount, valid_from AS "from", valid_to AS "to" FROM headcount_declaration h
    WHERE agency_id = $1 AND superseded_at = 'infinity' ORDER BY measure, valid_from`,
      [c.commune.id],
    );

  test('hold until the next is declared; what was believed before stays', async () => {
    expect((await declare({ measure: 'officials', headcount: '1.200' })).status).toBe(303);
    expect((await declare({ measure: 'officials', headcount: '1.200' })).status).toBe(303);
    expect((await declare({ measure: 'officials', headcount: '1150', from: '2026-07-01' })).status).toBe(303);
    expect((await declare({ measure: 'officials', headcount: '1180' })).status).toBe(303);
    expect(await declared()).toEqual([
      { measure: 'officials', headcount: 1180, from: '2026-01-01', to: '2026-07-01' },
      { measure: 'officials', headcount: 1150, from: '2026-07-01', to: 'infinity' },
    ]);
    expect(await rows(t.database.reader, 'SELECT 1 FROM headcount_declaration')).toHaveLength(4);
    const page = await (await signInPages(t.app, 'dieuphoi')).get('/roster/headcounts?agency=X11').expect(200);
    expect(page.text).toContain('1.180');
  });

  test('more informed than there are is a slip; letters are no number; neighbours are out of reach', async () => {
    const more = await declare({ measure: 'officials-informed', headcount: '9999' });
    expect([more.status, more.text.includes('nhiều hơn số cán bộ đã khai (1.180)')]).toEqual([422, true]);
    expect((await declare({ measure: 'officials-informed', headcount: 'ba' })).status).toBe(422);
    expect((await declare({ measure: 'officials', headcount: '5', agency: 'X21' })).status).toBe(422);
    expect((await declare({ measure: 'officials', headcount: '5' }, 'lanhdao')).status).toBe(403);
    await (await signInPages(t.app, 'dieuphoi')).get('/roster/headcounts?agency=X21').expect(404);
  });
});

test('a form without its token is refused', async () => {
  const agent = await signInPages(t.app, 'dieuphoi');
  expect(csrfOf((await agent.get('/roster/headcounts')).text)).not.toBe('');
  await agent.post('/roster/headcounts').type('form').send('agency=X11').expect(403);
});
