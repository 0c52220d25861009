import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { one, rows } from '../../src/platform/database/sql.js';
import { csrfOf, postForm, signInApi, signInPages } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';

let test: TestApp;

interface Pair { accessToken: string; refreshToken: string }

beforeAll(async () => {
  test = await createTestApp();
  const { province, commune } = await test.world.country();
  await test.world.account('hoc.vien', commune);
  await test.world.account('dau.moi', province, { roles: [{ role: 'coordinator', agency: province }] });
  // Several requests at once need a server that is listening already.
  await test.listen();
});
afterAll(() => test.close());

const http = () => supertest(test.app.getHttpServer());
const refresh = (refreshToken: string) => http().post('/api/v1/auth/refresh').send({ refreshToken });
const me = (token: string) => http().get('/api/v1/me').set('authorization', `Bearer ${token}`);
async function login(username = 'hoc.vien'): Promise<Pair> {
  return (await http().post('/api/v1/auth/login').send({ username, password: PASSWORD }).expect(200)).body as Pair;
}
const endedBecause = (token: string) => one<{ why: string | null }>(test.database.reader,
  'SELECT revoked_because AS why FROM sign_in_session WHERE id = $1', [token.split('.')[0]]);

describe('refreshing', () => {
  it('gives the next pair, and the same pair again to a second tab within thirty seconds', async () => {
    const first = await login();
    const second = (await refresh(first.refreshToken).expect(200)).body as Pair;
    expect(second.refreshToken).not.toBe(first.refreshToken);
    test.clock.advance({ seconds: 29 });
    const again = (await refresh(first.refreshToken).expect(200)).body as Pair;
    expect(again.refreshToken).toBe(second.refreshToken);
    await me(again.accessToken).expect(200);
    await refresh(second.refreshToken).expect(200);
  });

  it('of many that present the same token at once moves on once, and all get the same successor', async () => {
    const first = await login();
    const answers = await Promise.all(Array.from({ length: 6 }, () => refresh(first.refreshToken)));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => (answer.body as Pair).refreshToken)).size).toBe(1);
    const { generation } = await one<{ generation: number }>(test.database.reader,
      'SELECT generation FROM sign_in_session WHERE id = $1', [first.refreshToken.split('.')[0]]);
    expect(generation).toBe(2);
  });

  it('ends the session when an old token comes back, and records it', async () => {
    const first = await login();
    const second = (await refresh(first.refreshToken).expect(200)).body as Pair;
    test.clock.advance({ seconds: 31 });
    await refresh(first.refreshToken).expect(401);
    await refresh(second.refreshToken).expect(401);
    await me(second.accessToken).expect(401);
    expect(await endedBecause(first.refreshToken)).toEqual({ why: 'token-reuse' });
    const [entry] = await rows(test.database.reader,
      `SELECT details->>'generation' AS generation FROM audit_entry WHERE action = 'access.token-reused' ORDER BY id DESC LIMIT 1`);
    expect(entry).toEqual({ generation: '1' });
  });

  it('an older one than the last is theft even within thirty seconds', async () => {
    const first = await login();
    const second = (await refresh(first.refreshToken)).body as Pair;
    const third = (await refresh(second.refreshToken)).body as Pair;
    await refresh(first.refreshToken).expect(401);
    await refresh(third.refreshToken).expect(401);
  });

  it('takes no token that it did not make', async () => {
    const { refreshToken } = await login();
    const [session = '', , mac = ''] = refreshToken.split('.');
    for (const bad of ['', 'x', `${session}.2.${mac}`, `${session}.1.${mac.slice(1)}`, `${session}.1.${mac}.x`,
      `${session}.01.${mac}`, `00000000-0000-4000-8000-000000000000.1.${mac}`]) {
      expect([401, 422]).toContain((await refresh(bad)).status);
    }
    await refresh(refreshToken).expect(200);
  });

  it('an old access token sent along does no harm', async () => {
    const pair = await login();
    test.clock.advance({ minutes: 11 });
    await refresh(pair.refreshToken).set('authorization', `Bearer ${pair.accessToken}`).expect(200);
  });

  it('ends after twelve hours without use', async () => {
    const unused = await login();
    const used = await login();
    test.clock.advance({ hours: 11, minutes: 59 });
    const next = (await refresh(used.refreshToken).expect(200)).body as Pair;
    test.clock.advance({ minutes: 2 });
    await refresh(unused.refreshToken).expect(401);
    await refresh(next.refreshToken).expect(200);
  });

  it('ends in any case after 7 days for those with a role, after 30 for those without', async () => {
    const daysLasted = async (username: string) => {
      let pair = await login(username);
      let halfDays = 0;
      for (; halfDays < 70; halfDays += 1) {
        test.clock.advance({ hours: 11 });
        const answer = await refresh(pair.refreshToken);
        if (answer.status !== 200) break;
        pair = answer.body as Pair;
      }
      return Math.ceil((halfDays * 11) / 24);
    };
    expect(await daysLasted('dau.moi')).toBe(7);
    expect(await daysLasted('hoc.vien')).toBe(30);
  });

  it('nothing is stored from which a token could be made', async () => {
    const { refreshToken } = await login();
    const [id = '', , mac = ''] = refreshToken.split('.');
    const [row] = await rows(test.database.reader, 'SELECT to_jsonb(s)::text AS text FROM sign_in_session s WHERE id = $1', [id]);
    expect((row as { text: string }).text).not.toContain(mac);
  });
});

describe('pages', () => {
  it('a page whose access cookie has run out is answered as ever, and gets new cookies', async () => {
    const agent = await signInPages(test.app, 'hoc.vien');
    test.clock.advance({ minutes: 11 });
    const answer = await agent.get('/security').expect(200);
    const cookies = (answer.headers['set-cookie'] as unknown as string[]).join('\n');
    expect(cookies).toContain('lt_access=');
    expect(cookies).toContain('lt_refresh=');
    expect((await agent.get('/security').expect(200)).headers['set-cookie']).toBeUndefined();
  });

  it('a form that was open while the token ran out is taken', async () => {
    const agent = await signInPages(test.app, 'hoc.vien');
    const token = csrfOf((await agent.get('/security')).text);
    test.clock.advance({ hours: 2 });
    const answer = await agent.post('/security/language').type('form').send({ language: 'vi', _csrf: token });
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/security');
  });

  it('two tabs at once are both answered and nobody is signed out', async () => {
    const agent = await signInPages(test.app, 'hoc.vien');
    test.clock.advance({ minutes: 11 });
    const answers = await Promise.all([agent.get('/security'), agent.get('/security'), agent.get('/notice')]);
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200]);
    test.clock.advance({ minutes: 11 });
    await agent.get('/security').expect(200);
  });

  it('a session that was ended leads to signing in, and its cookies go', async () => {
    const agent = await signInPages(test.app, 'hoc.vien');
    await test.database.reader.query('UPDATE sign_in_session SET revoked_at = now()');
    const answer = await agent.get('/security').expect(303).expect('location', '/sign-in?to=%2Fsecurity');
    expect((answer.headers['set-cookie'] as unknown as string[]).join('\n')).toMatch(/lt_access=;.*\n?lt_refresh=;/);
  });

  it('an upload is let in by the refresh cookie alone, and stopped without any', async () => {
    const agent = supertest.agent(test.app.getHttpServer());
    await agent.post('/sign-in').attach('file', Buffer.from('x'), 'x.txt').expect(303).expect('location', /^\/sign-in/);
    const signedIn = await signInPages(test.app, 'hoc.vien');
    const cookie = (signedIn as unknown as { jar: { getCookie(name: string, info: object): { value: string } } }).jar
      .getCookie('lt_refresh', { path: '/', domain: '127.0.0.1', secure: false, script: false });
    const answer = await http().post('/sign-out').set('cookie', `lt_refresh=${cookie.value}`).attach('file', Buffer.from('x'), 'x.txt');
    expect(answer.status).toBe(403);
  });

  it('a request that is renewed by its cookie needs the token of a form, whatever its type', async () => {
    const { refreshToken } = await login();
    for (const [url, body] of [['/sign-out', {}], ['/security/language', { language: 'en' }]] as const) {
      await http().post(url).set('cookie', `lt_refresh=${refreshToken}`).send(body).expect(403);
    }
    await refresh(refreshToken).expect(200);
  });

  it('shows where one is signed in, and ends one of them', async () => {
    const agent = await signInPages(test.app, 'dau.moi');
    const other = (await http().post('/api/v1/auth/login')
      .set('user-agent', 'Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36')
      .send({ username: 'dau.moi', password: PASSWORD })).body as Pair;
    const shown = await agent.get('/security').expect(200);
    expect(shown.text).toContain('Chrome · Android');
    const id = other.refreshToken.split('.')[0];
    expect((await postForm(agent, `/security/sessions/${id}/end`)).status).toBe(303);
    await me(other.accessToken).expect(401);
    expect((await postForm(agent, `/security/sessions/${id}/end`)).status).toBe(404);
    const [strange] = await rows<{ id: string }>(test.database.reader,
      `SELECT s.id FROM sign_in_session s JOIN account a ON a.id = s.account_id WHERE a.username = 'hoc.vien' LIMIT 1`);
    expect((await postForm(agent, `/security/sessions/${strange?.id}/end`)).status).toBe(404);
    expect((await postForm(agent, '/security/sessions/nonsense/end')).status).toBe(404);
  });
});

describe('changing the password', () => {
  const change = (agent: Awaited<ReturnType<typeof signInPages>>, current: string, password: string) =>
    postForm(agent, '/security/password', { current, password }, '/security');

  it('asks the old one, keeps this session and ends all others', async () => {
    const agent = await signInPages(test.app, 'hoc.vien');
    const elsewhere = await signInApi(test.app, 'hoc.vien');
    const wrong = await change(agent, 'khong-phai-cu', 'mot mat khau moi dai');
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('Mật khẩu đang dùng chưa đúng');
    await me(elsewhere).expect(200);

    expect((await change(agent, PASSWORD, 'mot mat khau moi dai')).status).toBe(303);
    await agent.get('/security').expect(200);
    await me(elsewhere).expect(401);
    await http().post('/api/v1/auth/login').send({ username: 'hoc.vien', password: PASSWORD }).expect(401);
    await signInApi(test.app, 'hoc.vien', 'mot mat khau moi dai');
    const [mail] = await rows(test.database.reader, 'SELECT kind, recipient FROM mail');
    expect(mail).toEqual({ kind: 'password-changed', recipient: 'hoc.vien@example.vn' });
    // The same letters typed as base letter and mark are the same password.
    expect((await change(agent, 'mot mat khau moi dai', 'tiếng Việt có dấu'.normalize('NFC'))).status).toBe(303);
    await signInApi(test.app, 'hoc.vien', 'tiếng Việt có dấu'.normalize('NFD'));
  });

  it.each([['ngan', 'quá ngắn'], ['matkhaumatkhau', 'quá dễ đoán'], ['xin chao dau.moi nhe', 'tên đăng nhập'],
    ['d'.repeat(129), 'quá dài']])('refuses %s and says why', async (password, why) => {
    const agent = await signInPages(test.app, 'dau.moi');
    const answer = await change(agent, PASSWORD, password);
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(why);
  });
});
