import { Client } from 'pg';
import { EmbeddedDatabaseInUse } from './errors.js';
import { isAlive, ownMark, type ProcessMark } from './processes.js';
import { until } from './until.js';

/** A running service, or an operator command that works beside one or alone. */
export type Role = 'service' | 'command';

/** Advisory locks (class, object) in the database "postgres"; 1169 as in Decision 1169/QĐ-TTg. */
const LOCK_CLASS = 1169;
const LOCK_OF: Record<Role, number> = { service: 1, command: 2 };

/** How long the lock of a process that was killed may outlive it, until its connection is seen to be dead. */
const LINGER_MS = 5_000;

/**
 * A connection that does nothing but say, by the lock it holds, that this process uses the server.
 * However the process ends, the lock ends with it.
 */
export class Guard {
  private held = false;

  private constructor(
    private readonly client: Client,
    private readonly onLost: (error: Error) => void,
  ) {}

  /**
   * @param url of the database "postgres", so that the service's own can be dropped, restored and copied
   * @throws EmbeddedDatabaseInUse when another live process runs its service on this server
   */
  static async take(role: Role, url: string, dataDir: string, onLost: (error: Error) => void): Promise<Guard> {
    const mark = ownMark();
    const client = new Client({
      connectionString: url,
      ssl: false,
      connectionTimeoutMillis: 10_000,
      application_name: `lan-toa ${role} ${mark.pid} ${mark.started}`,
    });
    const guard = new Guard(client, onLost);
    client.on('error', (error) => guard.lose(error));
    client.on('end', () => guard.lose(new Error('the connection was closed')));
    try {
      await client.connect();
      await guard.lock(role, dataDir);
      guard.held = true;
    } catch (error) {
      await guard.release();
      throw error;
    }
    return guard;
  }

  /** How many other processes use the server. */
  async others(): Promise<number> {
    const { rows } = await this.client.query<{ others: number }>(
      `SELECT count(DISTINCT pid)::int AS others FROM pg_locks
       WHERE locktype = 'advisory' AND classid = $1 AND granted AND pid <> pg_backend_pid()`,
      [LOCK_CLASS],
    );
    return rows[0]?.others ?? 0;
  }

  async ensureDatabase(name: string): Promise<void> {
    const { rowCount } = await this.client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await this.client.query(`CREATE DATABASE ${this.client.escapeIdentifier(name)}`);
  }

  async release(): Promise<void> {
    this.held = false;
    await this.client.end().catch(() => undefined);
  }

  private async lock(role: Role, dataDir: string): Promise<void> {
    if (role === 'command') {
      await this.client.query('SELECT pg_advisory_lock_shared($1, $2)', [LOCK_CLASS, LOCK_OF.command]);
      return;
    }
    const outcome = await until(async () => {
      if (await this.tryServiceLock()) return 'taken';
      const holder = await this.serviceHolder();
      return holder && isAlive(holder) ? holder : undefined;
    }, LINGER_MS);
    if (outcome !== 'taken') throw new EmbeddedDatabaseInUse(dataDir, outcome?.pid ?? 0);
  }

  private async tryServiceLock(): Promise<boolean> {
    const { rows } = await this.client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS taken', [
      LOCK_CLASS,
      LOCK_OF.service,
    ]);
    return rows[0]?.taken ?? false;
  }

  private async serviceHolder(): Promise<ProcessMark | undefined> {
    const { rows } = await this.client.query<{ name: string }>(
      `SELECT a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
       WHERE l.locktype = 'advisory' AND l.classid = $1 AND l.objid = $2 AND l.granted`,
      [LOCK_CLASS, LOCK_OF.service],
    );
    const [, pid, started] = /(\d+) (\S*)$/.exec(rows[0]?.name ?? '') ?? [];
    return pid === undefined || started === undefined ? undefined : { pid: Number(pid), started };
  }

  private lose(error: Error): void {
    if (!this.held) return;
    this.held = false;
    this.onLost(error);
  }
}
