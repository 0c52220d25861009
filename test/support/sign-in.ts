import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { Database } from '../../src/platform/database/database.js';
import { PASSWORD } from './world.js';

export type PageAgent = ReturnType<typeof supertest.agent>;

/**
 * Signs in as a program does. @returns the access token, for `.set('authorization', `Bearer ${token}`)`. It lasts ten
 * minutes of the frozen clock. Roles that need a second factor count as having shown it, unless told otherwise.
 */
export async function signInApi(app: NestFastifyApplication, username: string, password = PASSWORD, options: {
  secondFactor?: boolean;
} = {}): Promise<string> {
  const answer = await supertest(app.getHttpServer()).post('/api/v1/auth/login').send({ username, password });
  if (answer.status !== 200) throw new Error(`Signing in as ${username} was answered ${answer.status}: ${answer.text}`);
  if (options.secondFactor !== false) await showSecondFactor(app, username);
  return (answer.body as { accessToken: string }).accessToken;
}

/** Signs in by the page. @returns an agent that keeps the cookies, as a browser does */
export async function signInPages(app: NestFastifyApplication, username: string, password = PASSWORD, options: {
  secondFactor?: boolean;
} = {}): Promise<PageAgent> {
  const agent = supertest.agent(app.getHttpServer());
  const answer = await postForm(agent, '/sign-in', { username, password }, '/sign-in');
  if (answer.status !== 303) throw new Error(`Signing in as ${username} was answered ${answer.status}`);
  if (options.secondFactor !== false) await showSecondFactor(app, username);
  return agent;
}

/** The token of a page's forms. @throws Error when the page has no form */
export function csrfOf(html: string): string {
  const token = /name="_csrf" value="([^"]+)"/.exec(html)?.[1];
  if (!token) throw new Error('The page has no form with a token.');
  return token;
}

/**
 * Sends a form as a browser would: takes the token from a page of the same agent first. `from` is that page; by default
 * one that every signed-in person may see, whatever else is open to them. A list sends its name several times.
 */
export async function postForm(
  agent: PageAgent, url: string, fields: Record<string, unknown> = {}, from = '/notice',
): Promise<supertest.Response> {
  const page = await agent.get(from);
  const form = new URLSearchParams({ _csrf: csrfOf(page.text) });
  for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) form.append(name, String(one));
  return agent.post(url).type('form').send(form.toString());
}

async function showSecondFactor(app: NestFastifyApplication, username: string): Promise<void> {
  await app.get(Database).reader.query(
    `UPDATE sign_in_session s SET second_factor_at = s.created_at FROM account a
      WHERE a.id = s.account_id AND lower(a.username) = lower($1)`, [username]);
}
