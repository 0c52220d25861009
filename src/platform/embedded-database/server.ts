import { spawn, type ChildProcess } from 'node:child_process';
import {
  chownSync,
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { isRoot } from './account.js';
import type { Binaries } from './binaries.js';
import { failure, spawnFailure, spawnOptions } from './cluster.js';
import type { Home } from './home.js';
import { lookUpProcess } from './processes.js';
import { FIXED_SETTINGS, NOT_DURABLE, postgresqlConf } from './settings.js';
import { until } from './until.js';

/** A running postgres of our cluster, whoever started it. */
export interface Server {
  pid: number;
  port: number;
  ready: boolean;
}

const START_MS = 30_000;
const RECOVERY_MS = 600_000;
const FAST_STOP_MS = 60_000;
const IMMEDIATE_STOP_MS = 10_000;
const LOG_BYTES = 5_000_000;

/** Complaints of postgres that pass: the server before it is not quite gone, or another took the port. */
const PASSING = /postmaster\.pid|shared memory block|could not bind|could not create any TCP|Address already in use/;

/**
 * The server that postmaster.pid tells of, when that is true: the process lives, is a postgres, and runs
 * on this very folder. The file outlives a crash, its number may since belong to any other process, and a
 * copied folder carries the file of the original.
 */
export function findServer(home: Home): Server | undefined {
  const lines = pidFile(home)?.split('\n');
  const pid = Number(lines?.[0]);
  if (!lines || !Number.isInteger(pid) || pid < 1) return undefined;
  const found = lookUpProcess(pid);
  const folder = lines[1] ?? '';
  if (!found || found.zombie || !isSameFolder(folder, home.cluster)) return undefined;
  if (!found.command.includes(`/postgres -D ${folder} -p `)) return undefined;
  return { pid, port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
}

/** The running server once it has made up its mind: ready, or (undefined) gone. */
export async function findReadyServer(home: Home): Promise<Server | undefined> {
  const settled = await until(() => {
    const server = findServer(home);
    return server && !server.ready ? undefined : { server };
  }, RECOVERY_MS);
  if (!settled) throw failure(`the server in ${home.cluster} has been starting or stopping for ten minutes`);
  return settled.server;
}

export interface LaunchOptions {
  home: Home;
  binaries: Binaries;
  durable: boolean;
  logFile: string;
  log: (message: string) => void;
}

/** Starts postgres on a free port. Tries again while what stands in the way is passing. */
export async function launchServer(options: LaunchOptions): Promise<Server> {
  writeFileSync(join(options.home.cluster, 'postgresql.conf'), postgresqlConf());
  rotate(options.logFile);
  let refusal = '';
  const server = await until(
    async () => {
      removeForeignPidFile(options.home);
      const outcome = await launchOnce(options);
      if (typeof outcome !== 'string') return outcome;
      refusal = outcome;
      if (!PASSING.test(refusal)) throw failure(refusal);
      return undefined;
    },
    START_MS,
    100,
  );
  if (!server) throw failure(refusal);
  return server;
}

/** Ends all its connections and waits until it is gone; the data is safe even where it has to be hurried. */
export async function stopServer(home: Home, log: (message: string) => void): Promise<void> {
  const gone = () => (findServer(home) ? undefined : true);
  signal(home, 'SIGINT');
  if (await until(gone, FAST_STOP_MS)) return;
  log('The database server does not stop; ending it at once. It will recover at the next start.');
  signal(home, 'SIGQUIT');
  if (!(await until(gone, IMMEDIATE_STOP_MS))) throw failure(`the server in ${home.cluster} cannot be stopped`);
}

function signal(home: Home, name: NodeJS.Signals): void {
  const server = findServer(home);
  if (server) process.kill(server.pid, name);
}

/** The server, or in words why it ended at once. */
async function launchOnce({ home, binaries, durable, logFile, log }: LaunchOptions): Promise<Server | string> {
  const settings = Object.entries({ ...FIXED_SETTINGS, ...(durable ? {} : NOT_DURABLE) });
  const port = await freePort();
  const output = openLog(logFile);
  const before = fstatSync(output).size;
  // In a session of its own, so that Ctrl-C reaches the service alone, which then stops it in order.
  const child = spawn(
    binaries.postgres,
    ['-D', home.cluster, '-p', String(port), ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    { ...spawnOptions(home, binaries), detached: true, stdio: ['ignore', output, output] },
  );
  closeSync(output);
  const end = watchEnd(child, binaries.postgres);
  child.unref();
  let waited = 0;
  const server = await until(() => {
    if (end.error) throw end.error;
    if (end.ended) return 'ended';
    if (++waited === 500) log('The database is recovering from an unclean stop; this can take some minutes.');
    const found = findServer(home);
    return found?.ready && found.pid === child.pid ? found : undefined;
  }, RECOVERY_MS);
  if (server === 'ended') return readFileSync(logFile).subarray(before).toString('utf8').trim() || 'it ended at once';
  if (server) return server;
  child.kill('SIGQUIT');
  return 'it was not ready after ten minutes';
}

function watchEnd(child: ChildProcess, program: string): { ended: boolean; error?: Error } {
  const end: { ended: boolean; error?: Error } = { ended: false };
  child.once('error', (error) => (end.error = spawnFailure(error, program)));
  child.once('exit', () => (end.ended = true));
  return end;
}

/**
 * postgres itself clears the file of a dead server. It cannot tell that the number is a zombie's or a
 * stranger's, and would refuse to start for ever. That no process is left on the folder it still checks
 * by its shared memory.
 */
function removeForeignPidFile(home: Home): void {
  const content = pidFile(home);
  if (content === undefined || findServer(home)) return;
  const pid = Number(content.split('\n')[0]);
  const isDead = Number.isInteger(pid) && pid > 0 && !lookUpProcess(pid);
  if (!isDead) rmSync(join(home.cluster, 'postmaster.pid'), { force: true });
}

function pidFile(home: Home): string | undefined {
  try {
    return readFileSync(join(home.cluster, 'postmaster.pid'), 'utf8');
  } catch {
    return undefined;
  }
}

function isSameFolder(one: string, other: string): boolean {
  try {
    const [a, b] = [statSync(one), statSync(other)];
    return a.ino === b.ino && a.dev === b.dev;
  } catch {
    return false;
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address && typeof address === 'object' ? address.port : 0));
    });
  });
}

function rotate(logFile: string): void {
  const size = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES) renameSync(logFile, `${logFile}.1`);
}

/** Opened here and handed over: the server's account need not be able to reach the file. */
function openLog(logFile: string): number {
  const output = openSync(logFile, 'a', 0o600);
  if (isRoot()) {
    const { uid, gid } = statSync(dirname(logFile));
    chownSync(logFile, uid, gid);
  }
  return output;
}
