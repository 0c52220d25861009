import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import { AppModule } from '../app.module.js';
import { readConfig } from '../platform/config.js';
import { joinEmbeddedDatabase } from '../platform/embedded-database/index.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { Logger } from '../platform/logger.js';
import { wireReactions } from '../reactions.js';

/**
 * The application without its web server, for a command: on DATABASE_URL, or on the embedded database, which a running
 * service may be using at the same time.
 */
export async function withApplication<T>(
  env: Record<string, string | undefined>, work: (app: INestApplicationContext) => Promise<T>,
): Promise<T> {
  // Lines of the log would drown what the command has to say.
  const config = readConfig({ LOG_LEVEL: 'warn', ...env });
  const embedded = config.databaseUrl ? null : await joinEmbeddedDatabase({ dataDir: config.dataDir });
  try {
    const logger = new Logger(config.logLevel);
    const parts = { config, databaseUrl: config.databaseUrl ?? embedded?.url ?? '', logger, poolSize: 4 };
    const app = await NestFactory.createApplicationContext(AppModule.with(parts), { logger, abortOnError: false });
    try {
      wireReactions(app);
      await app.get(Jobs).migrate();
      return await work(app);
    } finally {
      await app.get(Jobs).stop();
      await app.close();
    }
  } finally {
    await embedded?.stop();
  }
}
