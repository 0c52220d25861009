import { randomUUID } from 'node:crypto';
import { one } from '../../src/platform/database/sql.js';
import { PublishTargets } from '../../src/programmes/index.js';
import { rolesWith, type Permission, type Role } from '../../src/rules/scope.js';
import { RecordLessonVisit } from '../../src/study/index.js';
import { fixtureCourse, type FixtureCourse } from '../support/fixture-course.js';
import { fixtureProgramme, type FixtureProgramme } from '../support/fixture-programme.js';
import { csrfOf, signInApi } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD, type AgencyRow } from '../support/world.js';

/** The parts of the country in which there is one of everything. */
export const PLACES = ['nation', 'province', 'commune', 'neighbour'] as const;
export type Place = (typeof PLACES)[number];

/** What each of them stands under, itself first. Written down here, not asked of the code that is tested. */
const ABOVE: Record<Place, string[]> = {
  nation: ['nation'], province: ['province', 'nation'], commune: ['commune', 'province', 'nation'],
  neighbour: ['neighbour', 'neighbouring province', 'nation'],
};

/** Whoever tries: a role over a part of the country, nothing but an account, or nobody at all. */
export const CALLERS: readonly { name: string; role?: Role; root?: Place }[] = [
  { name: 'nobody' },
  { name: 'learner' },
  { name: 'coordinator', role: 'coordinator', root: 'province' },
  { name: 'coordinator of the commune', role: 'coordinator', root: 'commune' },
  { name: 'leader', role: 'leader', root: 'province' },
  { name: 'author', role: 'author', root: 'province' },
  { name: 'assessor', role: 'assessor', root: 'province' },
  { name: 'national', role: 'national', root: 'nation' },
  { name: 'national of the province', role: 'national', root: 'province' },
  { name: 'administrator', role: 'administrator', root: 'nation' },
  { name: 'administrator of the province', role: 'administrator', root: 'province' },
];

export interface Caller {
  name: string;
  role?: Role;
  root?: Place;
  username: string;
  accountId: number;
  personId: number;
  /** Of a session of their own; empty for nobody. */
  token: string;
  /** The cookie behind the forms' token, and the token. */
  seed: string;
  csrf: string;
}

/** How a place lies to a caller, in the words of the rule: own agency, agency below, neighbour, parent. */
export function relation(caller: Pick<Caller, 'root'>, place: Place): string {
  const root = caller.root ?? 'province';
  if (place === root) return 'own agency';
  if (ABOVE[place].includes(root)) return 'agency below';
  return ABOVE[root].includes(place) ? 'parent' : 'neighbour';
}

export const holdsPermission = (caller: Pick<Caller, 'role'>, permission: Permission): boolean =>
  caller.role !== undefined && rolesWith(permission).includes(caller.role);

export const reaches = (caller: Pick<Caller, 'role' | 'root'>, permission: Permission, place: Place): boolean =>
  holdsPermission(caller, permission) && caller.root !== undefined && ABOVE[place].includes(caller.root);

/** One of everything that belongs to an agency. Nothing here is ever used up: what is, is made anew for the call. */
export interface Belongings {
  agency: AgencyRow;
  personId: number;
  /** Sorted before all others, so that it stands on the first page of every list. */
  personName: string;
  postId: number;
  accountId: number;
  grantId: number;
  cohortId: number;
  cohortTitle: string;
  runId: number;
  attemptId: number;
  submissionId: number;
  reportId: number;
  reportMessage: string;
  certificate: string;
}

const ASSIGNED_AT = '2026-11-20T09:00:00+07:00';
const TEXT = 'Bản tin ưu tiên cho bà con xã Mẫu Một tuần này.';
const NAMES: Record<Place, string> = {
  nation: 'Mẫu Cả Nước Ái', province: 'Mẫu Trong Tỉnh Ái', commune: 'Mẫu Trong Xã Ái', neighbour: 'Mẫu Bên Láng Giềng Ái',
};

/** A small country with one of everything at each place, and what a call uses up made on demand. */
export class Ground {
  readonly at = {} as Record<Place, Belongings>;
  /** Who belongs to nobody's part of the matrix, for what others than the caller have begun. */
  strangerId = 0;
  /** Stands below the commune: inside everybody's part of the tree who has one. */
  lowest!: AgencyRow;
  private unit!: AgencyRow;
  private counter = 0;

  private constructor(
    readonly test: TestApp,
    /** In which everybody has begun, handed in and used up their attempts. */
    readonly studied: FixtureCourse,
    /** In which nobody has begun. */
    readonly fresh: FixtureCourse,
    readonly programme: FixtureProgramme,
  ) {}

  static async make(): Promise<Ground> {
    const test = await createTestApp();
    await test.app.get(PublishTargets).run();
    const studied = await fixtureCourse(test.database, { code: 'T1', title: 'Khóa đã học', assignment: true });
    const fresh = await fixtureCourse(test.database, { code: 'T2', title: 'Khóa chưa học', assignment: true, english: true });
    const short = await fixtureCourse(test.database, { code: 'T3', title: 'Khóa ngắn', quiz: null, lessons: 1 });
    const programme = await fixtureProgramme(test.database, [studied, fresh]);
    const ground = new Ground(test, studied, fresh, programme);
    const country = await test.world.country();
    ground.unit = country.unit;
    ground.lowest = await test.world.agency('X11-TT', { name: 'Trung tâm Mẫu', type: 'unit', parent: country.commune });
    ground.strangerId = (await test.world.account('nguoi-la', country.unit)).id;
    const agencies: Record<Place, AgencyRow> = {
      nation: country.nation, province: country.province, commune: country.commune, neighbour: country.neighbourCommune,
    };
    for (const place of PLACES) ground.at[place] = await ground.settle(agencies[place], NAMES[place], short);
    await ground.query(
      `INSERT INTO course_media (course_version_id, name, media_type, body)
       VALUES ($1, 'hinh.svg', 'image/svg+xml', '<svg/>')`, [studied.versionId]);
    return ground;
  }

  /** Somebody who calls, signed in, with work of their own in the studied course. All work at a unit of a ministry. */
  async caller(
    who: (typeof CALLERS)[number], signIn: { secondFactor?: boolean; noticeAccepted?: boolean } = {},
  ): Promise<Caller> {
    if (who.name === 'nobody') return this.open({ ...who, username: '', accountId: 0, personId: 0, token: '' }, '/sign-in');
    const username = `vai-${++this.counter}`;
    const root = who.root && this.at[who.root].agency;
    const account = await this.test.world.account(username, this.unit, {
      name: `Vai ${this.counter} Yên`, group: 'official',
      roles: who.role && root ? [{ role: who.role, agency: root }] : [],
      noticeAccepted: signIn.noticeAccepted,
    });
    const runId = await this.run(account.personId);
    await this.submission(runId, account.id);
    await this.attempt(runId, 1, false);
    return this.open({
      ...who, username, accountId: account.id, personId: account.personId,
      token: await signInApi(this.test.app, username, PASSWORD, signIn),
    }, '/notice');
  }

  /** The caller's attempt at the quiz, open again; for nobody, any number. */
  async ownAttempt(caller: Caller): Promise<number> {
    if (!caller.token) return 1;
    const { id } = await this.query(
      `UPDATE quiz_attempt t SET closed_at = NULL, closed_by = NULL, score = NULL, passed = NULL, marks = NULL,
              graded_at = NULL
         FROM course_run r WHERE r.id = t.course_run_id AND r.person_id = $1 AND r.course_id = $2 RETURNING t.id`,
      [caller.personId, this.studied.courseId]);
    return id;
  }

  async post(place: Place): Promise<number> {
    return (await this.somebody(this.at[place].agency)).postId;
  }

  async lowestPost(): Promise<number> {
    return (await this.somebody(this.lowest)).postId;
  }

  /** An account that may be disabled, given a code, granted roles: with the role of a leader over its agency. */
  async account(place: Place): Promise<{ id: number; grantId: number }> {
    const { personId } = await this.somebody(this.at[place].agency);
    return this.accountOf(personId, this.at[place].agency);
  }

  async person(place: Place): Promise<number> {
    return (await this.somebody(this.at[place].agency)).personId;
  }

  /** A class of the agency with one person of it assigned. */
  async cohort(place: Place): Promise<{ id: number; at: number }> {
    const { agency, personId } = this.at[place];
    const id = await this.classOf(agency, personId, `Lớp tạm ${++this.counter}`, '2026-12-31');
    return { id, at: new Date(ASSIGNED_AT).getTime() };
  }

  async handedIn(place: Place): Promise<number> {
    const { personId } = await this.somebody(this.at[place].agency);
    return this.submission(await this.run(personId), null);
  }

  async report(place: Place): Promise<number> {
    const { personId } = await this.somebody(this.at[place].agency);
    return this.reportOf(personId, 'Số điện thoại đã đổi.', '2026-11-19T08:00:00Z');
  }

  /** A roster file that an account has uploaded for the agency. */
  async rosterImport(accountId: number, place: Place): Promise<number> {
    const { id } = await this.query(
      `INSERT INTO roster_import (agency_id, mode, file_name, file_sha256, status, counts, created_by, created_at)
       VALUES ($1, 'update', 'danh-sach.csv', '', 'previewed', $2, $3, $4) RETURNING id`,
      [this.at[place].agency.id, { new: 0, changed: 0, unchanged: 0, leaving: 0, duplicate: 0, error: 0 }, accountId,
        ASSIGNED_AT]);
    return id;
  }

  /** A list of agencies that an account has uploaded. */
  async agencyImport(accountId: number): Promise<number> {
    const { id } = await this.query(
      `INSERT INTO agency_import (file_name, file_sha256, status, counts, rows, created_by, created_at)
       VALUES ('co-quan.csv', '', 'previewed', $1, $2, $3, $4) RETURNING id`,
      [{ new: 0, changed: 0, unchanged: 0, error: 0 }, { today: '2026-11-20', effective: null, rows: [] }, accountId,
        ASSIGNED_AT]);
    return id;
  }

  /** Another session of an account; for nobody, any id. */
  async sessionOf(accountId: number): Promise<string> {
    if (accountId === 0) return randomUUID();
    const { id } = await one<{ id: string }>(this.test.database.reader,
      `INSERT INTO sign_in_session (id, account_id, rotated_at, created_at, last_seen_at, expires_at)
       VALUES ($1, $2, $3, $3, $3, '2026-11-27T00:00:00Z') RETURNING id`, [randomUUID(), accountId, this.test.clock.now()]);
    return id;
  }

  private async settle(agency: AgencyRow, personName: string, short: FixtureCourse): Promise<Belongings> {
    const { test } = this;
    const person = await test.world.person(personName);
    const { postId } = await test.world.post(person, agency);
    const account = await this.accountOf(person.id, agency);
    const runId = await this.run(person.id);
    await this.attempt(runId, 1, true);
    await this.attempt(runId, 2, true);
    const attemptId = await this.attempt(runId, 3, true);
    await test.database.inTransaction((tx) =>
      test.app.get(RecordLessonVisit).byId(tx, person.id, short.lessons[0]?.id ?? 0, 'finished', test.clock.now()));
    const { number } = await one<{ number: string }>(test.database.reader,
      'SELECT number FROM certificate WHERE person_id = $1', [person.id]);
    const cohortTitle = `Lớp ${personName}`;
    const reportMessage = `Sai ngày sinh của ${personName}.`;
    return {
      agency, personId: person.id, personName, postId, accountId: account.id, grantId: account.grantId, runId, attemptId,
      cohortTitle, reportMessage, certificate: number, submissionId: await this.submission(runId, null),
      cohortId: await this.classOf(agency, person.id, cohortTitle, '2026-12-01'),
      reportId: await this.reportOf(person.id, reportMessage, '2026-11-01T08:00:00Z'),
    };
  }

  private async somebody(agency: AgencyRow): Promise<{ personId: number; postId: number }> {
    const person = await this.test.world.person(`Tạm ${++this.counter} Vượng`);
    return { personId: person.id, ...await this.test.world.post(person, agency) };
  }

  private async accountOf(personId: number, agency: AgencyRow): Promise<{ id: number; grantId: number }> {
    const { id } = await this.query('INSERT INTO account (person_id, username, created_at) VALUES ($1, $2, $3) RETURNING id',
      [personId, `tam-${++this.counter}`, ASSIGNED_AT]);
    const grant = await this.query(
      `INSERT INTO role_grant (account_id, role, agency_id, granted_at) VALUES ($1, 'leader', $2, $3) RETURNING id`,
      [id, agency.id, ASSIGNED_AT]);
    return { id, grantId: grant.id };
  }

  private async classOf(agency: AgencyRow, personId: number, title: string, due: string): Promise<number> {
    const { id } = await this.query(
      `INSERT INTO cohort (programme_version_id, agency_id, title, opens, due, created_at)
       VALUES ($1, $2, $3, '2026-09-01', $4, $5) RETURNING id`,
      [this.programme.versionId, agency.id, title, due, ASSIGNED_AT]);
    await this.query('INSERT INTO enrolment (cohort_id, person_id, agency_id, assigned_at) VALUES ($1, $2, $3, $4)',
      [id, personId, agency.id, ASSIGNED_AT]);
    return id;
  }

  private async run(personId: number): Promise<number> {
    const { id } = await this.query(
      'INSERT INTO course_run (person_id, course_id, course_version_id, opened_at) VALUES ($1, $2, $3, $4) RETURNING id',
      [personId, this.studied.courseId, this.studied.versionId, ASSIGNED_AT]);
    return id;
  }

  private async attempt(runId: number, number: number, failed: boolean): Promise<number> {
    const keys = this.studied.questions.slice(0, 4).map((question) => question.key);
    const { id } = await this.query(
      `INSERT INTO quiz_attempt (course_run_id, course_version_id, number, seed, question_keys, started_at, deadline_at,
         closed_at, closed_by, score, passed, marks, graded_at)
       VALUES ($1, $2, $3, 7, $4, $5, $5::timestamptz + interval '30 hours', $6, $7, $8, $9, $10, $6) RETURNING id`,
      [runId, this.studied.versionId, number, JSON.stringify(keys), ASSIGNED_AT,
        ...(failed ? [ASSIGNED_AT, 'learner', 0, false, {}] : [null, null, null, null, null])]);
    return id;
  }

  private async submission(runId: number, accountId: number | null): Promise<number> {
    const file = await this.query(
      `WITH file AS (INSERT INTO stored_file (name, media_type, size, sha256, stored_by, stored_at)
         VALUES ('bai-lam.txt', 'text/plain', 3, '', $1, $2) RETURNING id)
       INSERT INTO stored_file_part (file_id, position, body) SELECT id, 0, 'abc' FROM file RETURNING file_id AS id`,
      [accountId, ASSIGNED_AT]);
    const { id } = await this.query(
      `INSERT INTO assignment_submission (course_run_id, number, text, file_id, handed_in_at)
       VALUES ($1, 1, $2, $3, $4) RETURNING id`,
      [runId, TEXT, file.id, ASSIGNED_AT]);
    return id;
  }

  private async reportOf(personId: number, message: string, at: string): Promise<number> {
    const { id } = await this.query(
      'INSERT INTO profile_report (person_id, message, reported_at) VALUES ($1, $2, $3) RETURNING id', [personId, message, at]);
    return id;
  }

  private query(sql: string, params: unknown[]): Promise<{ id: number }> {
    const asking = sql.includes('RETURNING') ? sql : `${sql} RETURNING 0 AS id`;
    return one<{ id: number }>(this.test.database.reader, asking, params);
  }

  /** Opens a page with a form, as a browser does, for the token of its forms. */
  private async open(caller: Omit<Caller, 'seed' | 'csrf'>, page: string): Promise<Caller> {
    const headers: Record<string, string> = caller.token ? { cookie: `lt_access=${caller.token}` } : {};
    const answer = await this.test.app.inject({ method: 'GET', url: page, headers });
    const seed = answer.cookies.find((cookie) => cookie.name === 'lt_csrf')?.value ?? '';
    return { ...caller, seed, csrf: csrfOf(answer.payload) };
  }
}
