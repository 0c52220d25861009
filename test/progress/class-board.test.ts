import exceljs from 'exceljs';
import { parse } from 'csv-parse/sync';
import supertest from 'supertest';
import { Database } from '../../src/platform/database/database.js';
import { one } from '../../src/platform/database/sql.js';
import { civilDateOf } from '../../src/rules/civil-date.js';
import { dueState, effectiveDue } from '../../src/rules/deadlines.js';
import { fixtureCourse, type FixtureCourse } from '../support/fixture-course.js';
import { fixtureProgramme } from '../support/fixture-programme.js';
import { signInApi, signInPages } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import type { AgencyRow, PersonRow } from '../support/world.js';

interface Member {
  personId: number; name: string; state: string; late: boolean; percent: number; due: string; extended: boolean; movedOn: string | null;
  lastActivity: string | null; agency: { code: string };
  courses: { code: string; lessonsFinished: number; lessons: number; quiz: string; score: number | null; assignment: string; completedOn: string | null }[];
}
interface Board { counts: Record<string, number>; items: Member[]; next: string | null }

describe('The class board', () => {
  let test: TestApp;
  let country: Awaited<ReturnType<TestApp['world']['country']>>;
  let one1: FixtureCourse;
  let two: FixtureCourse;
  let programmeVersion: number;
  const NOW = '2026-11-20T14:00:00+07:00';

  const tx = () => test.database.reader;
  const token = (who: string) => signInApi(test.app, who);
  const read = async (cohort: number, query = '', who = 'dieuphoi') => {
    const answer = await supertest(test.app.getHttpServer()).get(`/api/v1/cohorts/${cohort}/progress${query}`)
      .set('authorization', `Bearer ${await token(who)}`);
    expect(answer.status).toBe(200);
    return answer.body as Board;
  };
  const member = async (cohort: number, person: PersonRow, who?: string) => {
    const found = (await read(cohort, '', who)).items.find((item) => item.personId === person.id);
    if (!found) throw new Error(`${person.name} is not on the board`);
    return found;
  };
  const cohort = async (due = '2026-12-20', agency: AgencyRow = country.province) => (await one<{ id: number }>(tx(),
    `INSERT INTO cohort (programme_version_id, agency_id, title, opens, due, created_at) VALUES ($1, $2, 'Đợt 2', '2026-09-01', $3, $4)
     RETURNING id`, [programmeVersion, agency.id, due, NOW])).id;
  const enrol = async (cohortId: number, people: PersonRow[], agency: AgencyRow = country.commune) => {
    await tx().query(
      `INSERT INTO enrolment (cohort_id, person_id, agency_id, assigned_at) SELECT $1, unnest($2::bigint[]), $3, '2026-09-01T08:00:00+07:00'`,
      [cohortId, people.map((person) => person.id), agency.id]);
  };
  const person = async (agency: AgencyRow = country.commune, name?: string, post: Parameters<TestApp['world']['post']>[2] = {}) => {
    const made = await test.world.person(name);
    await test.world.post(made, agency, post);
    return made;
  };
  /** Evidence, written straight into its tables. */
  const study = async (who: PersonRow, course: FixtureCourse, done: {
    lessons?: number; quiz?: number[]; open?: boolean; practical?: 'waiting' | 'passed' | 'not-passed'; completed?: boolean; at?: string;
  }) => {
    const at = done.at ?? '2026-11-10T09:00:00+07:00';
    const { id: run } = await one<{ id: number }>(tx(),
      `INSERT INTO course_run (person_id, course_id, course_version_id, opened_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (person_id, course_id, cycle) DO UPDATE SET opened_at = course_run.opened_at RETURNING id`,
      [who.id, course.courseId, course.versionId, at]);
    for (const lesson of course.lessons.slice(0, done.lessons ?? 0)) {
      for (const kind of ['opened', 'finished']) {
        await tx().query(`INSERT INTO lesson_visit (course_run_id, lesson_id, kind, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
          [run, lesson.id, kind, at]);
      }
    }
    for (const [index, score] of (done.quiz ?? []).entries()) {
      await tx().query(
        `INSERT INTO quiz_attempt (course_run_id, course_version_id, number, seed, question_keys, started_at, deadline_at, closed_at,
           closed_by, score, passed, marks, graded_at)
         VALUES ($1, $2, $3, 1, '[]', $4, $4::timestamptz + interval '30 minutes', $4, 'learner', $5, $6, '{}', $4)`,
        [run, course.versionId, index + 1, at, score, score >= 70]);
    }
    if (done.open) {
      await tx().query(
        `INSERT INTO quiz_attempt (course_run_id, course_version_id, number, seed, question_keys, started_at, deadline_at)
         VALUES ($1, $2, 9, 1, '[]', $3, $3::timestamptz + interval '30 minutes')`, [run, course.versionId, at]);
    }
    if (done.practical) {
      const submission = await one<{ id: number }>(tx(),
        `INSERT INTO assignment_submission (course_run_id, number, text, handed_in_at) VALUES ($1, 1, 'Bài làm', $2) RETURNING id`, [run, at]);
      if (done.practical !== 'waiting') {
        await tx().query(
          `INSERT INTO assignment_marking (submission_id, assessor_account_id, levels, remark, passed, marked_at)
           VALUES ($1, (SELECT min(id) FROM account), '{}', 'Nhận xét', $2, $3)`, [submission.id, done.practical === 'passed', at]);
      }
    }
    if (done.completed) {
      await tx().query(
        `INSERT INTO course_completion (course_run_id, person_id, course_id, course_version_id, completed_on, completed_at, rule_version, evidence)
         VALUES ($1, $2, $3, $4, ($5::timestamptz AT TIME ZONE 'Asia/Ho_Chi_Minh')::date, $5, 1, '{}')`,
        [run, who.id, course.courseId, course.versionId, at]);
    }
    return run;
  };
  const everything = { lessons: 2, quiz: [86.5], completed: true };

  beforeAll(async () => {
    test = await createTestApp({ at: NOW });
    country = await test.world.country();
    one1 = await fixtureCourse(test.database, { code: 'B1' });
    two = await fixtureCourse(test.database, { code: 'B2', assignment: true });
    const elective = await fixtureCourse(test.database, { code: 'B7', quiz: null });
    programmeVersion = (await fixtureProgramme(test.database, [one1, two, { ...elective, requirement: 'elective' },
      { courseId: 0, code: 'B9', requirement: 'preparation' }], { code: 'B' })).versionId;
    await test.world.account('dieuphoi', country.department, { roles: [{ role: 'coordinator', agency: country.province }] });
    await test.world.account('langgieng', country.neighbourCommune, { roles: [{ role: 'coordinator', agency: country.neighbour }] });
    await test.world.account('quocgia', country.ministry, { roles: [{ role: 'national', agency: country.nation }] });
  });
  afterAll(() => test.close());
  beforeEach(() => { test.clock.set(NOW); });

  describe('where somebody stands', () => {
    const cases: [string, { one?: Parameters<typeof study>[2]; two?: Parameters<typeof study>[2] }, Partial<Member>, object][] = [
      ['who never opened anything', {}, { state: 'not-begun', percent: 0, lastActivity: null }, { quiz: 'none', assignment: 'none', lessonsFinished: 0 }],
      ['who opened a course', { two: {} }, { state: 'studying', percent: 0, lastActivity: '2026-11-10T02:00:00.000Z' }, { lessonsFinished: 0, lessons: 2 }],
      ['who is half way', { one: everything, two: { lessons: 1 } }, { state: 'studying', percent: 57 }, { lessonsFinished: 1, completedOn: null }],
      ['who failed the quiz', { two: { lessons: 2, quiz: [40, 60] } }, { state: 'studying', percent: 28 }, { quiz: 'failed', score: 60 }],
      ['who has used every attempt', { two: { lessons: 2, quiz: [40, 60, 50] } }, { state: 'studying' }, { quiz: 'none-left', score: 60 }],
      ['who is in the quiz', { two: { lessons: 2, quiz: [40], open: true } }, { state: 'studying' }, { quiz: 'under-way', score: 40 }],
      ['who waits for marking, and nothing else', { one: everything, two: { lessons: 2, quiz: [90], practical: 'waiting' } },
        { state: 'waiting', percent: 85 }, { quiz: 'passed', assignment: 'waiting' }],
      ['who waits for marking but has another course to do', { two: { lessons: 2, quiz: [90], practical: 'waiting' } }, { state: 'studying' }, { assignment: 'waiting' }],
      ['whose practical task did not pass', { one: everything, two: { lessons: 2, quiz: [90], practical: 'not-passed' } },
        { state: 'studying', percent: 85 }, { assignment: 'not-passed' }],
      ['who has completed both required courses', { one: everything, two: { ...everything, practical: 'passed' } },
        { state: 'done', percent: 100 }, { assignment: 'passed', completedOn: '2026-11-10' }],
    ];
    it.each(cases)('knows %s', async (_name, done, expected, second) => {
      const id = await cohort();
      const who = await person();
      await enrol(id, [who]);
      if (done.one) await study(who, one1, done.one);
      if (done.two) await study(who, two, done.two);
      const seen = await member(id, who);
      expect(seen).toMatchObject(expected);
      // Electives are shown, courses in preparation are not.
      expect(seen.courses.map((course) => course.code)).toEqual(['B1', 'B2', 'B7']);
      expect(seen.courses[1]).toMatchObject(second);
    });

    it('keeps a course complete while a refresher of it is studied, and pins everybody to the version they saw', async () => {
      const id = await cohort();
      const [refreshed, early, late] = [await person(), await person(), await person()];
      await enrol(id, [refreshed, early, late]);
      await study(refreshed, one1, everything);
      await tx().query(`INSERT INTO course_run (person_id, course_id, cycle, course_version_id, opened_at) VALUES ($1, $2, 2, $3, '2026-11-15')`,
        [refreshed.id, one1.courseId, one1.versionId]);
      const longer = await fixtureCourse(test.database, { code: 'B8', lessons: 2 });
      const version = (await fixtureProgramme(test.database, [longer], { code: 'V' })).versionId;
      const other = (await one<{ id: number }>(tx(),
        `INSERT INTO cohort (programme_version_id, agency_id, title, opens, due, created_at) VALUES ($1, $2, 'V', '2026-09-01', '2026-12-20', $3)
         RETURNING id`, [version, country.province.id, NOW])).id;
      await enrol(other, [early, late]);
      await study(early, longer, { lessons: 1 });
      await fixtureCourse(test.database, { code: 'B8', lessons: 4 });
      expect((await member(id, refreshed)).courses[0]).toMatchObject({ completedOn: '2026-11-10', lessonsFinished: 0 });
      expect((await member(other, early)).courses[0]).toMatchObject({ lessonsFinished: 1, lessons: 2 });
      expect((await member(other, late)).courses[0]).toMatchObject({ lessonsFinished: 0, lessons: 4 });
    });

    it('says of everybody what their own page says', async () => {
      const done: [Parameters<typeof study>[2] | null, Parameters<typeof study>[2] | null][] = [
        [null, null], [{}, null], [{ lessons: 1 }, { lessons: 2, quiz: [40, 65.5] }], [everything, { lessons: 2, quiz: [90], practical: 'waiting' }],
        [everything, { lessons: 2, quiz: [90], practical: 'not-passed' }], [everything, { ...everything, practical: 'passed' }],
      ];
      const id = await cohort('2026-12-20');
      for (const [index, [first, second]] of done.entries()) {
        const account = await test.world.account(`hocvien${index}`, country.commune);
        const who = { id: account.personId, name: account.username };
        await enrol(id, [who]);
        if (first) await study(who, one1, first);
        if (second) await study(who, two, second);
        const own = (await supertest(test.app.getHttpServer()).get('/api/v1/me/learning')
          .set('authorization', `Bearer ${await token(account.username)}`)).body as { classes: { due: string; complete: boolean; required: {
          code: string; state: string; lessons: { finished: boolean }[]; quiz: { passed: boolean; bestScore: number | null }; completedOn: string | null;
        }[] }[] };
        const seen = await member(id, who);
        expect(own.classes).toHaveLength(1);
        expect([seen.due, seen.state === 'done']).toEqual([own.classes[0]?.due, own.classes[0]?.complete]);
        expect(seen.courses.slice(0, 2).map((course) => [course.code, course.lessonsFinished, course.lessons, course.quiz === 'passed', course.score, course.completedOn]))
          .toEqual(own.classes[0]?.required.map((course) => [course.code, course.lessons.filter((lesson) => lesson.finished).length, course.lessons.length,
            course.quiz.passed, course.quiz.bestScore, course.completedOn]));
      }
    });

    it('gives an attempt back when one more was granted', async () => {
      const id = await cohort();
      const who = await person();
      await enrol(id, [who]);
      const run = await study(who, two, { lessons: 2, quiz: [40, 60, 50] });
      const agent = await signInPages(test.app, 'dieuphoi');
      const link = `/people/${who.id}/courses/${two.slug}/allowance`;
      expect((await agent.get(`/cohorts/${id}`)).text).toContain(link);
      await tx().query(`INSERT INTO quiz_allowance (course_run_id, after_attempt, reason, granted_at) VALUES ($1, 3, 'Mất điện', $2)`, [run, NOW]);
      expect((await member(id, who)).courses[1]).toMatchObject({ quiz: 'failed' });
      expect((await agent.get(`/cohorts/${id}`)).text).not.toContain(link);
    });
  });

  describe('who is late', () => {
    it('is nobody until the due day is over in Viet Nam, then everybody who still has to study', async () => {
      const id = await cohort('2026-12-20');
      const [none, half, waits, done] = [await person(), await person(), await person(), await person()];
      await enrol(id, [none, half, waits, done]);
      await study(half, one1, everything);
      for (const who of [waits, done]) await study(who, one1, everything);
      await study(waits, two, { lessons: 2, quiz: [90], practical: 'waiting' });
      await study(done, two, { ...everything, practical: 'passed' });
      const late = async () => (await read(id)).items.filter((item) => item.late).map((item) => item.personId).sort();
      test.clock.set('2026-12-20T23:59:59.999+07:00');
      expect(await late()).toEqual([]);
      test.clock.set('2026-12-21T00:00:00+07:00');
      // Whoever waits for an assessor has done their part in time.
      expect(await late()).toEqual([none.id, half.id].sort());
      expect((await read(id)).counts).toEqual({ total: 4, done: 1, waiting: 1, studying: 1, notBegun: 1, moved: 0, late: 2 });
      expect((await read(id, '?state=late')).items).toHaveLength(2);
    });

    it('goes by one’s own extension, to the last moment of its day', async () => {
      const id = await cohort('2026-11-19');
      const [extended, other] = [await person(), await person()];
      await enrol(id, [extended, other]);
      expect((await read(id)).counts).toMatchObject({ late: 2 });
      for (const due of ['2026-11-30', '2026-11-25']) {
        await tx().query(
          `INSERT INTO due_extension (enrolment_id, due, reason, granted_at) SELECT id, $3, 'Bão', $4 FROM enrolment WHERE cohort_id = $1 AND person_id = $2`,
          [id, extended.id, due, NOW]);
      }
      expect(await member(id, extended)).toMatchObject({ late: false, due: '2026-11-30', extended: true });
      expect(await member(id, other)).toMatchObject({ late: true, due: '2026-11-19', extended: false });
      for (const at of ['2026-11-30T23:59:59+07:00', '2026-12-01T00:00:00+07:00']) {
        test.clock.set(at);
        const rule = dueState(effectiveDue('2026-11-19', ['2026-11-30', '2026-11-25']), test.clock.now()).state === 'late';
        expect((await member(id, extended)).late).toBe(rule);
      }
      expect(civilDateOf(test.clock.now())).toBe('2026-12-01');
      expect((await member(id, extended)).late).toBe(true);
    });
  });

  describe('after a transfer', () => {
    it('shows the old coordinator the record as it stood on the last day, and nothing of what came after', async () => {
      const id = await cohort('2026-11-15');
      const who = await person(country.commune, 'Người Chuyển Đi', { to: '2026-11-11' });
      await test.world.post(who, country.neighbourCommune, { from: '2026-11-11' });
      await enrol(id, [who]);
      await study(who, one1, { lessons: 1, at: '2026-11-10T23:59:59.999+07:00' });
      // On the first day elsewhere: the rest of the course, and all of the other.
      await study(who, one1, { lessons: 2, quiz: [95], completed: true, at: '2026-11-11T00:00:00+07:00' });
      await study(who, two, { ...everything, practical: 'passed', at: '2026-11-12T09:00:00+07:00' });
      await tx().query(
        `INSERT INTO due_extension (enrolment_id, due, reason, granted_at) SELECT id, '2026-12-31', 'Nơi mới', '2026-11-18' FROM enrolment WHERE cohort_id = $1`, [id]);

      const seen = await member(id, who);
      expect(seen).toMatchObject({
        state: 'studying', late: false, movedOn: '2026-11-11', due: '2026-11-15', extended: false, agency: { code: 'X11' },
        lastActivity: '2026-11-10T16:59:59.999Z',
      });
      expect(seen.courses[0]).toMatchObject({ lessonsFinished: 1, quiz: 'none', score: null, completedOn: null });
      expect(seen.courses[1]).toMatchObject({ lessonsFinished: 0, quiz: 'none', assignment: 'none', completedOn: null });
      expect((await read(id)).counts).toEqual({ total: 1, done: 0, waiting: 0, studying: 0, notBegun: 0, moved: 1, late: 0 });
      const page = (await (await signInPages(test.app, 'dieuphoi')).get(`/cohorts/${id}`)).text;
      expect(page).toContain('Đã chuyển đơn vị 11/11/2026');
      expect(page).not.toContain('95');
      // Above both agencies nobody has left, and the whole of it is seen.
      expect(await member(id, who, 'quocgia')).toMatchObject({ state: 'done', movedOn: null, extended: true, agency: { code: 'X21' } });
    });

    it('counts who finished before leaving as done, and forgets nothing of a move within the agencies', async () => {
      const id = await cohort();
      const finished = await person(country.commune, undefined, { to: '2026-11-15' });
      await test.world.post(finished, country.neighbourCommune, { from: '2026-11-15' });
      const within = await person(country.commune, undefined, { to: '2026-11-15' });
      await test.world.post(within, country.commune2, { from: '2026-11-15' });
      const away = await person(country.commune, undefined, { onLeave: true });
      await enrol(id, [finished, within, away]);
      await study(finished, one1, everything);
      await study(finished, two, { ...everything, practical: 'passed' });
      await study(within, one1, { lessons: 2, at: '2026-11-18T09:00:00+07:00' });
      expect(await member(id, finished)).toMatchObject({ state: 'done', movedOn: '2026-11-15' });
      expect(await member(id, within)).toMatchObject({ state: 'studying', movedOn: null, agency: { code: 'X12' }, percent: 28 });
      expect(await member(id, away)).toMatchObject({ movedOn: null });
      expect((await read(id)).counts).toMatchObject({ total: 3, done: 1, studying: 1, notBegun: 1, moved: 0 });
    });

    it('goes by what the roster says now, also when it was told late, and shows nothing where it says they were never here', async () => {
      const id = await cohort();
      const [ended, mistaken] = [await person(), await person()];
      await enrol(id, [ended, mistaken]);
      for (const who of [ended, mistaken]) await study(who, one1, { lessons: 1, at: '2026-11-10T09:00:00+07:00' });
      await tx().query(`UPDATE post SET superseded_at = $2 WHERE person_id = ANY($1)`, [[ended.id, mistaken.id], '2026-11-19T08:00:00+07:00']);
      await test.world.post(ended, country.commune, { to: '2026-11-05', recordedAt: '2026-11-19T08:00:00+07:00' });
      expect(await member(id, ended)).toMatchObject({ state: 'not-begun', movedOn: '2026-11-05', lastActivity: null });
      expect(await member(id, mistaken)).toMatchObject({ state: 'not-begun', movedOn: '2026-09-01', lastActivity: null });
      await test.world.post(mistaken, country.commune, { from: '2026-11-21' });
      test.clock.set('2026-11-21T00:00:00+07:00');
      expect(await member(id, mistaken)).toMatchObject({ state: 'studying', movedOn: null });
    });
  });

  describe('one query for all', () => {
    let id: number;
    const names = ['Đặng Thị Hòa', 'Lò Văn Ẩn', 'Vàng A Ă', 'Nguyễn Thị Ánh', '=Trần Công Thức', 'Lê Văn Đức', 'Hoàng Yến'];

    beforeAll(async () => {
      id = await cohort('2026-11-19');
      const people: PersonRow[] = [];
      for (const name of names) people.push(await person(country.commune, name));
      for (let i = 0; i < 60; i += 1) people.push(await person(country.commune2, `Người Thứ ${i}`));
      await enrol(id, people);
      await study(people[0] as PersonRow, one1, everything);
      await study(people[0] as PersonRow, two, { ...everything, practical: 'passed' });
      await study(people[1] as PersonRow, one1, { lessons: 2, quiz: [65.5] });
      await study(people[5] as PersonRow, two, { lessons: 2, quiz: [90], practical: 'waiting' });
    });

    it('shows on screen, in the API, in CSV and in XLSX the same people with the same facts', async () => {
      const bearer = { authorization: `Bearer ${await token('dieuphoi')}` };
      const agent = supertest(test.app.getHttpServer());
      const file = async (kind: string) => {
        const answer = await agent.get(`/api/v1/cohorts/${id}/progress.${kind}`).set(bearer).buffer(true)
          .parse((response, done) => {
            const parts: Buffer[] = [];
            response.on('data', (part: Buffer) => parts.push(part));
            response.on('end', () => done(null, Buffer.concat(parts)));
          });
        expect([answer.status, answer.headers['content-disposition']]).toEqual([200, `attachment; filename="lop-${id}.${kind}"`]);
        return answer.body as Buffer;
      };
      const api: Member[] = [];
      let next: string | null = '';
      while (next !== null) {
        const board: Board = await read(id, next ? `?cursor=${next}` : '');
        api.push(...board.items);
        next = board.next;
      }
      expect(api).toHaveLength(67);

      const csv = parse(await file('csv'), { bom: true });
      const book = new exceljs.Workbook();
      await book.xlsx.load(await file('xlsx') as unknown as ArrayBuffer);
      const sheet: string[][] = [];
      book.worksheets[0]?.eachRow((row) => {
        sheet.push((csv[0] ?? []).map((_, column) => {
          const value = row.getCell(column + 1).value;
          return value instanceof Date ? value.toISOString() : value === null || value === undefined ? '' : JSON.stringify(value).replace(/^"|"$/g, '');
        }));
      });
      const header = csv[0] ?? [];
      expect(sheet[0]).toEqual(header);
      const at = (name: string) => header.indexOf(name);
      const words: Record<string, string> = { done: 'Đã hoàn thành', waiting: 'Chờ chấm', studying: 'Đang học', 'not-begun': 'Chưa bắt đầu' };
      for (const table of [csv, sheet]) {
        expect(table.slice(1).map((row) => [row[at('Mã học viên')], row[at('Tình trạng')], row[at('Tiến độ, %')], row[at('Quá hạn')],
          row[at('Hạn hoàn thành')]?.slice(0, 10), row[at('B1: bài đã học')], row[at('B1: điểm')], row[at('B2: ngày hoàn thành')]?.slice(0, 10)]))
          .toEqual(api.map((item) => [String(item.personId), words[item.state], String(item.percent), item.late ? 'có' : '', item.due,
            String(item.courses[0]?.lessonsFinished), item.courses[0]?.score === null ? '' : String(item.courses[0]?.score),
            item.courses[1]?.completedOn ?? '']));
      }
      // A name that a spreadsheet program would run as a formula is defused in the file that has no types.
      expect(csv.flat()).toContain("'=Trần Công Thức");

      const pages = await signInPages(test.app, 'dieuphoi');
      const screen: string[] = [];
      let url: string | undefined = `/cohorts/${id}`;
      while (url) {
        const html: string = (await pages.get(url)).text;
        const body = html.slice(html.indexOf('<tbody>'), html.indexOf('</tbody>'));
        screen.push(...body.split('<tr>').slice(1).map((row) => [/value="(\d+)"/.exec(row)?.[1], /<span class="num">(\d+) %/.exec(row)?.[1],
          Object.entries(words).find(([, word]) => row.includes(`${word}</span>`))?.[0], row.includes('Quá hạn')].join(' ')));
        url = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replace(/&amp;/g, '&').replace(/&#x3D;/g, '=');
      }
      expect(screen).toEqual(api.map((item) => [item.personId, item.percent, item.state, item.late].join(' ')));
    });

    it('orders by given name as Vietnamese lists do, and finds without marks', async () => {
      const few = await cohort();
      await enrol(few, await Promise.all(names.map((name) => person(country.commune, name))));
      const seen = (await read(few)).items.map((item) => item.name);
      expect(seen).toEqual(['Nguyễn Thị Ánh', 'Vàng A Ă', 'Lò Văn Ẩn', 'Lê Văn Đức', 'Đặng Thị Hòa', '=Trần Công Thức', 'Hoàng Yến']);
      expect((await read(id, '?q=hoa dang')).items.map((item) => item.name)).toEqual(['Đặng Thị Hòa']);
      expect((await read(id, '?q=dang&state=not-begun')).items.map((item) => item.name)).toEqual([]);
      expect((await read(id, '?q=hoang')).items).toHaveLength(1);
    });

    it('adds up: everybody once, and every filter shows as many as its tile says', async () => {
      const { counts } = await read(id);
      expect(counts.total).toBe(67);
      expect((counts.done ?? 0) + (counts.waiting ?? 0) + (counts.studying ?? 0) + (counts.notBegun ?? 0) + (counts.moved ?? 0)).toBe(67);
      const csvOf = async (state: string) => (parse((await supertest(test.app.getHttpServer())
        .get(`/api/v1/cohorts/${id}/progress.csv?state=${state}`).set('authorization', `Bearer ${await token('dieuphoi')}`)).text, { bom: true }) as unknown[]).length - 1;
      for (const [filter, count] of Object.entries({ done: counts.done, waiting: counts.waiting, studying: counts.studying, 'not-begun': counts.notBegun, late: counts.late, moved: counts.moved })) {
        expect([filter, await csvOf(filter)]).toEqual([filter, count]);
      }
      expect((await supertest(test.app.getHttpServer()).get(`/api/v1/cohorts/${id}/progress?state=nope`)
        .set('authorization', `Bearer ${await token('dieuphoi')}`)).status).toBe(422);
    });

    it('asks the database as often for seven people as for sixty-seven', async () => {
      const small = await cohort();
      await enrol(small, [await person(), await person()]);
      const reader = test.app.get(Database).reader;
      const agent = await signInPages(test.app, 'dieuphoi');
      const asked = async (url: string) => {
        let count = 0;
        const query = reader.query.bind(reader);
        reader.query = (...args: Parameters<typeof query>) => { count += 1; return query(...args); };
        expect((await agent.get(url)).status).toBe(200);
        reader.query = query;
        return count;
      };
      expect(await asked(`/cohorts/${id}`)).toBe(await asked(`/cohorts/${small}`));
      expect(await asked('/cohorts')).toBeLessThan(12);
    });

    it('keeps files from neighbours, and writes down who took one', async () => {
      for (const kind of ['csv', 'xlsx']) {
        const answer = await supertest(test.app.getHttpServer()).get(`/api/v1/cohorts/${id}/progress.${kind}`)
          .set('authorization', `Bearer ${await token('langgieng')}`);
        expect([answer.status, (answer.body as { code: string }).code]).toEqual([404, 'cohort-not-found']);
      }
      const taken = await one<{ n: number }>(tx(),
        `SELECT count(*)::int AS n FROM audit_entry WHERE action = 'cohort.progress-exported' AND subject_id = $1 AND details->>'format' = 'xlsx'`, [String(id)]);
      expect(taken.n).toBe(1);
    });
  });

  it('says the state first: who is late, else who has not begun, else who studies, waits, or that all are done', async () => {
    const agent = await signInPages(test.app, 'dieuphoi');
    const heading = async (cohortId: number) => /<h1>([^<]*)<\/h1>/.exec((await agent.get(`/cohorts/${cohortId}`)).text)?.[1];
    const id = await cohort('2026-12-20');
    expect(await heading(id)).toBe('Lớp chưa có học viên');
    const [a, b] = [await person(), await person()];
    await enrol(id, [a, b]);
    expect(await heading(id)).toBe('2 người chưa bắt đầu, hạn 20/12/2026');
    for (const who of [a, b]) await study(who, one1, everything);
    expect(await heading(id)).toBe('2 người đang học, hạn 20/12/2026');
    test.clock.set('2026-12-21T08:00:00+07:00');
    const later = await signInPages(test.app, 'dieuphoi');
    expect(/<h1>([^<]*)<\/h1>/.exec((await later.get(`/cohorts/${id}`)).text)?.[1]).toBe('2 người quá hạn, hạn chung 20/12/2026');
    await study(a, two, { ...everything, practical: 'passed' });
    await study(b, two, { lessons: 2, quiz: [90], practical: 'waiting' });
    expect(/<h1>([^<]*)<\/h1>/.exec((await later.get(`/cohorts/${id}`)).text)?.[1]).toBe('1 người chờ chấm bài thực hành');
    expect((await later.get('/cohorts?time=past')).text).toContain('1 người chờ chấm bài thực hành');
  });
});
