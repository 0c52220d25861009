import type { DataSource } from 'typeorm';

const ADVISORY_KEY = 1169_57;

/**
 * Brings the schema up to date. Several processes may start at once: one migrates, the others wait for it.
 * @returns the names of the migrations that ran
 */
export async function migrate(source: DataSource): Promise<string[]> {
  const runner = source.createQueryRunner();
  await runner.connect();
  try {
    await runner.query('SELECT pg_advisory_lock($1)', [ADVISORY_KEY]);
    const ran = await source.runMigrations({ transaction: 'each' });
    return ran.map((migration) => migration.name);
  } finally {
    await runner.query('SELECT pg_advisory_unlock($1)', [ADVISORY_KEY]);
    await runner.release();
  }
}
