import { DataSource } from 'typeorm';
import { createTestApp, type TestApp } from '../support/test-app.js';

/**
 * The migrations are the schema; entities describe rows to the code. Asked what it would still change, TypeORM must
 * name no table and no column. Constraints and indexes live in the migrations alone (docs/decisions/0002).
 */
describe('the schema', () => {
  let test_: TestApp;
  beforeAll(async () => { test_ = await createTestApp(); });
  afterAll(() => test_.close());

  test('built by the migrations has the tables and columns of the entities', async () => {
    const source = test_.app.get(DataSource);
    const plan = await source.driver.createSchemaBuilder().log();
    const changes = plan.upQueries.map((query) => query.query)
      .filter((query) => /^(CREATE|DROP) TABLE|^ALTER TABLE \S+ (ADD|DROP|ALTER|RENAME) (COLUMN )?"/.test(query))
      // PostgreSQL writes a default back in its own words ('[]'::jsonb), which TypeORM takes for another one.
      .filter((query) => !/ADD CONSTRAINT|DROP CONSTRAINT| SET DEFAULT /.test(query));
    expect(changes).toEqual([]);
  });

  test('has an entity for every table', async () => {
    const source = test_.app.get(DataSource);
    const known = new Set(source.entityMetadatas.map((entity) => entity.tableName));
    const tables = await source.query<{ name: string }[]>(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_name <> 'migration'`);
    expect(tables.map((table) => table.name).filter((name) => !known.has(name))).toEqual([]);
  });
});
