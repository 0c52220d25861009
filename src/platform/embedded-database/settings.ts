/**
 * What nobody may change: where the server listens, and what it never writes down. Its log gets no
 * statements, no values and no errors of queries (the service that sent the query gets those).
 */
export const FIXED_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  password_encryption: 'scram-sha-256',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_destination: 'stderr',
  log_line_prefix: '%m [%p] ',
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_statement: 'none',
  log_min_duration_statement: '-1',
};

/** For tests only: a power failure would leave a broken cluster. */
export const NOT_DURABLE: Readonly<Record<string, string>> = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

/** For 2 cores and 2 GB shared with the service. An operator overrules them with ALTER SYSTEM. */
const TUNING: Readonly<Record<string, string>> = {
  max_connections: '60',
  shared_buffers: '128MB',
  effective_cache_size: '768MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  random_page_cost: '1.1',
  jit: 'off',
  max_worker_processes: '4',
  max_parallel_workers: '2',
  // A container often has 64 MB of shared memory, which parallel plans share.
  max_parallel_workers_per_gather: '1',
  log_checkpoints: 'off',
  lc_messages: 'C',
  lc_monetary: 'C',
  lc_numeric: 'C',
  lc_time: 'C',
  default_text_search_config: 'pg_catalog.simple',
};

/** The text of postgresql.conf, written anew at every start so that better settings reach old clusters. */
export function postgresqlConf(): string {
  const lines = Object.entries(TUNING).map(([name, value]) => `${name} = '${value}'`);
  return ['# Written at every start. To change a setting: ALTER SYSTEM SET name = value.', ...lines, ''].join('\n');
}
