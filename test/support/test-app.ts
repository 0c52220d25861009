import 'reflect-metadata';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../../src/app.setup.js';
import { readConfig, type Config } from '../../src/platform/config.js';
import { Database } from '../../src/platform/database/database.js';
import { Jobs } from '../../src/platform/jobs/jobs.js';
import { Logger } from '../../src/platform/logger.js';
import { cloneDatabase } from './database.js';
import { FrozenClock } from './frozen-clock.js';
import { LoadedDice } from './loaded-dice.js';
import { World } from './world.js';

export interface TestApp {
  app: NestFastifyApplication;
  clock: FrozenClock;
  database: Database;
  world: World;
  jobs: Jobs;
  config: Config;
  /** Listens on a free port of this machine and returns the address. For browsers and streams. */
  listen(): Promise<string>;
  close(): Promise<void>;
}

/** The real application, wired by the real set-up, on a database of its own, with time standing still. */
export async function createTestApp(options: { at?: string; env?: Record<string, string> } = {}): Promise<TestApp> {
  const clone = await cloneDatabase();
  const clock = new FrozenClock(options.at);
  const config = readConfig({
    DATABASE_URL: clone.url, SECRET_KEY: 'a-secret-of-the-tests-0123456789abcdef', HOST: '127.0.0.1',
    IDENTITY_KEY: 'an-identity-key-of-the-tests-0123456789', LOG_LEVEL: 'silent', PUBLIC_URL: 'http://localhost:3000',
    ...options.env,
  });
  const app = await createApp({ config, databaseUrl: clone.url, clock, dice: new LoadedDice(), logger: new Logger(config.logLevel), poolSize: 8 });
  const database = app.get(Database);
  return {
    app, clock, config, database, world: new World(app, clock), jobs: app.get(Jobs),
    async listen() {
      await app.listen(0, '127.0.0.1');
      return app.getUrl();
    },
    async close() {
      await app.get(Jobs).stop();
      await app.close();
      await clone.drop();
    },
  };
}
