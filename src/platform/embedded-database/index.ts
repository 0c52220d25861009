import { join } from 'node:path';
import { findBinaries } from './binaries.js';
import { checkVersion, createCluster } from './cluster.js';
import { EmbeddedDatabaseInUse } from './errors.js';
import type { Role } from './guard.js';
import { chooseHome, findHome, prepareDataDir, type Home } from './home.js';
import { OpenDatabase, type OpenContext } from './open-database.js';
import { findReadyServer, findServer, launchServer, stopServer } from './server.js';
import { withStartLock } from './start-lock.js';
import { until } from './until.js';

export { EmbeddedDatabaseError, EmbeddedDatabaseInUse } from './errors.js';

/** How long a server that refuses us may take to end, before the refusal counts. */
const ENDING_MS = 5_000;

export interface EmbeddedDatabase {
  /** For pg and everything built on it; names the database "lantoa". Throws once the database is lost. */
  readonly url: string;
  /** Releases the lock. The last process that uses the server stops it, and waits until it is gone. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** The folder that holds everything; made when there is none. Deleting it means an empty database. */
  dataDir: string;
  /** Default true. False is for tests: faster, and lost or broken after a power failure. */
  durable?: boolean;
  /** Progress in plain lines, for the log of the operator. */
  log?: (message: string) => void;
  /** The server has ended, or another service has taken the lock: this process must not go on. */
  onLost?: (error: Error) => void;
}

/**
 * For the running service: starts the server, or takes over the one that a killed service left running,
 * and holds the lock that admits one service only.
 * @throws EmbeddedDatabaseInUse when another live process holds that lock
 * @throws EmbeddedDatabaseError with a stable code, when there can be no server here
 */
export function startEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  return openDatabase('service', options);
}

/** For operator commands: joins the server of a running service, or starts it for as long as the command lasts. */
export function joinEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  return openDatabase('command', options);
}

async function openDatabase(role: Role, options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const { durable = true, log = () => undefined, onLost = () => undefined } = options;
  const dataDir = await prepareDataDir(options.dataDir);
  return withStartLock(dataDir, async () => {
    const home = (await findHome(dataDir)) ?? (await createHome(dataDir, durable, log));
    const context: OpenContext = { role, home, dataDir, log, onLost };

    const joined = await joinRunningServer(context);
    if (joined) {
      if (role === 'command' || (await joined.isShared())) return joined;
      // Left by a killed service. A fresh server has today's settings, and none of its unfinished queries.
      log('Stopping the database server that an earlier run left behind.');
      await joined.closeAndStopServer();
    }

    const binaries = await findBinaries(dataDir, home.account);
    await checkVersion(home, binaries);
    const logFile = join(dataDir, 'postgres.log');
    const server = await launchServer({ home, binaries, durable, logFile, log });
    log(`The database server is ready (process ${server.pid}, port ${server.port}, data in ${home.dir}).`);
    try {
      return await OpenDatabase.on(server, context);
    } catch (error) {
      await stopServer(home, log);
      throw error;
    }
  });
}

/** Undefined where no server runs, or where the one that was found ends while it is being joined. */
async function joinRunningServer(context: OpenContext): Promise<OpenDatabase | undefined> {
  const running = await findReadyServer(context.home);
  if (!running) return undefined;
  try {
    return await OpenDatabase.on(running, context);
  } catch (error) {
    if (error instanceof EmbeddedDatabaseInUse) throw error;
    const gone = await until(() => (findServer(context.home)?.pid === running.pid ? undefined : true), ENDING_MS);
    if (!gone) throw error;
    return undefined;
  }
}

async function createHome(dataDir: string, durable: boolean, log: (message: string) => void): Promise<Home> {
  const home = await chooseHome(dataDir);
  log(`Creating an empty database in ${home.dir}.`);
  await createCluster(dataDir, home, await findBinaries(dataDir, home.account), durable);
  return home;
}
