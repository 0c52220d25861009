import { Injectable } from '@nestjs/common';
import { Logger as WorkerLogger, run, runMigrations, runOnce, type Runner, type RunnerOptions } from 'graphile-worker';
import { Pool } from 'pg';
import { DatabaseUrl } from '../database/database-url.js';
import type { Tx } from '../database/sql.js';
import { Logger } from '../logger.js';

type Handler = (payload: Record<string, unknown>) => Promise<void>;

/**
 * Work after commit, and work by the clock. A job is a row written in the same transaction as its cause, so a crash
 * between the two cannot lose it; it may run twice, so every handler is idempotent.
 */
@Injectable()
export class Jobs {
  private readonly handlers = new Map<string, Handler>();
  private readonly schedule: string[] = [];
  private pool?: Pool;
  private runner?: Runner;

  constructor(private readonly url: DatabaseUrl, private readonly logger: Logger) {}

  /** Names the piece of work. `cron` (UTC, five fields) runs it by the clock too. */
  handle(task: string, handler: Handler, cron?: string): void {
    this.handlers.set(task, handler);
    if (cron) this.schedule.push(`${cron} ${task} ?fill=1h&jobKey=${task}&jobKeyMode=preserve_run_at`);
  }

  /** Asks for a job once the transaction commits. The same `key` waiting twice is one job. */
  async enqueue(tx: Tx, task: string, payload: Record<string, unknown> = {}, key?: string, runAt?: Date): Promise<void> {
    await tx.query(
      'SELECT graphile_worker.add_job($1, payload => $2::json, job_key => $3, run_at => $4::timestamptz)',
      [task, JSON.stringify(payload), key ?? null, runAt ?? null],
    );
  }

  /** The queue's own tables, beside ours. */
  async migrate(): Promise<void> {
    await runMigrations(this.options());
  }

  async start(): Promise<void> {
    this.runner = await run({ ...this.options(), concurrency: 2, crontab: this.schedule.join('\n') });
    this.runner.promise.catch((error: unknown) => this.logger.error('The job runner stopped', error as Error));
  }

  get running(): boolean {
    return this.runner !== undefined;
  }

  /** Runs what is waiting and returns: for tests and operator commands. */
  async drain(): Promise<void> {
    await runOnce(this.options());
  }

  async stop(): Promise<void> {
    await this.runner?.stop();
    this.runner = undefined;
    await this.pool?.end();
    this.pool = undefined;
  }

  private options(): RunnerOptions {
    if (!this.pool) {
      this.pool = new Pool({ connectionString: this.url.value, max: 4, application_name: 'lan-toa jobs' });
      // A connection may also be lost between two uses; without a listener on each, that would end the process.
      this.pool.on('connect', (client) => client.on('error', () => undefined));
      this.pool.on('error', (error) => this.logger.warn('A connection of the job runner was lost', error));
    }
    const logger = new WorkerLogger(() => (level, message) => {
      if (String(level) === 'error') this.logger.error(message);
      else this.logger.debug(message);
    });
    const taskList = Object.fromEntries([...this.handlers].map(([task, handler]) => [
      task, (payload: unknown) => handler((payload ?? {}) as Record<string, unknown>),
    ]));
    return { pgPool: this.pool, taskList, logger, noHandleSignals: true, pollInterval: 5_000 };
  }
}
