import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { one, rows } from '../../src/platform/database/sql.js';
import { csrfOf, postForm, signInApi, signInPages } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';

let test: TestApp;

beforeAll(async () => {
  test = await createTestApp();
  const { nation, province, commune } = await test.world.country();
  await test.world.account('hoc.vien', commune);
  await test.world.account('dau.moi', province, { roles: [{ role: 'coordinator', agency: province }] });
  await test.world.account('quoc.gia', nation, { roles: [{ role: 'national', agency: nation }] });
  await test.world.account('moi.vao', commune, { noticeAccepted: false });
  await test.world.account('da.ngung', commune);
  await test.database.reader.query(`UPDATE account SET disabled_at = now() WHERE username = 'da.ngung'`);
  await test.world.account('chua.kich.hoat', commune);
  await test.database.reader.query(`UPDATE account SET password_hash = NULL WHERE username = 'chua.kich.hoat'`);
});
afterAll(() => test.close());

const http = () => supertest(test.app.getHttpServer());
const login = (body: object) => http().post('/api/v1/auth/login').send(body);
const me = (token: string) => http().get('/api/v1/me').set('authorization', `Bearer ${token}`);
const actions = async () =>
  (await rows<{ action: string }>(test.database.reader, 'SELECT action FROM audit_entry ORDER BY id')).map((row) => row.action);

describe('signing in by the API', () => {
  it('gives two tokens, and the access token says who one is', async () => {
    const answer = await login({ username: 'Dau.Moi ', password: PASSWORD }).expect(200);
    expect(answer.body).toEqual({ accessToken: expect.any(String), refreshToken: expect.any(String), expiresIn: 600 });
    const mine = await me((answer.body as { accessToken: string }).accessToken).expect(200);
    expect(mine.body).toMatchObject({
      account: { username: 'dau.moi' }, language: 'vi', posts: [{ agency: { code: 'T1' }, group: 'communication' }],
      grants: [{ role: 'coordinator', agency: { code: 'T1', name: { vi: 'Tỉnh Ví Dụ Một' } } }],
      flags: { needsNotice: false, needsSecondFactor: false, trial: false },
    });
    expect(await actions()).toContain('access.signed-in');
  });

  it('answers a wrong password, an unknown name, a disabled account and one never activated alike', async () => {
    const answers = [];
    for (const username of ['hoc.vien', 'khong.ai', 'da.ngung', 'chua.kich.hoat']) {
      const password = username === 'da.ngung' ? PASSWORD : 'khong-phai-mat-khau';
      const answer = await login({ username, password });
      answers.push({ status: answer.status, body: answer.body as object });
    }
    expect(answers[0]).toMatchObject({ status: 401, body: { code: 'sign-in-refused' } });
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('keeps no trace of what was typed as a username', async () => {
    await login({ username: 'mat-khau-go-nham-o', password: 'x' }).expect(401);
    const [entry] = await rows(test.database.reader,
      `SELECT subject_id AS subject, details FROM audit_entry WHERE action = 'access.sign-in-refused' ORDER BY id DESC LIMIT 1`);
    expect(entry).toEqual({ subject: 'unknown', details: { reason: 'unknown' } });
    const { found } = await one<{ found: number }>(test.database.reader,
      `SELECT count(*)::int AS found FROM rate_limit WHERE key LIKE '%go-nham%' OR key LIKE '%127.0.0.1%'`);
    expect(found).toBe(0);
  });

  it('does as much work for an unknown name as for a wrong password', async () => {
    const statements = async (username: string) => {
      const before = await test.world.count('audit_entry');
      await login({ username, password: 'khong-phai-mat-khau' }).expect(401);
      return await test.world.count('audit_entry') - before;
    };
    expect(await statements('khong.co.ten')).toBe(await statements('hoc.vien'));
  });

  it('names the fields that are missing', async () => {
    const answer = await login({}).expect(422);
    expect((answer.body as { errors: { field: string }[] }).errors.map((error) => error.field).sort()).toEqual(['password', 'username']);
  });

  it('makes the hash anew when its parameters are of yesterday', async () => {
    const hashOf = () => one<{ hash: string }>(test.database.reader,
      `SELECT password_hash AS hash FROM account WHERE username = 'moi.vao'`);
    expect((await hashOf()).hash).toContain('m=64');
    await login({ username: 'moi.vao', password: PASSWORD }).expect(200);
    expect((await hashOf()).hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    await login({ username: 'moi.vao', password: PASSWORD }).expect(200);
  });

  it('refuses a token that is not ours, has expired, or is of another key', async () => {
    const token = await signInApi(test.app, 'hoc.vien');
    await me(token).expect(200);
    const [head = '', body = '', mac = ''] = token.split('.');
    for (const bad of ['x', `${head}.${body}`, `${head}.${body}.${mac.slice(0, -2)}xx`, `${btoa('{"alg":"none"}')}.${body}.`]) {
      const answer = await me(bad).expect(401);
      expect(answer.body).toMatchObject({ code: 'token-invalid' });
      expect(answer.headers['www-authenticate']).toContain('Bearer');
    }
    await http().get('/api/v1/me').set('authorization', 'Basic aG9jLnZpZW46eA==').expect(401);
    test.clock.advance({ minutes: 10 });
    expect((await me(token).expect(401)).body).toMatchObject({ code: 'token-invalid' });
    await http().get('/api/v1/me').expect(401).expect(({ body: problem }) =>
      expect(problem).toMatchObject({ code: 'sign-in-needed' }));
  });

  it('ends with signing out, and does so twice without harm', async () => {
    const answer = await login({ username: 'hoc.vien', password: PASSWORD });
    const { accessToken, refreshToken } = answer.body as { accessToken: string; refreshToken: string };
    await http().post('/api/v1/auth/logout').send({ refreshToken }).expect(204);
    await http().post('/api/v1/auth/logout').send({ refreshToken }).expect(204);
    await me(accessToken).expect(401);
    await http().post('/api/v1/auth/refresh').send({ refreshToken }).expect(401);
  });

  it('an account that is disabled is out at the next request', async () => {
    const token = await signInApi(test.app, 'moi.vao');
    await me(token).expect(200);
    await test.database.reader.query(`UPDATE account SET disabled_at = now() WHERE username = 'moi.vao'`);
    await me(token).expect(401);
    await test.database.reader.query(`UPDATE account SET disabled_at = NULL WHERE username = 'moi.vao'`);
  });
});

describe('signing in by the page', () => {
  it('leads back to where one wanted to go, on this site only', async () => {
    for (const [to, led] of [['/learning?x=1', '/learning?x=1'], ['https://evil.example/', '/'], ['//evil.example', '/'],
      ['/\\evil.example', '/'], ['', '/']] as const) {
      const agent = supertest.agent(test.app.getHttpServer());
      const form = await agent.get(`/sign-in?to=${encodeURIComponent(to)}`).expect(200);
      expect(form.text).toContain(`name="to" value="${led.replace('=', '&#x3D;')}"`);
      const answer = await agent.post('/sign-in').type('form')
        .send({ username: 'hoc.vien', password: PASSWORD, to, _csrf: csrfOf(form.text) }).expect(303);
      expect(answer.headers.location).toBe(led);
      await agent.get(`/sign-in?to=${encodeURIComponent(to)}`).expect(303).expect('location', led);
    }
  });

  it('gives cookies that no script reads and other sites do not bring along', async () => {
    const agent = supertest.agent(test.app.getHttpServer());
    const answer = await postForm(agent, '/sign-in', { username: 'hoc.vien', password: PASSWORD }, '/sign-in');
    const cookies = answer.headers['set-cookie'] as unknown as string[];
    for (const name of ['lt_access', 'lt_refresh']) {
      const cookie = cookies.find((one_) => one_.startsWith(`${name}=`));
      expect(cookie).toContain('HttpOnly');
      expect(cookie).toContain('SameSite=Lax');
      expect(cookie).toContain('Path=/');
      expect(cookie).not.toContain('Secure');
    }
  });

  it('shows the form again with the name kept, and says neither which part was wrong nor what was typed as password', async () => {
    const agent = supertest.agent(test.app.getHttpServer());
    const pages = [];
    for (const username of ['hoc.vien', 'khong.ai']) {
      const answer = await postForm(agent, '/sign-in', { username, password: 'sai-mat-khau-roi' }, '/sign-in');
      expect(answer.status).toBe(422);
      expect(answer.text).toContain(`value="${username}"`);
      expect(answer.text).toContain('role="alert"');
      expect(answer.text).not.toContain('sai-mat-khau-roi');
      pages.push(answer.text.replaceAll(username, '').replace(/name="_csrf" value="[^"]+"/g, ''));
    }
    expect(pages[0]).toBe(pages[1]);
  });

  it('takes no form without the token of the page, and none with the token of somebody else', async () => {
    const agent = supertest.agent(test.app.getHttpServer());
    await agent.post('/sign-in').type('form').send({ username: 'hoc.vien', password: PASSWORD }).expect(403);
    const elsewhere = csrfOf((await supertest.agent(test.app.getHttpServer()).get('/sign-in')).text);
    await agent.get('/sign-in');
    await agent.post('/sign-in').type('form').send({ username: 'hoc.vien', password: PASSWORD, _csrf: elsewhere }).expect(403);
  });

  it('begins a new session each time, and ends the one it replaces', async () => {
    const agent = await signInPages(test.app, 'hoc.vien');
    const token = csrfOf((await agent.get('/notice')).text);
    await agent.post('/sign-in').type('form').send({ username: 'dau.moi', password: PASSWORD, _csrf: token }).expect(303);
    const [old] = await rows(test.database.reader,
      `SELECT revoked_because AS why FROM sign_in_session s JOIN account a ON a.id = s.account_id
        WHERE a.username = 'hoc.vien' AND revoked_because = 'replaced'`);
    expect(old).toEqual({ why: 'replaced' });
    expect((await agent.get('/notice')).text).toContain('dau.moi');
    // A form that was open before is of the old session.
    await agent.post('/sign-out').type('form').send({ _csrf: token }).expect(403);
  });

  it('signs out, here and everywhere', async () => {
    const [here, there] = [await signInPages(test.app, 'hoc.vien'), await signInPages(test.app, 'hoc.vien')];
    await postForm(here, '/sign-out').then((answer) => expect(answer.headers.location).toBe('/sign-in'));
    await here.get('/security').expect(303).expect('location', '/sign-in?to=%2Fsecurity');
    await there.get('/security').expect(200);
    const third = await signInPages(test.app, 'hoc.vien');
    expect((await postForm(third, '/sign-out-everywhere')).status).toBe(303);
    await there.get('/security').expect(303);
    await third.get('/security').expect(303);
  });

  it('leads the first time to the notice, and lets nothing else happen before it is accepted', async () => {
    const agent = await signInPages(test.app, 'moi.vao');
    await agent.get('/security').expect(303).expect('location', '/notice?to=%2Fsecurity');
    const notice = await agent.get('/notice?to=%2Fsecurity').expect(200);
    expect(notice.text).toContain('91/2025/QH15');
    const token = await signInApi(test.app, 'moi.vao');
    await http().get('/api/v1/accounts').set('authorization', `Bearer ${token}`).expect(403);
    const answer = await agent.post('/notice').type('form').send({ to: '/security', _csrf: csrfOf(notice.text) }).expect(303);
    expect(answer.headers.location).toBe('/security');
    await agent.get('/security').expect(200);
    expect(await actions()).toContain('access.notice-accepted');
    await postForm(agent, '/notice', { to: '//evil.example' }).then((again) => expect(again.headers.location).toBe('/'));
  });

  it('speaks the language of the account where none was chosen in this browser', async () => {
    await test.database.reader.query(`UPDATE account SET language = 'en' WHERE username = 'quoc.gia'`);
    const agent = await signInPages(test.app, 'quoc.gia');
    expect((await agent.get('/security')).text).toContain('<html lang="en">');
    await agent.get('/language/vi');
    expect((await agent.get('/security')).text).toContain('<html lang="vi">');
  });
});
