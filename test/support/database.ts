import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { TEMPLATE, withDatabase } from './database-names.js';

export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** A database of one's own, with the real schema and nothing in it. A clone of the template: a fraction of a second. */
export async function cloneDatabase(): Promise<TestDatabase> {
  const server = process.env.TEST_SERVER_URL;
  if (!server) throw new Error('The global set-up has not run.');
  const name = `lantoa_test_${randomBytes(6).toString('hex')}`;
  await asAdmin(server, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE}`);
  return { url: withDatabase(server, name), drop: () => asAdmin(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function asAdmin(server: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
