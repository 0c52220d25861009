import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, mkdir, open, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Binaries } from './binaries.js';
import { EmbeddedDatabaseError } from './errors.js';
import { draftOf, removeDrafts, settleHome, type Home } from './home.js';
import { errorCode } from './processes.js';

export const USER = 'lantoa';

/**
 * Makes the cluster under a name of its own, and renames it when it is whole: a creation cut short at any
 * point leaves nothing that the next start could take for a database.
 */
export async function createCluster(
  dataDir: string,
  home: Home,
  binaries: Binaries,
  durable: boolean,
): Promise<void> {
  await removeDrafts(home);
  const draft = draftOf(home);
  try {
    await mkdir(draft.dir, { mode: 0o700 });
    await writeFile(draft.passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600, flush: durable });
    if (home.account) {
      await chown(draft.passwordFile, home.account.uid, home.account.gid);
      await chown(draft.dir, home.account.uid, home.account.gid);
    }
    await initialise(draft, binaries);
    if (durable) {
      // One pass over the finished files instead of a sync of each as it is made.
      await runInitdb(draft, binaries, ['--sync-only']);
      await syncFolder(draft.dir);
    }
    await settleHome(dataDir, draft, home);
  } catch (error) {
    await rm(draft.dir, { recursive: true, force: true });
    throw error;
  }
  if (durable) await syncFolder(dirname(home.dir));
  if (durable) await syncFolder(dataDir);
}

export async function readPassword(home: Home): Promise<string> {
  return (await readFile(home.passwordFile, 'utf8')).trim();
}

/** Refuses a cluster that this PostgreSQL cannot read. */
export async function checkVersion(home: Home, binaries: Binaries): Promise<void> {
  const found = (await readFile(join(home.cluster, 'PG_VERSION'), 'utf8')).trim();
  if (found === binaries.majorVersion) return;
  throw new EmbeddedDatabaseError(
    'embedded-database-version',
    `The database in ${home.cluster} was made by PostgreSQL ${found}; this release brings ${binaries.majorVersion}.` +
      ' Take a backup with the release that made it, and restore it into an empty folder.',
    { cluster: home.cluster, found, expected: binaries.majorVersion },
  );
}

/**
 * The order of words is that of ICU for Vietnamese. Full text and trigrams still ask the C library what a
 * letter is: with plain C they would drop every letter with an accent, so a UTF-8 locale is tried first.
 */
async function initialise(home: Home, binaries: Binaries): Promise<void> {
  const options = [
    `--username=${USER}`,
    `--pwfile=${home.passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    '--locale-provider=icu',
    '--icu-locale=vi',
    '--text-search-config=simple',
    '--no-instructions',
    '--no-sync',
  ];
  const letters = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8';
  try {
    await runInitdb(home, binaries, [...options, `--lc-ctype=${letters}`]);
  } catch (error) {
    if (!(error instanceof Error && /invalid locale/.test(error.message))) throw error;
    await rm(home.cluster, { recursive: true, force: true });
    await runInitdb(home, binaries, options);
  }
}

function runInitdb(home: Home, binaries: Binaries, options: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(binaries.initdb, ['-D', home.cluster, ...options], {
      ...spawnOptions(home, binaries),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let complaint = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    child.once('error', (error) => reject(spawnFailure(error, binaries.initdb)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(failure(`initdb ended with ${code ?? signal}: ${complaint.trim()}`));
    });
  });
}

/** Nothing of our own environment (secrets, PG*, LANG) reaches the server, which may outlive us. */
export function spawnOptions(home: Home, binaries: Binaries) {
  return {
    ...home.account,
    cwd: home.dir,
    env: {
      PATH: '/usr/bin:/bin',
      TZ: 'UTC',
      LANG: 'C',
      LD_LIBRARY_PATH: binaries.lib,
      DYLD_LIBRARY_PATH: binaries.lib,
    },
  };
}

export function spawnFailure(error: Error, program: string): EmbeddedDatabaseError {
  const loaderMissing = errorCode(error) === 'ENOENT' && existsSync(program);
  return loaderMissing
    ? new EmbeddedDatabaseError(
        'embedded-database-unsupported',
        `The embedded database needs a system with glibc (Alpine and other musl systems have none).` +
          ' Set DATABASE_URL to a PostgreSQL server.',
        { platform: `${process.platform}-${process.arch}` },
      )
    : failure(`${program} could not be started: ${error.message}`);
}

export function failure(message: string): EmbeddedDatabaseError {
  return new EmbeddedDatabaseError('embedded-database-failed', `The embedded database did not start: ${message}`);
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
