import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { one, rows } from '../../src/platform/database/sql.js';
import { postForm, signInApi, signInPages } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD, type AccountRow, type AgencyRow } from '../support/world.js';

let test: TestApp;
let country: Record<'nation' | 'ministry' | 'province' | 'commune' | 'commune2' | 'neighbour' | 'neighbourCommune', AgencyRow>;
const accounts = new Map<string, AccountRow>();

beforeAll(async () => {
  test = await createTestApp();
  country = await test.world.country();
  const add = async (username: string, agency: AgencyRow, options?: Parameters<typeof test.world.account>[2]) =>
    accounts.set(username, await test.world.account(username, agency, options));
  const { nation, province, commune, neighbour, neighbourCommune } = country;
  await add('dau.moi.tinh', province, { roles: [{ role: 'coordinator', agency: province }] });
  await add('dau.moi.xa', commune, { roles: [{ role: 'coordinator', agency: commune }] });
  await add('dau.moi.ban', neighbour, { roles: [{ role: 'coordinator', agency: neighbour }] });
  await add('lanh.dao', province, { roles: [{ role: 'leader', agency: province }] });
  await add('hoc.vien.xa', commune, { name: 'Nguyễn Thị Mẫu' });
  await add('hoc.vien.ban', neighbourCommune, { name: 'Trần Văn Láng' });
  // Sits in the province, reaches the whole country.
  await add('quoc.gia', province, { roles: [{ role: 'national', agency: nation }] });
  // Sits in the province, coordinates the neighbour.
  await add('kiem.nhiem', province, { roles: [{ role: 'coordinator', agency: neighbour }] });
  await add('quan.tri', nation, { roles: [{ role: 'administrator', agency: nation }] });
});
afterAll(() => test.close());

const idOf = (username: string) => accounts.get(username)?.id ?? 0;
async function api(username: string) {
  const token = await signInApi(test.app, username);
  const http = supertest(test.app.getHttpServer());
  return {
    get: (path: string) => http.get(path).set('authorization', `Bearer ${token}`),
    post: (path: string, body: object = {}) => http.post(path).set('authorization', `Bearer ${token}`).send(body),
    delete: (path: string) => http.delete(path).set('authorization', `Bearer ${token}`),
  };
}
interface Listed { items: { name: string; username: string | null; state: string; manageable: boolean }[]; next: string | null }
const bodyOf = <T>(answer: supertest.Response) => answer.body as T;
const code = (answer: supertest.Response) => (answer.body as { code?: string }).code;

describe('the list of accounts', () => {
  it('is closed to nobody and to those without the permission', async () => {
    await supertest(test.app.getHttpServer()).get('/accounts').expect(303).expect('location', '/sign-in?to=%2Faccounts');
    await supertest(test.app.getHttpServer()).get('/api/v1/accounts').expect(401);
    await (await signInPages(test.app, 'lanh.dao')).get('/accounts').expect(403);
    await (await api('hoc.vien.xa')).get('/api/v1/accounts').expect(403);
  });

  it('shows people of my part of the tree only', async () => {
    const mine = bodyOf<Listed>(await (await api('dau.moi.tinh')).get('/api/v1/accounts').expect(200));
    const names = mine.items.map((item) => item.username);
    expect(names).toEqual(expect.arrayContaining(['dau.moi.tinh', 'dau.moi.xa', 'hoc.vien.xa', 'quoc.gia', 'kiem.nhiem']));
    expect(names).not.toContain('hoc.vien.ban');
    const below = await (await api('dau.moi.xa')).get('/api/v1/accounts').expect(200);
    expect((below.body as Listed).items.map((item) => item.username).sort()).toEqual(['dau.moi.xa', 'hoc.vien.xa']);
  });

  it('is searched without marks, filtered, and paged in the order of given names', async () => {
    const mine = await api('dau.moi.tinh');
    const found = await mine.get('/api/v1/accounts?q=nguyen%20thi%20mau');
    expect((found.body as Listed).items.map((item) => item.username)).toEqual(['hoc.vien.xa']);
    const byUsername = await mine.get('/api/v1/accounts?q=hoc.vien');
    expect((byUsername.body as Listed).items.map((item) => item.username)).toEqual(['hoc.vien.xa']);
    const leaders = await mine.get('/api/v1/accounts?role=leader');
    expect((leaders.body as Listed).items.map((item) => item.username)).toEqual(['lanh.dao']);

    for (let n = 0; n < 60; n += 1) {
      await test.world.post(await test.world.person(`Phạm Văn ${String.fromCharCode(65 + (n % 20))}${n}`), country.commune2);
    }
    const names: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const answer: supertest.Response = await mine.get(`/api/v1/accounts?state=none${next ? `&cursor=${next}` : ''}`).expect(200);
      names.push(...bodyOf<Listed>(answer).items.map((item) => item.name));
      next = bodyOf<Listed>(answer).next;
    }
    expect(names).toHaveLength(60);
    expect(new Set(names).size).toBe(60);
    await mine.get('/api/v1/accounts?cursor=nonsense').expect(422);
    const page = await (await signInPages(test.app, 'dau.moi.tinh')).get('/accounts?state=none').expect(200);
    expect(page.text).toContain('Tài khoản: 60 người chưa có');
    expect(page.text).toContain('rel="next"');
  });

  it('keeps in reach who has left but can still sign in', async () => {
    const person = await test.world.person('Đinh Thị Nghỉ');
    await test.world.post(person, country.commune, { from: '2025-07-01', to: '2026-09-01' });
    await test.database.reader.query(
      `INSERT INTO account (person_id, username, created_at) VALUES ($1, 'da.nghi', $2)`, [person.id, test.clock.now()]);
    const mine = await (await api('dau.moi.tinh')).get('/api/v1/accounts?q=da.nghi').expect(200);
    expect(bodyOf<Listed>(mine).items).toMatchObject([{ name: 'Đinh Thị Nghỉ', manageable: true }]);
    const elsewhere = await (await api('dau.moi.ban')).get('/api/v1/accounts?q=da.nghi').expect(200);
    expect((elsewhere.body as Listed).items).toEqual([]);
  });
});

describe('making accounts', () => {
  it('from the ticked people: usernames from names, a sheet of codes, no marks, no two alike', async () => {
    const people = [];
    for (const name of ['Đặng Thị Hòa', 'Đặng Thị Hoà', 'H’Hen Mẫu']) {
      const person = await test.world.person(name);
      await test.world.post(person, country.commune);
      people.push(person.id);
    }
    const agent = await signInPages(test.app, 'dau.moi.xa');
    const sheet = await postForm(agent, '/accounts', { person: people.map(String) });
    expect(sheet.status).toBe(200);
    expect(sheet.headers['cache-control']).toBe('no-store');
    for (const username of ['dang.thi.hoa', 'dang.thi.hoa2', 'h.hen.mau']) expect(sheet.text).toContain(`>${username}<`);
    const codes = sheet.text.match(/<code>[0-9A-Z]{5}-[0-9A-Z]{5}<\/code>/g) ?? [];
    expect(new Set(codes).size).toBe(3);

    // Pressed twice: the sheet that is seen is the one that is good; nobody gets two accounts.
    const again = await postForm(agent, '/accounts', { person: people.map(String) });
    const newer = again.text.match(/<code>[0-9A-Z]{5}-[0-9A-Z]{5}<\/code>/g) ?? [];
    expect(newer).toHaveLength(3);
    expect(newer).not.toEqual(codes);
    const live = await one<{ accounts: number; codes: number }>(test.database.reader,
      `SELECT count(DISTINCT a.id)::int AS accounts, count(c.id)::int AS codes FROM account a
         LEFT JOIN one_time_code c ON c.account_id = a.id AND c.withdrawn_at IS NULL WHERE a.person_id = ANY($1)`, [people]);
    expect(live).toEqual({ accounts: 3, codes: 3 });
    const audited = await rows(test.database.reader, `SELECT 1 FROM audit_entry WHERE action = 'access.account-created'`);
    expect(audited).toHaveLength(3);
  });

  it('leaves accounts in use alone and says so', async () => {
    const answer = await (await api('dau.moi.xa')).post('/api/v1/accounts', { people: [accounts.get('hoc.vien.xa')?.personId] });
    expect(answer.body).toEqual({ codes: [], passedOver: [{ personId: accounts.get('hoc.vien.xa')?.personId, reason: 'account-active' }] });
  });

  it('makes none for people elsewhere: they do not exist, and then nobody gets any', async () => {
    const mine = await test.world.person('Người Của Xã');
    await test.world.post(mine, country.commune);
    const other = await test.world.person('Người Nơi Khác');
    await test.world.post(other, country.neighbourCommune);
    const before = await test.world.count('account');
    await (await api('dau.moi.tinh')).post('/api/v1/accounts', { people: [mine.id, other.id] }).expect(404);
    expect(await test.world.count('account')).toBe(before);
  });

  it('nor for somebody who also holds a post outside: it would open what is not mine', async () => {
    const both = await test.world.person('Người Hai Nơi');
    await test.world.post(both, country.commune);
    await test.world.post(both, country.neighbourCommune);
    const refused = await (await api('dau.moi.tinh')).post('/api/v1/accounts', { people: [both.id] }).expect(200);
    expect(refused.body).toEqual({ codes: [], passedOver: [{ personId: both.id, reason: 'account-elsewhere' }] });
    const made = await (await api('quoc.gia')).post('/api/v1/accounts', { people: [both.id] }).expect(200);
    expect(bodyOf<{ codes: unknown[] }>(made).codes).toHaveLength(1);
  });

  it('asks for at least one', async () => {
    const answer = await postForm(await signInPages(test.app, 'dau.moi.xa'), '/accounts');
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Chưa chọn ai');
  });
});

describe('what a manager may do to an account', () => {
  const WRITES = ['code', 'disable', 'enable', 'grants'];

  it.each([
    ['dau.moi.tinh', 'hoc.vien.ban', 404, 'not-found'],
    ['dau.moi.xa', 'dau.moi.tinh', 404, 'not-found'],
    ['dau.moi.tinh', 'quoc.gia', 422, 'account-beyond'],
    ['dau.moi.tinh', 'kiem.nhiem', 422, 'account-beyond'],
    ['dau.moi.tinh', 'dau.moi.tinh', 422, 'account-own'],
    ['quoc.gia', 'quan.tri', 422, 'account-beyond'],
    ['quoc.gia', 'quoc.gia', 422, 'account-own'],
    ['quan.tri', 'quan.tri', 422, 'account-own'],
  ])('%s cannot touch %s', async (manager, other, status, why) => {
    const as = await api(manager);
    const before = await one(test.database.reader, 'SELECT to_jsonb(a) AS row FROM account a WHERE id = $1', [idOf(other)]);
    for (const write of WRITES) {
      const answer = await as.post(`/api/v1/accounts/${idOf(other)}/${write}`, { role: 'leader', agency: 'T1' });
      expect([write, answer.status, code(answer)]).toEqual([write, status, why]);
    }
    expect(await one(test.database.reader, 'SELECT to_jsonb(a) AS row FROM account a WHERE id = $1', [idOf(other)])).toEqual(before);
    const agent = await signInPages(test.app, manager);
    expect((await postForm(agent, `/accounts/${idOf(other)}/disable`)).status).toBe(status);
    expect((await postForm(agent, `/accounts/${idOf(other)}/second-factor/reset`)).status).toBe(status);
    expect((await postForm(agent, `/accounts/${idOf(other)}/sign-out`)).status).toBe(status);
  });

  it('disables, and the person is out at once; enables, and the old password opens again', async () => {
    const theirs = await signInPages(test.app, 'hoc.vien.xa');
    const agent = await signInPages(test.app, 'dau.moi.xa');
    const account = idOf('hoc.vien.xa');
    expect((await agent.get(`/accounts/${account}`)).text).toContain('Nguyễn Thị Mẫu');
    expect((await postForm(agent, `/accounts/${account}/disable`)).status).toBe(303);
    expect((await postForm(agent, `/accounts/${account}/disable`)).status).toBe(303);
    await theirs.get('/security').expect(303).expect('location', '/sign-in?to=%2Fsecurity');
    expect((await postForm(supertest.agent(test.app.getHttpServer()), '/sign-in',
      { username: 'hoc.vien.xa', password: PASSWORD }, '/sign-in')).status).toBe(422);
    expect((await postForm(agent, `/accounts/${account}/code`)).status).toBe(422);
    expect((await postForm(agent, `/accounts/${account}/enable`)).status).toBe(303);
    const back = await signInPages(test.app, 'hoc.vien.xa');
    await theirs.get('/security').expect(303);
    expect((await postForm(agent, `/accounts/${account}/sign-out`)).status).toBe(303);
    await back.get('/security').expect(303);
    const done = await rows<{ action: string }>(test.database.reader,
      `SELECT action FROM audit_entry WHERE subject_id = $1 AND actor_account_id = $2 ORDER BY id`, [String(account), idOf('dau.moi.xa')]);
    expect(done.map((row) => row.action)).toEqual(['access.account-disabled', 'access.account-enabled', 'access.sessions-ended']);
  });

  it('a code for a forgotten password leaves the old one good until it is used', async () => {
    const answer = await (await api('dau.moi.xa')).post(`/api/v1/accounts/${idOf('hoc.vien.xa')}/code`).expect(200);
    await signInApi(test.app, 'hoc.vien.xa');
    const given = bodyOf<{ username: string; code: string }>(answer);
    const agent = supertest.agent(test.app.getHttpServer());
    await postForm(agent, '/activate', { ...given, password: 'con duong lang quanh co' }, '/activate');
    await signInApi(test.app, 'hoc.vien.xa', 'con duong lang quanh co');
    await supertest(test.app.getHttpServer()).post('/api/v1/auth/login').send({ username: 'hoc.vien.xa', password: PASSWORD }).expect(401);
  });
});

describe('roles', () => {
  const grantsOf = (username: string) => rows<{ id: number; role: string; agency: number }>(test.database.reader,
    'SELECT id, role, agency_id AS agency FROM role_grant WHERE account_id = $1 AND revoked_at IS NULL', [idOf(username)]);

  it.each([
    ['dau.moi.tinh', 'coordinator', 'T1', 204],
    ['dau.moi.tinh', 'leader', 'X11', 204],
    ['dau.moi.tinh', 'leader', 'X21', 422],
    ['dau.moi.tinh', 'coordinator', 'VN', 422],
    ['dau.moi.tinh', 'national', 'T1', 422],
    ['dau.moi.tinh', 'assessor', 'T1', 422],
    ['dau.moi.tinh', 'leader', 'khong-co', 422],
    ['dau.moi.tinh', 'king', 'T1', 422],
    ['dau.moi.xa', 'coordinator', 'X12', 422],
    ['quoc.gia', 'assessor', 'T2', 204],
    ['quoc.gia', 'administrator', 'VN', 422],
    ['quan.tri', 'national', 'VN', 204],
  ])('%s giving %s over %s is answered %s', async (manager, role, agency, status) => {
    const before = await grantsOf('hoc.vien.xa');
    const answer = await (await api(manager)).post(`/api/v1/accounts/${idOf('hoc.vien.xa')}/grants`, { role, agency });
    expect(answer.status).toBe(status);
    const after = await grantsOf('hoc.vien.xa');
    expect(after.length).toBe(before.length + (status === 204 ? 1 : 0));
    await test.database.reader.query('UPDATE role_grant SET revoked_at = now() WHERE account_id = $1', [idOf('hoc.vien.xa')]);
  });

  it('hold at the next request, and end at the next request', async () => {
    const theirs = await api('hoc.vien.ban');
    await theirs.get('/api/v1/accounts').expect(403);
    const as = await api('dau.moi.ban');
    await as.post(`/api/v1/accounts/${idOf('hoc.vien.ban')}/grants`, { role: 'coordinator', agency: 'X21' }).expect(204);
    await as.post(`/api/v1/accounts/${idOf('hoc.vien.ban')}/grants`, { role: 'coordinator', agency: 'X21' }).expect(204);
    await theirs.get('/api/v1/accounts').expect(200);
    const [grant, ...more] = await grantsOf('hoc.vien.ban');
    expect(more).toEqual([]);
    await as.delete(`/api/v1/accounts/${idOf('hoc.vien.xa')}/grants/${grant?.id}`).expect(404);
    await (await api('dau.moi.tinh')).delete(`/api/v1/accounts/${idOf('hoc.vien.ban')}/grants/${grant?.id}`).expect(404);
    await as.delete(`/api/v1/accounts/${idOf('hoc.vien.ban')}/grants/${grant?.id}`).expect(204);
    await theirs.get('/api/v1/accounts').expect(403);
  });

  it('shorten a month of being signed in to a week', async () => {
    await signInApi(test.app, 'hoc.vien.ban');
    await (await api('dau.moi.ban')).post(`/api/v1/accounts/${idOf('hoc.vien.ban')}/grants`, { role: 'leader', agency: 'X21' }).expect(204);
    const { days } = await one<{ days: number }>(test.database.reader,
      `SELECT max(extract(day FROM expires_at - created_at))::int AS days FROM sign_in_session WHERE account_id = $1 AND revoked_at IS NULL`,
      [idOf('hoc.vien.ban')]);
    expect(days).toBe(7);
  });

  it('are given by the page too, over an agency from the list or by its code', async () => {
    const agent = await signInPages(test.app, 'dau.moi.tinh');
    const path = `/accounts/${idOf('hoc.vien.xa')}`;
    const shown = await agent.get(path).expect(200);
    expect(shown.text).toContain('Xã Mẫu Một (X11)');
    expect(shown.text).not.toContain('value="VN"');
    expect(shown.text).not.toContain('value="national"');
    expect((await postForm(agent, `${path}/grants`, { role: 'leader', agency: 'X11' })).status).toBe(303);
    expect((await postForm(agent, `${path}/grants`, { role: 'leader', agency: 'X11', other: 'X12' })).status).toBe(303);
    const wrong = await postForm(agent, `${path}/grants`, { role: 'leader', agency: 'X11', other: 'X21' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Không có cơ quan mang mã X21');
    for (const grant of await grantsOf('hoc.vien.xa')) {
      expect((await postForm(agent, `${path}/grants/${grant.id}/revoke`)).status).toBe(303);
    }
    expect(await grantsOf('hoc.vien.xa')).toEqual([]);
  });
});
