import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { Tx } from './sql.js';

/** Serialization failure and deadlock: nothing was written, so the whole piece may run again. */
const TRY_AGAIN = new Set(['40001', '40P01']);
const TRIES = 4;

@Injectable()
export class Database {
  constructor(@InjectDataSource() private readonly source: DataSource) {}

  /**
   * Runs a piece of work in one transaction: all of it is true, or none. The work may run more than once (after a
   * deadlock), so it must have no effect outside the transaction.
   */
  async inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.source.transaction(work);
      } catch (error) {
        const code = (error as { driverError?: { code?: string } }).driverError?.code;
        if (attempt === TRIES || code === undefined || !TRY_AGAIN.has(code)) throw error;
      }
    }
  }

  /** For reads of one statement, outside any transaction. */
  get reader(): Tx {
    return this.source.manager;
  }

  /** Several reads that must agree with each other: one snapshot. */
  async inSnapshot<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.source.transaction('REPEATABLE READ', async (tx) => {
      await tx.query('SET TRANSACTION READ ONLY');
      return work(tx);
    });
  }
}
