import type { Test } from 'supertest';
import { csrfOf, type PageAgent } from './sign-in.js';

/** Sends a form with a file as a browser would: the token is taken from the page that shows the form. */
export async function postFile(
  agent: PageAgent, url: string, file: Buffer | string, fields: Record<string, string> = {}, options: { from?: string; name?: string } = {},
): Promise<Awaited<Test>> {
  const page = await agent.get(options.from ?? url);
  const request = agent.post(url).field('_csrf', csrfOf(page.text));
  for (const [name, value] of Object.entries(fields)) void request.field(name, value);
  return request.attach('file', Buffer.from(file), options.name ?? 'danh-sach.csv');
}
