import { createApp } from '../app.setup.js';
import { ConfigError, readConfig } from '../platform/config.js';
import { EmbeddedDatabaseInUse, startEmbeddedDatabase, type EmbeddedDatabase } from '../platform/embedded-database/index.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { Logger } from '../platform/logger.js';

/**
 * Brings the whole service up and says where it is: configuration, database, migrations, courses, trial data, HTTP.
 * Stops gracefully on SIGTERM and SIGINT: no new requests, running ones finish, then jobs, then the database.
 */
export async function startService(env: NodeJS.ProcessEnv): Promise<void> {
  const say = (message: string) => process.stdout.write(`${message}\n`);
  let embedded: EmbeddedDatabase | undefined;
  try {
    const config = readConfig(env);
    const logger = new Logger(config.logLevel);
    if (!config.databaseUrl) embedded = await startEmbeddedDatabase({ dataDir: config.dataDir, log: say });
    const app = await createApp({ config, databaseUrl: config.databaseUrl ?? (embedded as EmbeddedDatabase).url, logger });
    await app.get(Jobs).start();
    await app.listen(config.port, config.host);
    say(`Lan Tỏa: ${config.publicUrl}`);

    let stopping = false;
    const stop = async () => {
      if (stopping) return;
      stopping = true;
      await app.close();
      await embedded?.stop();
      process.exit(0);
    };
    process.on('SIGTERM', () => void stop());
    process.on('SIGINT', () => void stop());
  } catch (error) {
    await embedded?.stop();
    if (!(error instanceof ConfigError || error instanceof EmbeddedDatabaseInUse)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
