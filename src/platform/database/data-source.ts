import type { DataSourceOptions } from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import { SnakeCase } from './naming.js';
import { useOurTypes } from './pg-types.js';

/** The one description of the connection, for the service, the operator commands and the tests. */
export function dataSourceOptions(url: string, poolSize = 16): DataSourceOptions {
  useOurTypes();
  return {
    type: 'postgres',
    url,
    migrations,
    migrationsTableName: 'migration',
    namingStrategy: new SnakeCase(),
    synchronize: false,
    applicationName: 'lan-toa',
    poolSize,
    extra: {
      connectionTimeoutMillis: 10_000, idleTimeoutMillis: 30_000,
      // Compiling a statement costs more than running it at our sizes.
      options: '-c timezone=UTC -c jit=off',
    },
  };
}
