import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { EmbeddedDatabaseError } from './errors.js';
import { errorCode, isAlive, ownMark, type ProcessMark } from './processes.js';
import { until } from './until.js';

const WAIT_MS = 120_000;

/**
 * One process at a time creates, starts, joins or stops the server of a folder. This lock is a file and
 * is held for the length of that step only; what marks a running service is an advisory lock (guard.ts).
 */
export async function withStartLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const path = join(dataDir, 'postgres.starting');
  const release = await until(() => tryLock(path), WAIT_MS, 20);
  if (!release) {
    throw new EmbeddedDatabaseError(
      'embedded-database-busy',
      `Another process has been starting or stopping the database in ${dataDir} for two minutes; see ${path}.`,
      { dataDir },
    );
  }
  try {
    return await work();
  } finally {
    release();
  }
}

/** Linking a finished file is atomic: whoever reads the lock reads all of it. */
function tryLock(path: string): (() => void) | undefined {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  writeDraft(draft);
  try {
    linkSync(draft, path);
    return () => rmSync(path, { force: true });
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  removeIfStale(path);
  return undefined;
}

function writeDraft(draft: string): void {
  try {
    writeFileSync(draft, JSON.stringify(ownMark()), { mode: 0o644 });
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '')) throw error;
    throw new EmbeddedDatabaseError(
      'embedded-database-forbidden',
      `This account may not write in ${dirname(draft)}: use the account that runs the service, or another DATA_DIR.`,
      { dataDir: dirname(draft) },
    );
  }
}

/**
 * Two processes may both see that the holder is dead; the slower one must not remove the lock that the
 * faster one has taken since. So the right to remove is a lock too, and the content is read again under it.
 */
function removeIfStale(path: string): void {
  const content = read(path);
  if (content === undefined || isHeld(content)) return;
  const release = tryLock(`${path}.stale`);
  if (!release) return;
  try {
    if (read(path) === content) rmSync(path, { force: true });
  } finally {
    release();
  }
}

function isHeld(content: string): boolean {
  try {
    return isAlive(JSON.parse(content) as ProcessMark);
  } catch {
    return false; // cut short by a power failure, so its holder is gone
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}
