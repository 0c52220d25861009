import { Facts } from '../../src/platform/facts.js';
import { Metrics } from '../../src/platform/metrics.js';
import { CloseExpiredAttempts, type QuizAttemptGraded } from '../../src/quizzes/index.js';
import { fixtureCourse, type FixtureCourse } from '../support/fixture-course.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { rightAnswer, type AttemptJson } from './answers.js';
import { callAs } from './callers.js';

let t: TestApp;
let course: FixtureCourse;
let closing: CloseExpiredAttempts;
let people = 0;
const facts: QuizAttemptGraded[] = [];

beforeAll(async () => {
  t = await createTestApp();
  course = await fixtureCourse(t.database);
  closing = t.app.get(CloseExpiredAttempts);
  t.app.get(Facts).on('quiz-attempt-graded', (_tx, fact) => Promise.resolve(facts.push(fact)));
});
afterAll(() => t.close());

async function startedBySomeone(answered: number): Promise<AttemptJson> {
  people += 1;
  await t.world.account(`nguoi.${people}`, await t.world.agency(`A${people}`));
  const who = await callAs(t, `nguoi.${people}`);
  const attempt = await who.start(course.slug);
  for (const asked of attempt.questions.slice(0, answered))
    await who.answer(attempt, asked, rightAnswer(course, asked));
  return attempt;
}

interface Closing { closedBy: string | null; closedAt: Date | null; score: number | null }
const states = (attempts: AttemptJson[]) => t.database.reader.query<Closing[]>(
  'SELECT closed_by AS "closedBy", closed_at AS "closedAt", score FROM quiz_attempt WHERE id = ANY($1) ORDER BY id',
  [attempts.map(({ id }) => id)]);

test('the minute’s job closes what ran out, on the answers that were saved, and nothing twice', async () => {
  const attempts = [await startedBySomeone(4), await startedBySomeone(1), await startedBySomeone(0)];
  t.clock.advance({ minutes: 30, seconds: 10 });
  await t.database.inTransaction((tx) => t.jobs.enqueue(tx, 'close-expired-attempts'));
  await t.jobs.drain();
  expect((await states(attempts)).map(({ closedBy }) => closedBy)).toEqual([null, null, null]);

  t.clock.advance({ seconds: 1 });
  await t.database.inTransaction((tx) => t.jobs.enqueue(tx, 'close-expired-attempts'));
  await t.jobs.drain();
  const closedAt = new Date('2026-11-20T07:30:00Z');
  expect(await states(attempts)).toEqual([100, 25, 0].map((score) => ({ closedBy: 'deadline', closedAt, score })));
  expect(facts.map(({ attemptId }) => attemptId).sort((a, b) => a - b)).toEqual(attempts.map(({ id }) => id));
  expect(await closing.run(t.clock.now())).toBe(0);
  expect(facts).toHaveLength(3);
  expect(await t.app.get(Metrics).registry.metrics()).toMatch(/lantoa_events_total\{event="attempt-graded"\} 3/);
});

test('two at the same time close each attempt once', async () => {
  t.clock.set('2026-11-21T08:00:00+07:00');
  const attempts = [await startedBySomeone(1), await startedBySomeone(2), await startedBySomeone(3)];
  t.clock.advance({ minutes: 31 });
  const closed = await Promise.all([closing.run(t.clock.now()), closing.run(t.clock.now())]);
  await closing.run(t.clock.now());
  expect((closed[0] ?? 0) + (closed[1] ?? 0)).toBeLessThanOrEqual(3);
  expect((await states(attempts)).map(({ score }) => score)).toEqual([25, 50, 75]);
  expect(facts.filter(({ attemptId }) => attempts.some(({ id }) => id === attemptId))).toHaveLength(3);
});

test('one that fails keeps no other open', async () => {
  t.clock.set('2026-11-22T08:00:00+07:00');
  const [broken, sound] = [await startedBySomeone(1), await startedBySomeone(1)];
  t.app
    .get(Facts)
    .on('quiz-attempt-graded', (_tx, fact) =>
      fact.attemptId === broken.id ? Promise.reject(new Error('down')) : Promise.resolve(),
    );
  t.clock.advance({ minutes: 31 });
  expect(await closing.run(t.clock.now())).toBe(1);
  expect((await states([broken, sound])).map(({ closedBy }) => closedBy)).toEqual([null, 'deadline']);
});

test('a run that somebody is at is left to them', async () => {
  t.clock.set('2026-11-23T08:00:00+07:00');
  const attempt = await startedBySomeone(1);
  t.clock.advance({ minutes: 31 });
  await t.database.inTransaction(async (tx) => {
    await tx.query(
      'SELECT FROM course_run WHERE id = (SELECT course_run_id FROM quiz_attempt WHERE id = $1) FOR UPDATE',
      [attempt.id],
    );
    await closing.run(t.clock.now());
    expect((await states([attempt]))[0]?.closedBy).toBeNull();
  });
});
