import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../app.setup.js';
import { ConfigError, readConfig } from '../platform/config.js';
import { EmbeddedDatabaseError, startEmbeddedDatabase, type EmbeddedDatabase } from '../platform/embedded-database/index.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { Logger } from '../platform/logger.js';
import { TRIAL_ACCOUNTS } from '../trial/index.js';
import { prepareInstallation, type Prepared } from './prepare-installation.js';

const say = (message: string) => process.stdout.write(`${message}\n`);

/**
 * Brings the whole service up and says where it is: configuration, database, migrations, courses, trial data, HTTP.
 * Stops gracefully on SIGTERM and SIGINT: no new requests, running ones finish, then jobs, then the database.
 */
export async function startService(env: NodeJS.ProcessEnv): Promise<void> {
  let embedded: EmbeddedDatabase | undefined;
  let app: NestFastifyApplication | undefined;
  try {
    const config = readConfig(env);
    const logger = new Logger(config.logLevel);
    const onLost = (error: Error) => {
      logger.fatal('The database is lost; this process ends so that it can be started again', error);
      process.exit(1);
    };
    if (!config.databaseUrl) embedded = await startEmbeddedDatabase({ dataDir: config.dataDir, log: say, onLost });
    const databaseUrl = config.databaseUrl ?? (embedded as EmbeddedDatabase).url;
    const running = app = await createApp({ config, databaseUrl, logger });
    const prepared = await prepareInstallation(app, config, say);
    await app.get(Jobs).start();
    await app.listen(config.port, config.host);
    say(welcome(config.publicUrl, prepared));

    let stopping = false;
    const stop = async () => {
      if (stopping) return;
      stopping = true;
      await running.get(Jobs).stop();
      await running.close();
      await embedded?.stop();
      process.exit(0);
    };
    process.on('SIGTERM', () => void stop());
    process.on('SIGINT', () => void stop());
  } catch (error) {
    await app?.close();
    await embedded?.stop();
    const expected = error instanceof ConfigError || error instanceof EmbeddedDatabaseError || isPortTaken(error);
    if (!expected) throw error;
    process.stderr.write(`${(error as Error).message}\n`);
    process.exit(1);
  }
}

function isPortTaken(error: unknown): boolean {
  const { code, port } = error as { code?: string; port?: number };
  if (code !== 'EADDRINUSE' && code !== 'EACCES') return false;
  (error as Error).message = `PORT ${port} cannot be used: another program listens on it, or it is reserved. Set PORT to a free one.`;
  return true;
}

/** What a newcomer needs to know, on the console. */
function welcome(url: string, prepared: Prepared): string {
  const lines = ['', `Lan Tỏa: ${url}`];
  if (prepared.trialPassword !== null) {
    const width = Math.max(...TRIAL_ACCOUNTS.map((account) => account.username.length));
    lines.push('', 'Dữ liệu dùng thử. Tài khoản / Trial data. Accounts:',
      ...TRIAL_ACCOUNTS.map((account) => `  ${account.username.padEnd(width)}  ${account.who.vi} / ${account.who.en}`),
      '', `Mật khẩu chung / Password of all: ${prepared.trialPassword}`);
  }
  return [...lines, ''].join('\n');
}
