// A process that uses the embedded database, for the tests that kill it. The test speaks to it in messages.
import { Client } from 'pg';
import { EmbeddedDatabaseError } from '../../src/platform/embedded-database/errors.js';
import { joinEmbeddedDatabase, startEmbeddedDatabase } from '../../src/platform/embedded-database/index.js';

export type Answer =
  | { kind: 'ready'; url: string }
  | { kind: 'refused'; code: string; params: Readonly<Record<string, string | number>> }
  | { kind: 'written'; id: number }
  | { kind: 'interrupted'; rows: number }
  | { kind: 'stopped' };

export type Order = 'write' | 'stop';

const [role, dataDir = '', durable] = process.argv.slice(2);
const tell = (answer: Answer): void => void process.send?.(answer);

try {
  const open = role === 'service' ? startEmbeddedDatabase : joinEmbeddedDatabase;
  const database = await open({ dataDir, durable: durable === 'durable' });

  const write = async (): Promise<void> => {
    const client = new Client(database.url);
    await client.connect();
    await client.query('CREATE TABLE IF NOT EXISTS written (id int GENERATED ALWAYS AS IDENTITY)');
    for (;;) {
      const { rows } = await client.query<{ id: number }>('INSERT INTO written DEFAULT VALUES RETURNING id');
      tell({ kind: 'written', id: rows[0]?.id ?? 0 });
    }
  };

  const answerInterrupt = async (): Promise<void> => {
    const client = new Client(database.url);
    await client.connect();
    const { rowCount } = await client.query('SELECT 1');
    await client.end();
    tell({ kind: 'interrupted', rows: rowCount ?? 0 });
  };
  const obey = async (order: Order): Promise<void> => {
    if (order === 'write') return write();
    await database.stop();
    tell({ kind: 'stopped' });
    process.disconnect();
  };
  process.on('SIGINT', () => void answerInterrupt());
  process.on('message', (order: Order) => void obey(order));
  tell({ kind: 'ready', url: database.url });
} catch (error) {
  if (!(error instanceof EmbeddedDatabaseError)) throw error;
  tell({ kind: 'refused', code: error.code, params: error.params });
  process.disconnect();
}
