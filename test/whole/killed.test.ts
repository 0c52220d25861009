import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ReconcileCertificates } from '../../src/certificates/index.js';
import { CloseExpiredAttempts } from '../../src/quizzes/index.js';
import { rows } from '../../src/platform/database/sql.js';
import { randomFrom } from '../../src/rules/random.js';
import { fixtureCourse, fixtureQuestions, type FixtureCourse } from '../support/fixture-course.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';

const LEARNERS = 200;
const ROUNDS = 3;

interface Learner { token: string; attemptId?: number; keys: string[]; submitted: boolean }

/**
 * Two hundred people are in the middle of a quiz; the process is killed without warning, again and again. What was
 * acknowledged must be there, and nobody may end up with two certificates or none.
 */
describe('a service that is killed in the middle of two hundred attempts', () => {
  let test_: TestApp;
  let course: FixtureCourse;
  let child: ChildProcess;
  let base = '';
  const learners: Learner[] = [];
  const acknowledged: { attemptId: number; key: string; sequence: number }[] = [];

  async function start(): Promise<void> {
    child = fork(join(import.meta.dirname, '..', 'support', 'service.child.ts'), [], {
      execArgv: ['--import', join(import.meta.dirname, '..', 'support', 'typescript.mjs')],
      env: {
        ...process.env, NODE_OPTIONS: '', DATABASE_URL: test_.config.databaseUrl, SECRET_KEY: test_.config.secretKey,
        IDENTITY_KEY: test_.config.identityKey, PUBLIC_URL: test_.config.publicUrl, LOG_LEVEL: 'silent', HOST: '127.0.0.1',
      },
    });
    const { port } = await new Promise<{ port: number }>((resolve, reject) => {
      child.once('message', (message) => resolve(message as { port: number }));
      child.once('exit', (code) => reject(new Error(`The service ended with ${code}.`)));
    });
    base = `http://127.0.0.1:${port}`;
  }

  async function kill(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  async function call(learner: Learner, method: string, path: string, body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
    const answer = await fetch(`${base}/api/v1${path}`, {
      method, headers: { authorization: `Bearer ${learner.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body ?? {}),
    });
    return { status: answer.status, body: await answer.json() as Record<string, unknown> };
  }

  /** Goes on where this learner is: starts, answers what is left, hands in. Ends quietly when the service is gone. */
  async function goOn(learner: Learner): Promise<void> {
    try {
      const started = await call(learner, 'POST', `/quizzes/${course.slug}/attempts`);
      // The hand-in before the kill had been committed and only its answer was lost.
      learner.submitted ||= started.body.code === 'quiz-passed-already';
      if (started.status >= 400) return;
      learner.attemptId = started.body.id as number;
      const keys = (started.body.questions as { id: string }[]).map((question) => question.id);
      for (const key of keys.filter((candidate) => !learner.keys.includes(candidate))) {
        const saved = await call(learner, 'PUT', `/attempts/${learner.attemptId}/answers/${key}`, { value: true });
        if (saved.status !== 200) continue;
        learner.keys.push(key);
        acknowledged.push({ attemptId: learner.attemptId, key, sequence: saved.body.sequence as number });
      }
      learner.submitted = (await call(learner, 'POST', `/attempts/${learner.attemptId}/submit`)).status < 300 || learner.submitted;
    } catch (error) {
      // The connection broke, which fetch calls a TypeError (of another realm than jest's).
      if ((error as Error).name !== 'TypeError' && (error as Error).name !== 'SyntaxError') throw error;
    }
  }

  beforeAll(async () => {
    test_ = await createTestApp({ at: new Date().toISOString() });
    const country = await test_.world.country();
    const trueOnes = fixtureQuestions('t1', false).filter((question) => question.type === 'true-false');
    const questions = Array.from({ length: 6 }, (_, index) => ({
      ...trueOnes[0], key: `t1-${index}`, type: 'true-false' as const, answer: true,
    })) as FixtureCourse['questions'];
    course = await fixtureCourse(test_.database, { questions, quiz: { questions: 5, attempts: null, wait: null } });
    for (let index = 0; index < LEARNERS; index += 1) await test_.world.account(`hocvien${index}`, country.commune);
    await test_.database.reader.query(
      `INSERT INTO course_run (person_id, course_id, cycle, course_version_id, opened_at)
       SELECT person_id, $1, 1, $2, now() FROM account`, [course.courseId, course.versionId]);
    await test_.database.reader.query(
      `INSERT INTO lesson_visit (course_run_id, lesson_id, kind, at)
       SELECT run.id, lesson.id, 'finished', now() FROM course_run run JOIN lesson ON lesson.course_version_id = run.course_version_id`);
    await start();
    for (let index = 0; index < LEARNERS; index += 20) {
      learners.push(...await Promise.all(Array.from({ length: 20 }, async (_, offset) => {
        const answer = await fetch(`${base}/api/v1/auth/login`, {
          method: 'POST', headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ username: `hocvien${index + offset}`, password: PASSWORD }),
        });
        return { token: (await answer.json() as { accessToken: string }).accessToken, keys: [], submitted: false };
      })));
    }
  }, 120_000);

  afterAll(async () => {
    await kill();
    await test_.close();
  });

  test('loses no acknowledged answer and issues no certificate twice', async () => {
    const random = randomFrom(57);
    for (let round = 0; round < ROUNDS; round += 1) {
      const target = acknowledged.length + 80 + Math.floor(random() * 120);
      const work = Promise.all(learners.filter((learner) => !learner.submitted).map(goOn));
      // Killed by what has been acknowledged, not by the clock: the same moment on a slow machine and on a fast one.
      const watch = setInterval(() => { if (acknowledged.length >= target) child.kill('SIGKILL'); }, 1);
      await work;
      clearInterval(watch);
      await kill();

      const kept = new Set((await rows<{ id: string }>(test_.database.reader,
        `SELECT attempt_id || ':' || question_key || ':' || sequence AS id FROM quiz_answer`)).map((row) => row.id));
      expect(acknowledged.filter((one) => !kept.has(`${one.attemptId}:${one.key}:${one.sequence}`))).toEqual([]);
      await start();
    }
    await Promise.all(learners.filter((learner) => !learner.submitted).map(goOn));
    expect(learners.filter((learner) => !learner.submitted)).toEqual([]);

    const [count] = await rows<{ certificates: number; people: number; completions: number; open: number }>(test_.database.reader,
      `SELECT (SELECT count(*)::int FROM certificate) AS certificates, (SELECT count(DISTINCT person_id)::int FROM certificate) AS people,
         (SELECT count(*)::int FROM course_completion) AS completions, (SELECT count(*)::int FROM quiz_attempt WHERE closed_at IS NULL) AS open`);
    expect(count).toEqual({ certificates: LEARNERS, people: LEARNERS, completions: LEARNERS, open: 0 });
    expect(await test_.app.get(ReconcileCertificates).run()).toBe(0);
    await test_.app.get(CloseExpiredAttempts).run(test_.clock.now());
  }, 180_000);
});
