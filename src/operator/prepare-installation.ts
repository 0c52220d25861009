import { randomBytes } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { LoadBaseAgencies } from '../agencies/index.js';
import { RecountEveryone } from '../coverage/index.js';
import { ConfigError, isLoopback, keptSecret, type Config } from '../platform/config.js';
import { Database } from '../platform/database/database.js';
import { Installation } from '../platform/installation.js';
import { LoadTrialData } from '../trial/index.js';
import { publishContent } from './publish-content.js';

export interface Prepared {
  trial: boolean;
  /** Of the trial accounts; only where this start made or keeps them. */
  trialPassword: string | null;
}

const PREPARE_LOCK = 1169_01;

/**
 * What every start makes sure of, each step finding what is there already: the country and its central agencies and
 * provinces, the published courses, programmes and targets, and on a trial installation the invented people. Several
 * processes may start at once: one prepares, the others wait and then find everything in place.
 */
export async function prepareInstallation(app: INestApplicationContext, config: Config, say: (line: string) => void): Promise<Prepared> {
  const database = app.get(Database);
  const installation = app.get(Installation);
  return holdingLock(database, async () => {
    const before = await installation.find();
    if (before && !before.trial && config.trialData) {
      throw new ConfigError('TRIAL_DATA is on, but this database holds real data. Use another DATABASE_URL or DATA_DIR.');
    }
    if (before?.trial && !isLoopback(config.host)) {
      throw new ConfigError(`HOST is ${config.host}, but this database holds trial accounts that share one password: `
        + 'set HOST=127.0.0.1, or begin with an empty database.');
    }
    const trial = before?.trial ?? config.trialData;
    if (!before) await installation.decide(database.reader, trial);

    await app.get(LoadBaseAgencies).run();
    const content = await publishContent(app);
    for (const course of content.courses) {
      if (course.state === 'published') say(`Course ${course.slug}: version ${course.number} published.`);
    }
    if (content.findings.length > 0) say('Some content was not published: "npm run lms -- courses check" says why.');
    // A rule never applied before counts nobody until everybody's periods were derived by it.
    if (content.targets.state === 'published') await app.get(RecountEveryone).run();
    if (!trial) return { trial, trialPassword: null };

    const trialPassword = config.trialPassword
      ?? keptSecret(config.dataDir, 'trial-password', () => randomBytes(9).toString('base64url'));
    if (!(await installation.find())?.filledAt) {
      say('Filling the trial country with invented people. This happens once.');
      await app.get(LoadTrialData).run(trialPassword);
      await app.get(RecountEveryone).run(true);
      await installation.markFilled(database.reader);
    }
    return { trial, trialPassword };
  });
}

/** A lock of the database on a connection of its own, so that it outlives the transactions of the work. */
async function holdingLock<T>(database: Database, work: () => Promise<T>): Promise<T> {
  return database.reader.transaction(async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock($1)', [PREPARE_LOCK]);
    return work();
  });
}
