import { fixtureCourse, type FixtureCourse } from '../support/fixture-course.js';
import { postForm, signInPages } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import type { AccountRow, World } from '../support/world.js';
import { callAs } from './callers.js';

let t: TestApp;
let course: FixtureCourse;
let country: Awaited<ReturnType<World['country']>>;
let learner: AccountRow;
let runId: number;

beforeAll(async () => {
  t = await createTestApp();
  course = await fixtureCourse(t.database, { quiz: { attempts: 1, wait: null } });
  country = await t.world.country();
  const { province, neighbour, commune } = country;
  await t.world.account('dieuphoi', province, { roles: [{ role: 'coordinator', agency: province }] });
  await t.world.account('langgieng', neighbour, { roles: [{ role: 'coordinator', agency: neighbour }] });
  await t.world.account('lanhdao', province, { roles: [{ role: 'leader', agency: province }] });
  learner = await t.world.account('hocvien', commune);
});
beforeEach(() => t.clock.set('2026-11-20T14:00:00+07:00'));
afterAll(() => t.close());

const grant = async (username: string, body: object = { reason: 'Mất điện khi đang làm bài.' }) =>
  (await callAs(t, username)).post(`/api/v1/course-runs/${runId}/allowances`, body);

async function failOnce(): Promise<void> {
  const who = await callAs(t, 'hocvien');
  const attempt = await who.start(course.slug);
  expect((await who.post(`/api/v1/attempts/${attempt.id}/submit`)).body).toMatchObject({ passed: false });
}

test('is not needed while attempts are left', async () => {
  await (await callAs(t, 'hocvien')).post(`/api/v1/lessons/${course.lessons[0]?.id}/visits`);
  const [run] = await t.database.reader.query<{ id: number }[]>('SELECT id FROM course_run WHERE person_id = $1', [
    learner.personId,
  ]);
  runId = run?.id ?? 0;
  const answer = await grant('dieuphoi');
  expect([answer.status, (answer.body as { code: string }).code]).toEqual([422, 'allowance-not-needed']);
  await failOnce();
});

test('is nobody’s but the coordinator’s of the person', async () => {
  expect((await grant('langgieng')).status).toBe(404);
  expect((await grant('lanhdao')).status).toBe(403);
  expect((await grant('hocvien')).status).toBe(403);
  const page = await (
    await signInPages(t.app, 'langgieng')
  ).get(`/people/${learner.personId}/courses/${course.slug}/allowance`);
  expect(page.status).toBe(404);
});

test('needs a reason', async () => {
  for (const body of [{}, { reason: '' }, { reason: '   ' }, { reason: 'a'.repeat(1001) }, { reason: 5 }]) {
    const answer = await grant('dieuphoi', body);
    expect([answer.status, (answer.body as { errors: { field: string }[] }).errors[0]?.field]).toEqual([422, 'reason']);
  }
});

test('opens one more attempt, once, however often it is asked for, and is recorded', async () => {
  const answers = await Promise.all([grant('dieuphoi'), grant('dieuphoi'), grant('dieuphoi')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
  for (const { body } of answers)
    expect(body).toEqual({ courseRunId: runId, afterAttempt: 1, grantedAt: '2026-11-20T07:00:00.000Z' });
  expect(await t.world.count('quiz_allowance')).toBe(1);
  const entries = await t.database.reader.query<{ subject_id: string; details: object }[]>(
    `SELECT subject_id, details FROM audit_entry WHERE action = 'quiz-attempt.granted'`,
  );
  expect(entries).toEqual([
    { subject_id: String(runId), details: { personId: learner.personId, courseId: course.courseId, afterAttempt: 1 } },
  ]);
  await failOnce();
  const none = await (await callAs(t, 'hocvien')).post(`/api/v1/quizzes/${course.slug}/attempts`);
  expect((none.body as { code: string }).code).toBe('attempts-none-left');
});

test('by the page: says what it is about, keeps what was typed, and answers with a redirect', async () => {
  const agent = await signInPages(t.app, 'dieuphoi');
  const url = `/people/${learner.personId}/courses/${course.slug}/allowance`;
  const page = await agent.get(url);
  expect(page.text).toContain('Đã hết lượt và chưa đạt');
  expect(page.text).toContain('Mất điện khi đang làm bài.');
  const bad = await postForm(agent, url, { reason: '' }, url);
  expect(bad.status).toBe(422);
  expect(bad.text).toContain('href="#reason"');
  const good = await postForm(agent, url, { reason: 'Đường truyền đứt giữa giờ.' }, url);
  expect([good.status, good.headers.location]).toEqual([303, url]);
  expect((await agent.get(url)).text).toContain('Chưa cần cấp thêm: còn 1 lượt làm bài');
  expect(await t.world.count('quiz_allowance')).toBe(2);
});

test('a person who left the agency is out of reach, and so is a run that does not exist', async () => {
  await t.database.reader.query(`UPDATE post SET valid_to = '2026-11-20' WHERE person_id = $1`, [learner.personId]);
  expect((await grant('dieuphoi')).status).toBe(404);
  const who = await callAs(t, 'dieuphoi');
  for (const id of ['999999', 'abc', '0']) {
    expect((await who.post(`/api/v1/course-runs/${id}/allowances`, { reason: 'x' })).status).toBe(404);
  }
});

test('nobody grants to themselves', async () => {
  const own = await t.world.account('tuhoc', country.province, {
    roles: [{ role: 'coordinator', agency: country.province }],
  });
  const who = await callAs(t, 'tuhoc');
  const attempt = await who.start(course.slug);
  await who.post(`/api/v1/attempts/${attempt.id}/submit`);
  const [run] = await t.database.reader.query<{ id: number }[]>('SELECT id FROM course_run WHERE person_id = $1', [
    own.personId,
  ]);
  const answer = await who.post(`/api/v1/course-runs/${run?.id}/allowances`, { reason: 'x' });
  expect((answer.body as { code: string }).code).toBe('allowance-for-oneself');
});
