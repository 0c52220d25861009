import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import supertest from 'supertest';
import { AccessKeys } from '../../src/access/access-keys.js';
import { networkOf } from '../../src/access/attempt-limits.js';
import { one } from '../../src/platform/database/sql.js';
import { postForm, signInApi } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';

let test: TestApp;

beforeAll(async () => {
  test = await createTestApp({ env: { TRUSTED_PROXIES: '127.0.0.1' } });
  const { commune } = await test.world.country();
  for (const username of ['mot', 'hai', 'ba', 'bon']) await test.world.account(username, commune);
});
afterAll(() => test.close());

const login = (username: string, password: string, from: string) => supertest(test.app.getHttpServer())
  .post('/api/v1/auth/login').set('x-forwarded-for', from).send({ username, password });

async function guess(times: number, username: string, from: (n: number) => string): Promise<number[]> {
  const statuses = [];
  for (let n = 0; n < times; n += 1) statuses.push((await login(username, 'doan-bua-mat-khau', from(n))).status);
  return statuses;
}

describe('guessing', () => {
  it('is stopped after ten from one address, with the time to wait; a neighbour at the same address is not', async () => {
    expect(new Set(await guess(10, 'mot', () => '10.0.0.1'))).toEqual(new Set([401]));
    const answer = await login('mot', PASSWORD, '10.0.0.1').expect(429);
    expect(answer.body).toMatchObject({ code: 'too-many-attempts', params: { minutes: 15 } });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(800);
    await login('hai', PASSWORD, '10.0.0.1').expect(200);
    // And the owner, at another address, comes in.
    await login('mot', PASSWORD, '10.0.0.2').expect(200);
  });

  it('being right gives the attempts back', async () => {
    for (let round = 0; round < 3; round += 1) {
      await guess(6, 'hai', () => '10.0.0.3');
      await login('hai', PASSWORD, '10.0.0.3').expect(200);
    }
  });

  it('from ever new addresses is slowed, but never for an address its owner is known from', async () => {
    await login('ba', PASSWORD, '10.0.1.1').expect(200);
    const statuses = await guess(60, 'ba', (n) => `10.0.2.${n}`);
    expect(statuses.filter((status) => status === 401)).toHaveLength(50);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    await login('ba', PASSWORD, '10.0.3.1').expect(429);
    await login('ba', PASSWORD, '10.0.1.1').expect(200);
  });

  it('from one address at all accounts is stopped after three hundred', async () => {
    await login('bon', 'doan-bua-mat-khau', '10.0.9.9').expect(401);
    const counter = `address:${test.app.get(AccessKeys, { strict: false }).nameOfCounter('10.0.9.9')}`;
    const counted = await one(test.database.reader, 'UPDATE rate_limit SET points = 299 WHERE key = $1 RETURNING key', [counter]);
    expect(counted).toEqual({ key: counter });
    await login('hai', 'doan-bua-mat-khau', '10.0.9.9').expect(401);
    await login('bon', PASSWORD, '10.0.9.9').expect(429);
    await login('bon', PASSWORD, '10.0.9.8').expect(200);
  });

  it('at once counts as much as one after another', async () => {
    await test.listen();
    const answers = await Promise.all(Array.from({ length: 20 }, () => login('bon', 'doan-bua-mat-khau', '10.0.7.7')));
    expect(answers.filter((answer) => answer.status === 401)).toHaveLength(10);
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(10);
  });

  it('is told in the form, which keeps the name', async () => {
    await guess(10, 'mot', () => '127.0.0.1');
    const answer = await postForm(supertest.agent(test.app.getHttpServer()), '/sign-in', { username: 'mot', password: PASSWORD }, '/sign-in');
    expect(answer.status).toBe(429);
    expect(answer.text).toContain('tài khoản không bị khóa');
    expect(answer.text).toContain('value="mot"');
  });

  it('of one-time codes has counters of its own', async () => {
    const agent = supertest.agent(test.app.getHttpServer());
    const statuses = [];
    for (let n = 0; n < 11; n += 1) {
      const answer = await postForm(agent, '/activate', { username: 'hai', code: '00000-00000', password: 'con duong lang nho' }, '/activate');
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array<number>(10).fill(422), 429]);
    await signInApi(test.app, 'hai');
  });
});

it.each([
  ['10.1.2.3', '10.1.2.3'], ['::ffff:10.1.2.3', '10.1.2.3'], ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:0db8::1', '2001:db8:0:0'], ['::1', '0:0:0:0'], ['fe80::1%eth0', 'fe80:0:0:0'],
])('%s counts as %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});
