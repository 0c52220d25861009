import 'reflect-metadata';
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import PDFDocument from 'pdfkit';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { createApp } from '../../src/app.setup.js';
import { AskCoverage } from '../../src/coverage/index.js';
import { drawCertificate } from '../../src/certificates/index.js';
import { fileForImport } from '../../src/operator/file-for-import.js';
import { prepareInstallation } from '../../src/operator/prepare-installation.js';
import { readConfig } from '../../src/platform/config.js';
import { Database } from '../../src/platform/database/database.js';
import { joinEmbeddedDatabase } from '../../src/platform/embedded-database/index.js';
import { Logger } from '../../src/platform/logger.js';
import { ConfirmRosterImport, PreviewRosterImport } from '../../src/roster/index.js';
import { BENCH_PASSWORD, fillCountry, LEARNERS, PEOPLE } from './country.js';
import type { Variant } from './floor.js';
import { callsPerSecond, inTurns, median, timed, type Call } from './measure.js';
import { Recorder, type Statement } from './recorder.js';

const recorder = new Recorder();
const ROUNDS = 5;
const CALLS = 600;
const ANYTHING = { target: undefined, knownAs: undefined, within: undefined, group: undefined };
const here = import.meta.dirname;
const say = (line: string) => process.stdout.write(`${line}\n`);
const short: string[] = [];

/** Prints one line. `ratio` is ours over the floor; an aim is "at least" for rates and "at most" for times. */
function report(name: string, ours: string, floor: string, ratio: number, aim: { least?: number; most?: number }): void {
  const met = aim.least === undefined ? ratio <= (aim.most ?? Infinity) : ratio >= aim.least;
  const wanted = aim.least === undefined ? `at most ${aim.most}` : `at least ${aim.least}`;
  say(`${name.padEnd(44)} ${ours.padStart(14)}   floor ${floor.padStart(14)}   ratio ${ratio.toFixed(2).padStart(5)}   aim ${wanted}${met ? '' : '   SHORT'}`);
  if (!met) short.push(name);
}

const work = await mkdtemp(join(tmpdir(), 'lan-toa-bench-'));
const embedded = process.env.BENCH_DATABASE_URL ? null : await joinEmbeddedDatabase({ dataDir: join(work, 'data') });
const server = process.env.BENCH_DATABASE_URL ?? embedded?.url ?? '';
const name = `lantoa_bench_${process.pid}`;
const url = new URL(server);
url.pathname = `/${name}`;
await admin(`CREATE DATABASE ${name}`);
const children: ChildProcess[] = [];
const env = {
  DATABASE_URL: url.toString(), SECRET_KEY: 'a-secret-of-the-bench-0123456789abcdef', IDENTITY_KEY: 'an-identity-key-of-the-bench-01234567',
  LOG_LEVEL: 'silent', HOST: '127.0.0.1', PUBLIC_URL: 'http://localhost:3000',
};

try {
  const config = readConfig(env);
  const app = await createApp({ config, databaseUrl: env.DATABASE_URL, logger: new Logger('silent'), poolSize: 4 });
  await prepareInstallation(app, config, () => undefined);
  say(`Filling ${PEOPLE} people…`);
  await fillCountry(app, new Date());

  const service = await start('service.js');
  const floor = await start('floor.js');
  const accessToken = await tokenOf(service.port, LEARNERS[0] as string);
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
  const call = (method: string, path: string, body?: unknown): Call => ({ method, path, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });

  const course = await (await fetch(`http://127.0.0.1:${service.port}/api/v1/courses/b2-loa-thong-minh`, { headers })).json() as { slug: string; lessons: { slug: string }[] };
  await fetch(`http://127.0.0.1:${service.port}/courses/${course.slug}/lessons/${course.lessons[0]?.slug}`, { headers });
  await compare('lesson page', [call('GET', `/courses/${course.slug}/lessons/${course.lessons[0]?.slug}`)], 0.5);

  // Many people answer at once, each in an attempt of their own, and each answer differs from the one before.
  const saves: Call[] = [];
  for (const learner of await Promise.all(LEARNERS.map((username) => tokenOf(service.port, username)))) {
    const as = { ...headers, authorization: `Bearer ${learner}` };
    const started = await fetch(`http://127.0.0.1:${service.port}/api/v1/quizzes/${course.slug}/attempts`, { method: 'POST', headers: as, body: '{}' });
    const attempt = await started.json() as { id: number; questions: { id: string; type: string; options?: { id: string }[] }[] };
    const question = attempt.questions.find((candidate) => candidate.type === 'single');
    for (const option of question?.options?.slice(0, 2) ?? []) {
      saves.push({ method: 'PUT', path: `/api/v1/attempts/${attempt.id}/answers/${question?.id}`, headers: as, body: JSON.stringify({ option: option.id }) });
    }
  }
  // All first answers, then all second ones: neighbours in time never meet on one attempt.
  await compare('answer save', [...saves.filter((_, index) => index % 2 === 0), ...saves.filter((_, index) => index % 2 === 1)], 0.5);

  await coverage('coverage, 56 agencies by group, today', '2026-11-20');
  await coverage('coverage, 56 agencies by group, a year ago', '2025-11-20');
  await certificate();
  await importRows();
  await app.close();

  say(short.length === 0 ? 'Every aim is reached.' : `Short of its aim: ${short.join('; ')}.`);

  /** Ours and the floor in turns, over HTTP. */
  async function compare(what: string, calls: Call[], least: number): Promise<void> {
    const variants: Variant[] = [];
    for (const one of calls) {
      await ask(service.child, { record: true });
      const answer = await fetch(`http://127.0.0.1:${service.port}${one.path}`, { method: one.method, headers: one.headers, body: one.body });
      const body = Buffer.from(await answer.arrayBuffer());
      const { statements } = await ask<{ statements: Statement[] }>(service.child, { record: false });
      variants.push({
        statements, body: body.toString('base64'),
        headers: { 'content-type': answer.headers.get('content-type') ?? '', 'content-length': String(body.length) },
      });
    }
    await ask(floor.child, { variants });
    const [ours, bare]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      ours.push(await callsPerSecond(service.port, CALLS, (index) => calls[index % calls.length] as Call));
      bare.push(await callsPerSecond(floor.port, CALLS, (index) => calls[index % calls.length] as Call));
    }
    report(what, `${median(ours).toFixed(0)}/s`, `${median(bare).toFixed(0)}/s`, median(ours) / median(bare), { least });
  }

  async function coverage(what: string, asOf: string): Promise<void> {
    const database = app.get(Database);
    const nation = await database.reader.query<{ id: number }[]>(`SELECT agency_id AS id FROM agency_version WHERE type = 'nation'`);
    const roots = nation.map((agency) => agency.id);
    const ask = () => app.get(AskCoverage).below(roots, { ...ANYTHING, asOf });
    recorder.begin();
    await ask();
    const recorded = recorder.end();
    const client = new pg.Client(env.DATABASE_URL);
    client.on('error', () => undefined);
    await client.connect();
    const [ours, bare] = await inTurns(21, ask,
      async () => { for (const statement of recorded) await client.query(statement); });
    await client.end();
    report(what, `${ours.toFixed(1)} ms`, `${bare.toFixed(1)} ms`, ours / bare, { most: 1.3 });
  }

  async function certificate(): Promise<void> {
    const both = (vi: string) => ({ vi, en: vi });
    const drawn = {
      number: 'LT-2026-000001', verifyCode: '7K3M-Q9TD-04WX', issuedOn: '2026-11-20', issuedAt: new Date(0), validTo: '2029-11-20', trial: false,
      facts: {
        kind: 'course' as const, name: 'Nguyễn Thị Thùy Dương', position: 'Công chức Văn hóa – Xã hội', agency: both('Phường Mẫu, Thành phố Đồng Nai'),
        title: both('Loa thông minh và bảng tin điện tử'), code: 'B2', version: 1, periods: 6, from: '2026-11-01', to: '2026-11-20', score: 86.67,
        assignmentPassed: true, proofs: [], courses: [],
      },
    };
    const [ours, bare] = await inTurns(15, () => drawCertificate(drawn, 'https://lantoa.example.vn/verify/7K3M-Q9TD-04WX'), bareFontsPage);
    report('a certificate drawn', `${ours.toFixed(1)} ms`, `${bare.toFixed(1)} ms`, ours / bare, { most: 2 });
  }

  async function importRows(): Promise<void> {
    const lines = Array.from({ length: PEOPLE }, (_, index) =>
      `NV${index},Người Nhập ${inLetters(index)},${String(100_000_000_000 + index)},1985-03-02,,,X-BENCH,Chuyên viên,communication,2026-01-01,`);
    const header = 'staff_code,full_name,national_id,birth_date,email,phone,agency_code,position_title,group,from,to';
    const path = join(work, 'roster.csv');
    await writeFile(path, [header, ...lines.map((line) => line.replace('X-BENCH', 'BNV'))].join('\n'));
    const client = new pg.Client(env.DATABASE_URL);
    client.on('error', () => undefined);
    await client.connect();
    // The floor puts the same people and posts into tables with the same columns, indexes and constraints.
    await client.query('CREATE TABLE copied_person (LIKE person INCLUDING ALL); CREATE TABLE copied_post (LIKE post INCLUDING ALL)');
    const ours = await timed(async () => {
      const id = await app.get(PreviewRosterImport).run(await fileForImport(path), 'BNV', 'update', null, null);
      await app.get(ConfirmRosterImport).run(id, null, null);
    });
    const people = 'id, full_name, search_name, sort_name, birth_date, national_id_hash, national_id_tail, created_at, updated_at';
    const posts = 'post_id, person_id, agency_id, staff_code, position_title, target_group, valid_from, recorded_at';
    const peopleText = await copiedOut(client, `SELECT ${people} FROM person WHERE full_name LIKE 'Người Nhập %'`);
    const postsText = await copiedOut(client, `SELECT ${posts} FROM post WHERE staff_code LIKE 'NV%'`);
    const bare = await timed(async () => {
      await copyIn(client, `copied_person (${people})`, peopleText);
      await copyIn(client, `copied_post (${posts})`, postsText);
    });
    const rowsIn = await client.query<{ n: number }>('SELECT (SELECT count(*) FROM copied_person) + (SELECT count(*) FROM copied_post) AS n');
    if (Number(rowsIn.rows[0]?.n) !== 2 * PEOPLE) throw new Error('The import and its floor did not write the same rows.');
    await client.end();
    report(`import of ${PEOPLE} rows, preview and confirm`, `${(PEOPLE / (ours / 1000)).toFixed(0)} rows/s`, `${(PEOPLE / (bare / 1000)).toFixed(0)} rows/s`, bare / ours, { least: 0.2 });
  }
} catch (error) {
  say(`The bench stopped: ${error instanceof Error ? error.stack : String(error)}`);
  process.exitCode = 1;
} finally {
  for (const child of children) child.kill();
  await admin(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await embedded?.stop();
  await rm(work, { recursive: true, force: true });
}

/** Names hold no digits: `Aabc`. */
function inLetters(number: number): string {
  return `A${[...number.toString(16)].map((digit) => String.fromCharCode(0x61 + parseInt(digit, 16))).join('')}`;
}

async function tokenOf(port: number, username: string): Promise<string> {
  const login = await fetch(`http://127.0.0.1:${port}/api/v1/auth/login`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username, password: BENCH_PASSWORD }),
  });
  return (await login.json() as { accessToken: string }).accessToken;
}

async function admin(sql: string): Promise<void> {
  const client = new pg.Client(server);
  await client.connect();
  await client.query(sql);
  await client.end();
}

async function start(file: string): Promise<{ child: ChildProcess; port: number }> {
  const child = fork(join(here, file), [], { env: { ...process.env, ...env } });
  children.push(child);
  const { port } = await new Promise<{ port: number }>((resolve, reject) => {
    child.once('message', (message) => resolve(message as { port: number }));
    child.once('exit', () => reject(new Error(`${file} ended before it listened.`)));
  });
  return { child, port };
}

function ask<T>(child: ChildProcess, message: object): Promise<T> {
  return new Promise((resolve) => {
    child.once('message', (answer) => resolve(answer as T));
    child.send(message);
  });
}

async function bareFontsPage(): Promise<void> {
  const resolve = createRequire(import.meta.url).resolve;
  const doc = new PDFDocument({ size: 'A4', layout: 'landscape' });
  for (const font of ['400Regular/Tinos_400Regular', '700Bold/Tinos_700Bold', '400Regular_Italic/Tinos_400Regular_Italic']) {
    doc.font(resolve(`@expo-google-fonts/tinos/${font}.ttf`)).text('Lan Tỏa');
  }
  doc.end();
  doc.resume();
  await finished(doc, { writable: false });
}

async function copiedOut(client: pg.Client, select: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of client.query(copyTo(`COPY (${select}) TO STDOUT`))) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

async function copyIn(client: pg.Client, table: string, rows: Buffer): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} FROM STDIN`));
  stream.end(rows);
  await finished(stream);
}
