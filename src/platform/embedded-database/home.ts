import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { canReach, isRoot, UNPRIVILEGED, type Account } from './account.js';
import { EmbeddedDatabaseError } from './errors.js';
import { makeSystemDir, SYSTEM_DIR } from './system-dir.js';

/**
 * The folder of one database: its cluster, and the password that belongs to it, so that neither can be
 * kept, moved or deleted without the other.
 */
export interface Home {
  dir: string;
  cluster: string;
  passwordFile: string;
  account: Account | undefined;
}

/**
 * The folder by its real name, made when there is none: closed to others. Root leaves the way through what
 * it makes open, whatever the umask says: its server runs as nobody.
 */
export async function prepareDataDir(dataDir: string): Promise<string> {
  const firstMade = await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (firstMade && isRoot()) {
    for (let folder = resolve(dataDir); folder.length >= resolve(firstMade).length; folder = dirname(folder)) {
      await chmod(folder, 0o711);
    }
  }
  return realpath(dataDir);
}

/** The home that earlier starts made, or undefined where the folder has had no database yet. */
export async function findHome(dataDir: string): Promise<Home | undefined> {
  const pointer = pointerFile(dataDir);
  const dir = existsSync(pointer) ? (await readFile(pointer, 'utf8')).trim() : join(dataDir, 'postgres');
  if (!existsSync(dir)) {
    if (!existsSync(pointer)) return undefined;
    // Making a new, empty database here would hide that the old one is lost.
    throw new EmbeddedDatabaseError(
      'embedded-database-missing',
      `${pointer} says that the database is kept in ${dir}, and there is nothing. Bring that folder back,` +
        ' or delete the file to begin with an empty database.',
      { dataDir, cluster: dir },
    );
  }
  const { uid, gid } = await stat(dir);
  const account = isRoot() && uid !== 0 ? { uid, gid } : undefined;
  if (!canReach(dir, account)) {
    throw new EmbeddedDatabaseError(
      'embedded-database-unreachable',
      `The database server runs as user ${uid} and cannot enter ${dir}: open the folders on the way to it (chmod o+x).`,
      { dataDir, cluster: dir },
    );
  }
  return homeAt(dir, account);
}

/**
 * Where a new home belongs: in the data folder; for root, whose server runs as nobody and may not be able to
 * enter that folder, under /var/lib. The random part of that name keeps a deleted data folder from finding
 * its old database again.
 */
export async function chooseHome(dataDir: string): Promise<Home> {
  const account = isRoot() ? UNPRIVILEGED : undefined;
  if (canReach(dataDir, account)) return homeAt(join(dataDir, 'postgres'), account);
  await makeSystemDir();
  const name = createHash('sha256').update(dataDir).digest('hex').slice(0, 12);
  return homeAt(join(SYSTEM_DIR, `${name}-${randomBytes(6).toString('hex')}`), account);
}

/** The same home under the name that it has until it is complete. */
export function draftOf(home: Home): Home {
  return homeAt(`${home.dir}.new-${randomBytes(6).toString('hex')}`, home.account);
}

/** Gives a finished draft its name, and leaves word of it in the data folder when it stands elsewhere. */
export async function settleHome(dataDir: string, draft: Home, home: Home): Promise<void> {
  await rename(draft.dir, home.dir);
  if (dirname(home.dir) === dataDir) return;
  const pointer = pointerFile(dataDir);
  await writeFile(`${pointer}.new`, `${home.dir}\n`, { mode: 0o600, flush: true });
  await rename(`${pointer}.new`, pointer);
}

/** What starts that were cut short left behind. */
export async function removeDrafts(home: Home): Promise<void> {
  const prefix = `${basename(home.dir)}.new-`;
  for (const name of await readdir(dirname(home.dir))) {
    if (!name.startsWith(prefix)) continue;
    await rm(join(dirname(home.dir), name), { recursive: true, force: true, maxRetries: 3 }).catch(() => undefined);
  }
}

function homeAt(dir: string, account: Account | undefined): Home {
  return { dir, cluster: join(dir, 'cluster'), passwordFile: join(dir, 'password'), account };
}

function pointerFile(dataDir: string): string {
  return join(dataDir, 'postgres.location');
}
