import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { first, one, rows } from '../../src/platform/database/sql.js';
import { postForm, signInApi, signInPages } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import type { AgencyRow } from '../support/world.js';

let test: TestApp;
let commune: AgencyRow;

beforeAll(async () => {
  test = await createTestApp();
  const country = await test.world.country();
  commune = country.commune;
  await test.world.account('dau.moi', country.province, { roles: [{ role: 'coordinator', agency: country.province }] });
  await test.world.account('co.thu', commune);
  await test.world.account('khong.thu', commune);
  await test.database.reader.query(
    `UPDATE person SET email = NULL WHERE id = (SELECT person_id FROM account WHERE username = 'khong.thu')`);
});
afterAll(() => test.close());

const visitor = () => supertest.agent(test.app.getHttpServer());
const NEW = 'buoi sang ben dong song';

/** Somebody of the roster, and the code that their coordinator was shown. */
async function withCode(name: string): Promise<{ username: string; code: string; accountId: number }> {
  const person = await test.world.person(name);
  await test.world.post(person, commune);
  const token = await signInApi(test.app, 'dau.moi');
  const answer = await supertest(test.app.getHttpServer()).post('/api/v1/accounts').set('authorization', `Bearer ${token}`)
    .send({ people: [person.id] }).expect(200);
  const [code] = (answer.body as { codes: { username: string; code: string; accountId: number }[] }).codes;
  if (!code) throw new Error('No code was given.');
  return code;
}

describe('a one-time code', () => {
  it('opens an account once: password set, signed in, notice to read', async () => {
    const { username, code } = await withCode('Lò Thị Mẫu');
    expect(username).toBe('lo.thi.mau');
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}$/);
    const agent = visitor();
    const answer = await postForm(agent, '/activate', { username, code: code.toLowerCase().replace('-', ' '), password: NEW }, '/activate');
    expect(answer.status).toBe(303);
    await agent.get('/security').expect(303).expect('location', '/notice?to=%2Fsecurity');
    await signInApi(test.app, username, NEW);

    const again = await postForm(visitor(), '/activate', { username, code, password: 'mot mat khau khac han' }, '/activate');
    expect(again.status).toBe(422);
    expect(again.text).toContain('đã hết hạn');
    await signInApi(test.app, username, NEW);
  });

  it('is kept only as a hash', async () => {
    const { code, accountId } = await withCode('Vàng Thị Mẫu');
    const { text } = await one<{ text: string }>(test.database.reader,
      'SELECT string_agg(to_jsonb(c)::text, $2) AS text FROM one_time_code c WHERE account_id = $1', [accountId, ' ']);
    expect(text).not.toContain(code);
    expect(text).not.toContain(code.replace('-', ''));
  });

  it('used twice at once is used once', async () => {
    const { username, code } = await withCode('Giàng A Mẫu');
    await test.listen();
    const answers = await Promise.all([NEW, 'mot mat khau khac han'].map((password) =>
      postForm(visitor(), '/activate', { username, code, password }, '/activate')));
    expect(answers.map((answer) => answer.status).sort()).toEqual([303, 422]);
  });

  it('is good for fourteen days, to the end of the last', async () => {
    const [early, late] = [await withCode('Sùng Thị Mẫu'), await withCode('Sùng A Mẫu')];
    const use = ({ username, code }: { username: string; code: string }) =>
      postForm(visitor(), '/activate', { username, code, password: NEW }, '/activate');
    test.clock.set('2026-12-04T23:59:59+07:00');
    expect((await use(early)).status).toBe(303);
    test.clock.set('2026-12-05T00:00:00+07:00');
    expect((await use(late)).status).toBe(422);
  });

  it('is worth nothing to another account, and its failure says nothing about which exist', async () => {
    const { code } = await withCode('Hờ A Mẫu');
    const pages = [];
    for (const username of ['co.thu', 'khong.co.ai']) {
      const answer = await postForm(visitor(), '/activate', { username, code, password: NEW }, '/activate');
      expect(answer.status).toBe(422);
      pages.push(answer.text.replaceAll(username, '').replace(/name="_csrf" value="[^"]+"/g, ''));
    }
    expect(pages[0]).toBe(pages[1]);
  });

  it('ends with a newer one', async () => {
    const { username, code, accountId } = await withCode('Thào Thị Mẫu');
    const token = await signInApi(test.app, 'dau.moi');
    const newer = await supertest(test.app.getHttpServer()).post(`/api/v1/accounts/${accountId}/code`)
      .set('authorization', `Bearer ${token}`).expect(200);
    expect((await postForm(visitor(), '/activate', { username, code, password: NEW }, '/activate')).status).toBe(422);
    const { code: good } = newer.body as { code: string };
    expect((await postForm(visitor(), '/activate', { username, code: good, password: NEW }, '/activate')).status).toBe(303);
  });

  it('a weak password is refused before the code is used up', async () => {
    const { username, code } = await withCode('Lý A Mẫu');
    const answer = await postForm(visitor(), '/activate', { username, code, password: '123456789012' }, '/activate');
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('quá dễ đoán');
    expect((await postForm(visitor(), '/activate', { username, code, password: NEW }, '/activate')).status).toBe(303);
  });

  it('of a disabled account opens nothing', async () => {
    const { username, code, accountId } = await withCode('Mùa Thị Mẫu');
    await test.database.reader.query('UPDATE account SET disabled_at = now() WHERE id = $1', [accountId]);
    expect((await postForm(visitor(), '/activate', { username, code, password: NEW }, '/activate')).status).toBe(422);
  });
});

describe('a forgotten password', () => {
  const ask = (username: string) => postForm(visitor(), '/forgotten-password', { username }, '/forgotten-password');
  const lastMail = () => first<{ kind: string; recipient: string; params: { code: string; link: string } }>(test.database.reader,
    'SELECT kind, recipient, params FROM mail ORDER BY id DESC LIMIT 1');

  it('is answered alike for everybody, and mails whoever has an address', async () => {
    const answers = [];
    for (const username of ['co.thu', 'khong.thu', 'khong.co.ai']) {
      const answer = await ask(username);
      answers.push([answer.status, answer.headers.location]);
    }
    expect(new Set(answers.map(String)).size).toBe(1);
    const before = await test.world.count('mail');
    await test.jobs.drain();
    expect(await test.world.count('mail')).toBe(before + 1);
    const mail = await lastMail();
    expect(mail).toMatchObject({ kind: 'password-reset', recipient: 'co.thu@example.vn' });
    expect(mail?.params.link).toBe('http://localhost:3000/reset-password?username=co.thu');
  });

  it('gives a new password within the hour, once, and signs out everywhere', async () => {
    const signedIn = await signInPages(test.app, 'co.thu');
    const { params: { code } } = (await lastMail())!;
    test.clock.advance({ minutes: 59 });
    expect((await postForm(visitor(), '/reset-password', { username: 'co.thu', code, password: NEW }, '/reset-password')).status).toBe(303);
    await signedIn.get('/security').expect(303);
    await signInApi(test.app, 'co.thu', NEW);
    expect((await postForm(visitor(), '/reset-password', { username: 'co.thu', code, password: NEW }, '/reset-password')).status).toBe(422);
  });

  it('runs out after sixty minutes', async () => {
    await ask('co.thu');
    await test.jobs.drain();
    const { params: { code } } = (await lastMail())!;
    test.clock.advance({ minutes: 60 });
    expect((await postForm(visitor(), '/reset-password', { username: 'co.thu', code, password: NEW }, '/reset-password')).status).toBe(422);
  });

  it('sends at most three letters an hour to one person, and says nothing of it', async () => {
    const before = await test.world.count('mail');
    for (let n = 0; n < 5; n += 1) {
      expect((await ask('co.thu')).status).toBe(303);
      test.clock.advance({ minutes: 1 });
      await test.jobs.drain();
    }
    // Two were sent within this hour before.
    expect(await test.world.count('mail') - before).toBe(1);
  });
});

it('what ended 90 days ago is forgotten in the night', async () => {
  const { TidyAccess } = await import('../../src/access/tidy-access.js');
  const tidy = test.app.get(TidyAccess, { strict: false });
  await signInApi(test.app, 'dau.moi');
  await withCode('Phàn A Mẫu');
  await tidy.run(test.clock.now());
  const [sessions, codes] = [await test.world.count('sign_in_session'), await test.world.count('one_time_code')];
  expect(sessions).toBeGreaterThan(0);
  expect(codes).toBeGreaterThan(0);
  test.clock.advance({ days: 7 + 14 + 90 });
  await tidy.run(test.clock.now());
  const left = await rows(test.database.reader, 'SELECT 1 FROM sign_in_session WHERE account_id = (SELECT id FROM account WHERE username = $1)', ['dau.moi']);
  expect(left).toHaveLength(0);
  expect(await test.world.count('one_time_code')).toBe(0);
});
