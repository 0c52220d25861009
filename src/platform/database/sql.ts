import type { Pool } from 'pg';
import { QueryFailedError, type EntityManager } from 'typeorm';

/** An open transaction. Every method that touches the database takes one, so that nobody writes outside it by chance. */
export type Tx = EntityManager;

/** The rows of a statement. TypeORM answers UPDATE and DELETE with [rows, count]; here it is always the rows. */
export async function rows<T>(tx: Tx, sql: string, params: unknown[] = []): Promise<T[]> {
  const result: unknown = await tx.query(sql, params);
  if (!Array.isArray(result)) return [];
  if (result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number') return result[0] as T[];
  return result as T[];
}

/** The first row, or null. */
export async function first<T>(tx: Tx, sql: string, params: unknown[] = []): Promise<T | null> {
  return (await rows<T>(tx, sql, params))[0] ?? null;
}

/** The one row there must be. @throws Error when there is none: the caller has promised that there is */
export async function one<T>(tx: Tx, sql: string, params: unknown[] = []): Promise<T> {
  const row = await first<T>(tx, sql, params);
  if (row === null) throw new Error('A row that must exist does not.');
  return row;
}

/**
 * The rows of a statement that runs very often: prepared under its name, so that each connection plans it once. For the
 * hottest paths only; planning such a statement can cost more than running it.
 */
export async function preparedRows<T>(tx: Tx, name: string, sql: string, params: unknown[]): Promise<T[]> {
  const pool = (tx.dataSource.driver as unknown as { master: Pool }).master;
  const connection = tx.queryRunner ? await tx.queryRunner.connect() as Pick<Pool, 'query'> : pool;
  try {
    const result = await connection.query({ name, text: sql, values: params });
    return result.rows as T[];
  } catch (error) {
    throw new QueryFailedError(sql, params, error as Error);
  }
}

/** Whether an error is PostgreSQL's unique or exclusion violation, of a given constraint or any. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  const driver = (error as { driverError?: { code?: string; constraint?: string } }).driverError;
  if (driver?.code !== '23505' && driver?.code !== '23P01') return false;
  return constraint === undefined || driver.constraint === constraint;
}
