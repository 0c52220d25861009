import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { CreateAccounts, GrantRole, Passwords, SetPassword } from '../../src/access/index.js';
import { one } from '../../src/platform/database/sql.js';
import { signInApi } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import type { AgencyRow } from '../support/world.js';

let test: TestApp;
let province: AgencyRow;
let commune: AgencyRow;

beforeAll(async () => {
  test = await createTestApp({ env: { PUBLIC_URL: 'https://lantoa.example.vn' } });
  ({ province, commune } = await test.world.country());
});
afterAll(() => test.close());

const PASSWORD = 'con duong lang nho';
const now = () => test.clock.now();
const person = async (name: string) => {
  const added = await test.world.person(name);
  await test.world.post(added, commune);
  return added;
};

describe('the front door, for the operator and for trial data', () => {
  it('makes accounts by the thousand with one hash, and each can sign in', async () => {
    const people = [];
    for (let n = 0; n < 30; n += 1) people.push(await person('Lò Thị Mẫu'));
    const passwordHash = await test.app.get(Passwords).hash(PASSWORD);
    const requests = people.map(({ id, name }) => ({ personId: id, fullName: name, passwordHash }));
    const create = () => test.database.inTransaction((tx) => test.app.get(CreateAccounts).run(tx, requests, { by: null, now: now() }));
    const created = await create();
    expect(created.map((account) => account.username)).toEqual(['lo.thi.mau', ...people.slice(1).map((_, n) => `lo.thi.mau${n + 2}`)]);
    expect(await create()).toEqual([]);
    await signInApi(test.app, 'lo.thi.mau30', PASSWORD);
  });

  it('takes a username that is asked for, once', async () => {
    const [first, second] = [await person('Trần Văn Một'), await person('Trần Văn Hai')];
    const create = (personId: number, username: string) => test.database.inTransaction((tx) =>
      test.app.get(CreateAccounts).run(tx, [{ personId, fullName: 'x', username }], { by: null, now: now() }));
    expect(await create(first.id, 'hocvien.moi')).toMatchObject([{ username: 'hocvien.moi' }]);
    await expect(create(second.id, 'hocvien.moi')).rejects.toMatchObject({ problems: [{ field: 'username', code: 'username-taken' }] });
    for (const wrong of ['Hoc.Vien', 'học.viên', 'a', '.x.', 'a b']) {
      await expect(create(second.id, wrong)).rejects.toMatchObject({ problems: [{ code: 'username-invalid' }] });
    }
  });

  it('gives roles, the same twice being one, and new passwords', async () => {
    const { id } = await person('Vũ Thị Đầu Mối');
    const [account] = await test.database.inTransaction((tx) => test.app.get(CreateAccounts)
      .run(tx, [{ personId: id, fullName: 'x', username: 'dieuphoi' }], { by: null, now: now() }));
    const accountId = account?.id ?? 0;
    for (let twice = 0; twice < 2; twice += 1) {
      await test.database.inTransaction((tx) => test.app.get(GrantRole)
        .run(tx, { accountId, role: 'coordinator', agencyId: province.id, by: null, now: now() }));
    }
    const passwordHash = await test.app.get(Passwords).hash(PASSWORD);
    await test.database.inTransaction((tx) => test.app.get(SetPassword)
      .run(tx, { id: accountId, language: 'vi', passwordHash: null }, passwordHash, { how: 'operator', now: now() }));
    const token = await signInApi(test.app, 'dieuphoi', PASSWORD);
    const me = await supertest(test.app.getHttpServer()).get('/api/v1/me').set('authorization', `Bearer ${token}`).expect(200);
    expect(me.body).toMatchObject({ grants: [{ role: 'coordinator', agency: { code: 'T1' } }] });
    const { grants } = await one<{ grants: number }>(test.database.reader,
      'SELECT count(*)::int AS grants FROM role_grant WHERE account_id = $1', [accountId]);
    expect(grants).toBe(1);
  });
});

it('where the service is reached by https its cookies travel by https only', async () => {
  const agent = supertest.agent(test.app.getHttpServer());
  const form = await agent.get('/sign-in');
  const seed = (form.headers['set-cookie'] as unknown as string[]).map((cookie) => cookie.split(';')[0]).join('; ');
  const answer = await supertest(test.app.getHttpServer()).post('/sign-in').set('cookie', seed).type('form')
    .send({ username: 'dieuphoi', password: PASSWORD, _csrf: /name="_csrf" value="([^"]+)"/.exec(form.text)?.[1] }).expect(303);
  const cookies = (answer.headers['set-cookie'] as unknown as string[]).filter((cookie) => /^lt_(access|refresh)=/.test(cookie));
  expect(cookies).toHaveLength(2);
  for (const cookie of cookies) expect(cookie).toContain('Secure');
});
