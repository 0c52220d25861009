import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import supertest from 'supertest';
import { AccessKeys } from '../../src/access/access-keys.js';
import { one, rows } from '../../src/platform/database/sql.js';
import { postForm, signInApi, signInPages, type PageAgent } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';

let test: TestApp;

beforeAll(async () => {
  test = await createTestApp();
  const { nation, province, commune } = await test.world.country();
  for (const username of ['quoc.gia', 'quoc.gia.hai']) {
    await test.world.account(username, nation, { roles: [{ role: 'national', agency: nation }] });
  }
  await test.world.account('quan.tri', nation, { roles: [{ role: 'administrator', agency: nation }] });
  await test.world.account('dau.moi', province, { roles: [{ role: 'coordinator', agency: province }] });
  await test.world.account('hoc.vien', commune);
});
afterAll(() => test.close());

const WITHOUT = { secondFactor: false };
const codeNow = (key: string, steps = 0) => new TOTP({ secret: Secret.fromBase32(key.replaceAll(' ', '')) })
  .generate({ timestamp: test.clock.now().getTime() + steps * 30_000 });

/** Adds the second factor by the pages. @returns the key */
async function enrol(agent: PageAgent): Promise<string> {
  expect((await postForm(agent, '/security/second-factor/begin')).status).toBe(303);
  const page = await agent.get('/security/second-factor').expect(200);
  const key = /<code class="serial">([A-Z2-7 ]+)<\/code>/.exec(page.text)?.[1] ?? '';
  expect(page.text).toContain('src="data:image/svg+xml;base64,');
  expect(page.text).not.toContain('style=');
  expect((await postForm(agent, '/security/second-factor', { code: codeNow(key), to: '/security' })).status).toBe(303);
  return key;
}

describe('the second factor', () => {
  it('is asked of those who see the whole country: they are led to add it first, and can do nothing else', async () => {
    const agent = await signInPages(test.app, 'quoc.gia', PASSWORD, WITHOUT);
    await agent.get('/accounts').expect(303).expect('location', '/second-factor?to=%2Faccounts');
    await agent.get('/second-factor?to=%2Faccounts').expect(303).expect('location', '/security/second-factor?to=%2Faccounts');
    const token = await signInApi(test.app, 'quoc.gia', PASSWORD, WITHOUT);
    const answer = await supertest(test.app.getHttpServer()).get('/api/v1/accounts').set('authorization', `Bearer ${token}`).expect(403);
    expect(answer.body).toMatchObject({ code: 'second-factor-needed' });

    const key = await enrol(agent);
    await agent.get('/accounts').expect(200);
    // The other session has not shown it.
    await supertest(test.app.getHttpServer()).get('/api/v1/accounts').set('authorization', `Bearer ${token}`).expect(403);

    // Signing in again: password, then code.
    test.clock.advance({ minutes: 1 });
    const again = await signInPages(test.app, 'quoc.gia', PASSWORD, WITHOUT);
    await again.get('/security').expect(303).expect('location', '/second-factor?to=%2Fsecurity');
    const wrong = await postForm(again, '/second-factor', { code: '000000', to: '/security' }, '/second-factor');
    expect(wrong.status).toBe(422);
    const right = await postForm(again, '/second-factor', { code: codeNow(key), to: '/security' }, '/second-factor');
    expect([right.status, right.headers.location]).toEqual([303, '/security']);
    await again.get('/security').expect(200);
  });

  it('takes each code once, in whatever session, and none that is older', async () => {
    const key = await enrol(await signInPages(test.app, 'quoc.gia.hai', PASSWORD, WITHOUT));
    const login = (code: string) => supertest(test.app.getHttpServer()).post('/api/v1/auth/login')
      .send({ username: 'quoc.gia.hai', password: PASSWORD, code });
    const answer = await login(codeNow(key)).expect(401);
    expect(answer.body).toMatchObject({ code: 'second-factor-wrong' });
    test.clock.advance({ seconds: 30 });
    await login(codeNow(key)).expect(200);
    await login(codeNow(key)).expect(401);
    await login(codeNow(key, -1)).expect(401);
    await login(codeNow(key, 1)).expect(200);
    await login(codeNow(key, 2)).expect(401);
  });

  it('is asked of a program by its own code of error', async () => {
    const answer = await supertest(test.app.getHttpServer()).post('/api/v1/auth/login')
      .send({ username: 'quoc.gia.hai', password: PASSWORD }).expect(401);
    expect(answer.body).toMatchObject({ code: 'second-factor-needed' });
  });

  it('is not asked of others, who may add it and then are asked', async () => {
    const agent = await signInPages(test.app, 'hoc.vien', PASSWORD, WITHOUT);
    await agent.get('/security').expect(200);
    await enrol(agent);
    const again = await signInPages(test.app, 'hoc.vien', PASSWORD, WITHOUT);
    await again.get('/security').expect(303).expect('location', '/second-factor?to=%2Fsecurity');
  });

  it('cannot be replaced by whoever has only the password', async () => {
    const thief = await signInPages(test.app, 'hoc.vien', PASSWORD, WITHOUT);
    const before = await one(test.database.reader, `SELECT totp_secret FROM account WHERE username = 'hoc.vien'`);
    await thief.get('/security/second-factor').expect(403);
    expect((await postForm(thief, '/security/second-factor/begin')).status).toBe(403);
    expect((await postForm(thief, '/security/second-factor/remove', { current: PASSWORD })).status).toBe(303);
    expect(await one(test.database.reader, `SELECT totp_secret FROM account WHERE username = 'hoc.vien'`)).toEqual(before);
  });

  it('is removed by its owner with the password, and nowhere else stays signed in', async () => {
    const elsewhere = await signInPages(test.app, 'hoc.vien');
    const agent = await signInPages(test.app, 'hoc.vien');
    const wrong = await postForm(agent, '/security/second-factor/remove', { current: 'khong-phai' });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('href="#remove"');
    expect((await postForm(agent, '/security/second-factor/remove', { current: PASSWORD })).status).toBe(303);
    await elsewhere.get('/security').expect(303);
    await agent.get('/security').expect(200);
  });

  it('is removed by a manager of the account when the telephone is lost', async () => {
    const agent = await signInPages(test.app, 'hoc.vien');
    await enrol(agent);
    const { id } = await one<{ id: number }>(test.database.reader, `SELECT id FROM account WHERE username = 'hoc.vien'`);
    const manager = await signInPages(test.app, 'dau.moi');
    expect((await postForm(manager, `/accounts/${id}/second-factor/reset`)).status).toBe(303);
    await agent.get('/security').expect(303).expect('location', '/sign-in?to=%2Fsecurity');
    await (await signInPages(test.app, 'hoc.vien', PASSWORD, WITHOUT)).get('/security').expect(200);
  });

  it('stops guessing after five wrong codes', async () => {
    const agent = await signInPages(test.app, 'quan.tri', PASSWORD, WITHOUT);
    await postForm(agent, '/security/second-factor/begin');
    const statuses = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await postForm(agent, '/security/second-factor', { code: '000000' })).status);
    expect(statuses).toEqual([422, 422, 422, 422, 422, 429]);
  });

  it('is kept encrypted, for its own account alone', async () => {
    const found = await rows<{ id: number; secret: string }>(test.database.reader,
      'SELECT id, totp_secret AS secret FROM account WHERE totp_secret IS NOT NULL');
    const keys = test.app.get(AccessKeys, { strict: false });
    expect(found.length).toBeGreaterThan(1);
    for (const { id, secret } of found) {
      expect(secret).toMatch(/^v1\./);
      expect(keys.open(secret, id)).toMatch(/^[A-Z2-7]{32}$/);
      expect(() => keys.open(secret, id + 1)).toThrow();
    }
  });

  it('is not forced where everything is invented', async () => {
    const trial = await createTestApp();
    const { nation } = await trial.world.country();
    await trial.world.account('quoc.gia', nation, { roles: [{ role: 'national', agency: nation }] });
    await trial.database.reader.query('INSERT INTO installation (trial, created_at) VALUES (true, now())');
    const agent = await signInPages(trial.app, 'quoc.gia', PASSWORD, WITHOUT);
    await agent.get('/accounts').expect(200);
    await trial.close();
  });
});
