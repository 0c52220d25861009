import { USER, readPassword } from './cluster.js';
import { EmbeddedDatabaseError, EmbeddedDatabaseInUse } from './errors.js';
import { Guard, type Role } from './guard.js';
import type { Home } from './home.js';
import { findReadyServer, stopServer, type Server } from './server.js';
import { withStartLock } from './start-lock.js';
import { until } from './until.js';

const DATABASE = 'lantoa';

/** How long the server may take to come back after a crash of one of its processes. */
const COMEBACK_MS = 15_000;

export interface OpenContext {
  role: Role;
  home: Home;
  dataDir: string;
  log: (message: string) => void;
  onLost: (error: Error) => void;
}

/** One process's use of a running server, from taking its lock to stop(). */
export class OpenDatabase {
  private guard: Guard | undefined;
  private lost: Error | undefined;
  private comeback: Promise<void> | undefined;
  private stopped: Promise<void> | undefined;

  private constructor(
    private readonly server: Server,
    private readonly password: string,
    private readonly context: OpenContext,
  ) {}

  static async on(server: Server, context: OpenContext): Promise<OpenDatabase> {
    const database = new OpenDatabase(server, await readPassword(context.home), context);
    const guard = await database.takeGuard();
    try {
      await guard.ensureDatabase(DATABASE);
    } catch (error) {
      await guard.release();
      throw error;
    }
    return database;
  }

  get url(): string {
    if (this.lost) throw this.lost;
    return this.urlOf(DATABASE);
  }

  /** Whether another process uses the server too. */
  async isShared(): Promise<boolean> {
    return (await (this.guard ?? (await this.takeGuard())).others()) > 0;
  }

  stop(): Promise<void> {
    this.stopped ??= this.leave();
    return this.stopped;
  }

  /** For the holder of the start lock. */
  async closeAndStopServer(): Promise<void> {
    await this.guard?.release();
    await stopServer(this.context.home, this.context.log);
  }

  private async leave(): Promise<void> {
    await this.comeback;
    if (this.lost) return;
    await withStartLock(this.context.dataDir, async () => {
      if (await this.isShared()) await this.guard?.release();
      else await this.closeAndStopServer();
    });
  }

  private async takeGuard(): Promise<Guard> {
    const { role, dataDir } = this.context;
    this.guard = await Guard.take(role, this.urlOf('postgres'), dataDir, (error) => this.dropped(error));
    return this.guard;
  }

  private dropped(error: Error): void {
    this.guard = undefined;
    if (this.stopped) return;
    this.context.log(`The connection that holds the database lock is gone (${error.message}); taking it again.`);
    this.comeback = this.regain();
  }

  /** When one of its processes is killed, postgres drops every connection, recovers and goes on. */
  private async regain(): Promise<void> {
    const outcome = await until(
      async () => {
        try {
          const server = await findReadyServer(this.context.home);
          if (server?.pid !== this.server.pid) return new Error('the server has ended; postgres.log may say why');
          return await this.takeGuard();
        } catch (error) {
          return error instanceof EmbeddedDatabaseInUse ? error : undefined; // any other may pass
        }
      },
      COMEBACK_MS,
      100,
    );
    if (outcome instanceof Guard) {
      this.context.log('The database lock is held again.');
      return;
    }
    this.lost = new EmbeddedDatabaseError(
      'embedded-database-lost',
      `The embedded database is lost: ${outcome?.message ?? 'it takes no connections'}.`,
      { dataDir: this.context.dataDir },
    );
    this.context.log(this.lost.message);
    this.context.onLost(this.lost);
  }

  private urlOf(database: string): string {
    return `postgres://${USER}:${this.password}@127.0.0.1:${this.server.port}/${database}`;
  }
}
