import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { runMigrations } from 'graphile-worker';
import { dataSourceOptions } from '../../src/platform/database/data-source.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { startEmbeddedDatabase, type EmbeddedDatabase } from '../../src/platform/embedded-database/index.js';
import { unpackBrowser } from './browser.js';
import { TEMPLATE, withDatabase } from './database-names.js';

declare global {
  var testServer: { embedded?: EmbeddedDatabase; dataDir?: string } | undefined;
}

/**
 * One PostgreSQL server for the whole run: the one of TEST_DATABASE_URL, else the embedded one. The real migrations run
 * once, into a template; each test file clones it (test/support/database.ts).
 */
export default async function setUp(): Promise<void> {
  let url = process.env.TEST_DATABASE_URL;
  globalThis.testServer = {};
  if (!url) {
    const dataDir = await mkdtemp(join(tmpdir(), 'lan-toa-test-'));
    await chmod(dataDir, 0o711);
    globalThis.testServer.dataDir = dataDir;
    const embedded = await startEmbeddedDatabase({ dataDir, durable: false });
    globalThis.testServer.embedded = embedded;
    url = embedded.url;
  }
  process.env.TEST_SERVER_URL = url;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`DROP DATABASE IF EXISTS ${TEMPLATE} WITH (FORCE)`);
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  await client.end();
  const template = withDatabase(url, TEMPLATE);
  const source = await new DataSource(dataSourceOptions(template, 2)).initialize();
  await migrate(source);
  await source.destroy();
  await runMigrations({ connectionString: template });
  process.env.TEST_BROWSER = JSON.stringify(await unpackBrowser());
}
