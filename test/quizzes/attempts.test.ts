import supertest from 'supertest';
import { Facts } from '../../src/platform/facts.js';
import type { QuizAttemptGraded } from '../../src/quizzes/index.js';
import { fixtureCourse, type FixtureCourse } from '../support/fixture-course.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { rightAnswer, wrongAnswer, type AskedJson, type AttemptJson, type ResultJson } from './answers.js';
import { callAs, type Caller } from './callers.js';

let t: TestApp;
let course: FixtureCourse;
let learner: Caller;
const facts: QuizAttemptGraded[] = [];
let people = 0;

async function someone(): Promise<Caller> {
  people += 1;
  const agency = await t.world.agency(`A${people}`);
  await t.world.account(`nguoi.${people}`, agency);
  return callAs(t, `nguoi.${people}`);
}

/** Tokens last ten minutes of the frozen clock. */
async function later(step: { days?: number; hours?: number; minutes?: number; seconds?: number }): Promise<Caller> {
  t.clock.advance(step);
  return callAs(t, `nguoi.${people}`);
}

async function answerAll(who: Caller, attempt: AttemptJson, right: number): Promise<void> {
  for (const [index, asked] of attempt.questions.entries()) {
    const answer = await who.answer(
      attempt,
      asked,
      index < right ? rightAnswer(course, asked) : wrongAnswer(course, asked),
    );
    expect(answer.status).toBe(200);
  }
}

beforeAll(async () => {
  t = await createTestApp();
  course = await fixtureCourse(t.database);
  t.app.get(Facts).on('quiz-attempt-graded', (_tx, fact) => Promise.resolve(facts.push(fact)));
});
beforeEach(async () => {
  t.clock.set('2026-11-20T14:00:00+07:00');
  facts.length = 0;
  learner = await someone();
});
afterAll(() => t.close());

describe('starting', () => {
  test('gives questions without key or feedback, a deadline and the seconds left', async () => {
    const answer = await learner.post(`/api/v1/quizzes/${course.slug}/attempts`);
    expect(answer.status).toBe(201);
    const attempt = answer.body as AttemptJson;
    expect(attempt).toMatchObject({
      number: 1,
      state: 'open',
      secondsLeft: 1800,
      answers: {},
      startedAt: '2026-11-20T07:00:00.000Z',
      deadlineAt: '2026-11-20T07:30:00.000Z',
      serverNow: '2026-11-20T07:00:00.000Z',
    });
    expect(attempt.questions).toHaveLength(4);
    expect(answer.text).not.toMatch(/correct|feedback|Phản hồi|Giải thích|Chưa đúng|tolerance|accept|seed|outcome/);
  });

  test('draws evenly over the outcomes', async () => {
    const attempt = await learner.start(course.slug);
    const outcomes = attempt.questions.map(({ id }) => course.questions.find(({ key }) => key === id)?.outcome);
    expect(outcomes.filter((outcome) => outcome === 'T1.1a')).toHaveLength(2);
  });

  test('twice gives the open attempt again, with the answers kept so far', async () => {
    const attempt = await learner.start(course.slug);
    await learner.answer(attempt, attempt.questions[0], rightAnswer(course, attempt.questions[0] as AskedJson));
    const again = await learner.post(`/api/v1/quizzes/${course.slug}/attempts`);
    expect(again.status).toBe(200);
    expect((again.body as AttemptJson).id).toBe(attempt.id);
    expect((again.body as AttemptJson).questions).toEqual(attempt.questions);
    expect(Object.keys((again.body as AttemptJson).answers)).toEqual([attempt.questions[0]?.id]);
  });

  test('twenty times at once makes one attempt', async () => {
    const before = await t.world.count('quiz_attempt');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => learner.post(`/api/v1/quizzes/${course.slug}/attempts`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(19).fill(200), 201]);
    expect(new Set(answers.map(({ body }) => (body as AttemptJson).id)).size).toBe(1);
    expect(await t.world.count('quiz_attempt')).toBe(before + 1);
  });

  test('needs a course that is published and has a quiz', async () => {
    const bare = await fixtureCourse(t.database, { code: 'T9', quiz: null });
    for (const name of ['khong-co', bare.slug, '%00', 'A%20B']) {
      expect((await learner.post(`/api/v1/quizzes/${name}/attempts`)).status).toBe(404);
    }
  });

  test('needs a sign-in', async () => {
    const answer = await supertest(t.app.getHttpServer()).post(`/api/v1/quizzes/${course.slug}/attempts`).send({});
    expect(answer.status).toBe(401);
  });

  test('a newer version changes nothing for who has begun', async () => {
    const own = await fixtureCourse(t.database, { code: 'T8' });
    const attempt = await learner.start(own.slug);
    await learner.post(`/api/v1/attempts/${attempt.id}/submit`);
    await fixtureCourse(t.database, { code: 'T8', questions: own.questions.slice(0, 1), quiz: { questions: 1 } });
    expect((await learner.start(own.slug)).questions).toHaveLength(4);
    expect((await (await someone()).start(own.slug)).questions).toHaveLength(1);
  });
});

describe('answering', () => {
  let attempt: AttemptJson;
  const [first, second] = [() => attempt.questions[0] as AskedJson, () => attempt.questions[1] as AskedJson];
  beforeEach(async () => {
    attempt = await learner.start(course.slug);
  });

  test('gives a receipt, and the same receipt for the same answer', async () => {
    const answer = await learner.answer(attempt, first(), rightAnswer(course, first()));
    expect(answer.body).toEqual({ sequence: 1, savedAt: '2026-11-20T07:00:00.000Z' });
    t.clock.advance({ seconds: 5 });
    const again = await learner.answer(attempt, first(), rightAnswer(course, first()));
    expect(again.body).toEqual(answer.body);
    const other = await learner.answer(attempt, second(), rightAnswer(course, second()));
    expect(other.body).toEqual({ sequence: 2, savedAt: '2026-11-20T07:00:05.000Z' });
  });

  test('never overwrites: the last to arrive counts, and the earlier ones stay', async () => {
    await learner.answer(attempt, first(), rightAnswer(course, first()));
    await learner.answer(attempt, first(), wrongAnswer(course, first()));
    const back = await learner.answer(attempt, first(), rightAnswer(course, first()));
    expect((back.body as { sequence: number }).sequence).toBe(3);
    const rows = await t.database.reader.query<unknown[]>(
      'SELECT sequence FROM quiz_answer WHERE attempt_id = $1 ORDER BY sequence',
      [attempt.id],
    );
    expect(rows).toEqual([{ sequence: 1 }, { sequence: 2 }, { sequence: 3 }]);
    const read = (await learner.get(`/api/v1/attempts/${attempt.id}`)).body as AttemptJson;
    expect(read.answers[first().id]).toEqual({
      answer: rightAnswer(course, first()),
      sequence: 3,
      savedAt: '2026-11-20T07:00:00.000Z',
    });
  });

  test('many at once get numbers of their own', async () => {
    const sent = attempt.questions.flatMap((asked) =>
      [rightAnswer(course, asked), wrongAnswer(course, asked)].map((body) => ({ asked, body })),
    );
    const answers = await Promise.all(
      [...sent, ...sent].map(({ asked, body }) => learner.answer(attempt, asked, body)),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const rows = await t.database.reader.query<{ sequence: number }[]>(
      'SELECT sequence FROM quiz_answer WHERE attempt_id = $1 ORDER BY sequence',
      [attempt.id],
    );
    expect(rows.map(({ sequence }) => sequence)).toEqual(rows.map((_, index) => index + 1));
    expect(rows.length).toBeGreaterThanOrEqual(8);
  });

  test('the same answer ten times at once is one row', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => learner.answer(attempt, first(), rightAnswer(course, first()))),
    );
    expect(answers.map(({ body }) => body as unknown)).toEqual(
      answers.map(() => ({ sequence: 1, savedAt: '2026-11-20T07:00:00.000Z' })),
    );
  });

  test('of a wrong shape is refused and names the type', async () => {
    for (const asked of attempt.questions) {
      for (const body of [{}, { nothing: 1 }, { option: 5, options: 'a', value: {}, pairs: [], order: 'a' }]) {
        const answer = await learner.answer(attempt, asked, body);
        expect(answer.status).toBe(422);
        const [error] = (answer.body as { errors: { code: string; detail: string }[] }).errors;
        expect(error?.code).toBe('answer-shape');
        expect(error?.detail).toContain(asked.type);
      }
    }
    expect((await learner.get(`/api/v1/attempts/${attempt.id}`)).body).toMatchObject({ answers: {} });
  });

  test('to a question that was not drawn is not found', async () => {
    const drawn = new Set(attempt.questions.map(({ id }) => id));
    const other = course.questions.find(({ key }) => !drawn.has(key));
    for (const key of [other?.key, 'khong-co', '%00', '__proto__']) {
      const answer = await learner.put(`/api/v1/attempts/${attempt.id}/answers/${key}`, { option: 'a' });
      expect([answer.status, (answer.body as { code: string }).code]).toEqual([404, 'question-not-found']);
    }
  });

  test('another person’s attempt does not exist', async () => {
    const other = await someone();
    const paths = [
      `/api/v1/attempts/${attempt.id}`,
      '/api/v1/attempts/999999',
      '/api/v1/attempts/abc',
      '/api/v1/attempts/-1',
      '/api/v1/attempts/1e3',
    ];
    for (const path of paths) {
      expect((await other.get(path)).status).toBe(404);
      expect((await other.post(`${path}/submit`)).status).toBe(404);
      expect((await other.put(`${path}/answers/${first().id}`, { option: 'a' })).status).toBe(404);
    }
    expect(facts).toEqual([]);
  });

  test('in the last second and in the grace counts, after it does not', async () => {
    const own = await later({ minutes: 30 });
    expect((await own.answer(attempt, first(), rightAnswer(course, first()))).status).toBe(200);
    t.clock.advance({ seconds: 10 });
    expect((await own.answer(attempt, second(), rightAnswer(course, second()))).status).toBe(200);
    t.clock.advance({ seconds: 1 });
    const late = await own.answer(
      attempt,
      attempt.questions[2],
      rightAnswer(course, attempt.questions[2] as AskedJson),
    );
    expect([late.status, (late.body as { code: string }).code]).toEqual([409, 'attempt-over']);
    const read = (await own.get(`/api/v1/attempts/${attempt.id}`)).body as AttemptJson;
    expect(read.result).toMatchObject({
      score: 50,
      passed: false,
      closedBy: 'deadline',
      closedAt: '2026-11-20T07:30:00.000Z',
    });
  });

  test('after it was handed in is refused', async () => {
    await learner.post(`/api/v1/attempts/${attempt.id}/submit`);
    expect((await learner.answer(attempt, first(), rightAnswer(course, first()))).status).toBe(409);
  });

  test('the seconds left are the server’s', async () => {
    const own = await later({ minutes: 12, seconds: 30 });
    expect((await own.get(`/api/v1/attempts/${attempt.id}`)).body).toMatchObject({ secondsLeft: 1050, state: 'open' });
    t.clock.advance({ minutes: 7 });
    const again = await later({ minutes: 10, seconds: 35 });
    expect((await again.get(`/api/v1/attempts/${attempt.id}`)).body).toMatchObject({ secondsLeft: 0, state: 'open' });
  });
});

describe('handing in', () => {
  test('grades what was saved, publishes once, and says the same again', async () => {
    const attempt = await learner.start(course.slug);
    await answerAll(learner, attempt, 4);
    const result = await learner.post(`/api/v1/attempts/${attempt.id}/submit`);
    expect(result.body).toMatchObject({
      id: attempt.id,
      state: 'closed',
      score: 100,
      passed: true,
      closedBy: 'learner',
      revealed: true,
    });
    t.clock.advance({ minutes: 5 });
    const again = await learner.post(`/api/v1/attempts/${attempt.id}/submit`);
    expect(again.body).toEqual(result.body);
    expect(facts).toEqual([
      {
        attemptId: attempt.id,
        courseRunId: expect.any(Number) as number,
        passed: true,
        score: 100,
        at: new Date('2026-11-20T07:00:00Z'),
      },
    ]);
  });

  test('ten times at once is one grade', async () => {
    const attempt = await learner.start(course.slug);
    await answerAll(learner, attempt, 2);
    const results = await Promise.all(
      Array.from({ length: 10 }, () => learner.post(`/api/v1/attempts/${attempt.id}/submit`)),
    );
    for (const { status, body } of results) expect([status, body as unknown]).toEqual([200, results[0]?.body]);
    expect(facts).toHaveLength(1);
  });

  test('while answers arrive: what has a receipt is graded, what is late is refused', async () => {
    const attempt = await learner.start(course.slug);
    const calls = attempt.questions.map((asked) => learner.answer(attempt, asked, rightAnswer(course, asked)));
    const [result, ...answers] = await Promise.all([learner.post(`/api/v1/attempts/${attempt.id}/submit`), ...calls]);
    const kept = answers.filter(({ status }) => status === 200).length;
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
    expect((result.body as ResultJson).score).toBe(kept * 25);
  });

  test('in the grace is handed in at the deadline; after it, the deadline has closed it', async () => {
    const inGrace = await learner.start(course.slug);
    const own = await later({ minutes: 30, seconds: 10 });
    expect((await own.post(`/api/v1/attempts/${inGrace.id}/submit`)).body).toMatchObject({
      closedBy: 'learner',
      closedAt: '2026-11-20T07:30:00.000Z',
    });
    const tooLate = await own.start(course.slug);
    const again = await later({ minutes: 30, seconds: 11 });
    expect((await again.post(`/api/v1/attempts/${tooLate.id}/submit`)).body).toMatchObject({
      closedBy: 'deadline',
      closedAt: '2026-11-20T08:00:10.000Z',
    });
  });

  test('a failing reaction leaves the attempt open: all of it is true, or none', async () => {
    const attempt = await learner.start(course.slug);
    const broken = { on: true };
    t.app
      .get(Facts)
      .on('quiz-attempt-graded', () => (broken.on ? Promise.reject(new Error('down')) : Promise.resolve()));
    expect((await learner.post(`/api/v1/attempts/${attempt.id}/submit`)).status).toBe(500);
    expect((await learner.get(`/api/v1/attempts/${attempt.id}`)).body).toMatchObject({ state: 'open' });
    broken.on = false;
    expect((await learner.post(`/api/v1/attempts/${attempt.id}/submit`)).status).toBe(200);
  });
});

describe('the result', () => {
  test('does not spoil the bank while attempts remain', async () => {
    const attempt = await learner.start(course.slug);
    const [asked] = attempt.questions.filter(({ type }) => type === 'single' || type === 'multiple');
    if (asked) await learner.answer(attempt, asked, wrongAnswer(course, asked));
    const result = (await learner.post(`/api/v1/attempts/${attempt.id}/submit`)).body as ResultJson;
    expect(result).toMatchObject({ passed: false, revealed: false, next: { may: true, attemptsLeft: 2 } });
    for (const told of result.feedback) {
      expect(told.explanation === undefined).toBe(told.id !== asked?.id);
      for (const option of told.options ?? []) if (!option.chosen) expect(option.correct).toBeUndefined();
    }
  });

  test('shows the key after the last attempt', async () => {
    for (const hours of [0, 1, 25]) {
      const who = await later({ hours });
      const attempt = await who.start(course.slug);
      const result = (await who.post(`/api/v1/attempts/${attempt.id}/submit`)).body as ResultJson;
      expect(result.revealed).toBe(hours === 25);
      expect(result.feedback.every(({ explanation }) => (explanation !== undefined) === (hours === 25))).toBe(true);
    }
  });

  test('is in the reader’s language where there is one', async () => {
    const both = await fixtureCourse(t.database, { code: 'T7', english: true });
    const attempt = (await learner.post(`/api/v1/quizzes/${both.slug}/attempts`).set('accept-language', 'en'))
      .body as AttemptJson;
    expect(attempt.questions.every(({ stem, language }) => stem.startsWith('Question') && language === 'en')).toBe(
      true,
    );
    const own = (await learner.post(`/api/v1/quizzes/${course.slug}/attempts`).set('accept-language', 'en'))
      .body as AttemptJson;
    expect(own.questions.every(({ language }) => language === 'vi')).toBe(true);
  });
});

describe('another attempt', () => {
  const fail = async (who: Caller) => {
    const attempt = await who.start(course.slug);
    await who.post(`/api/v1/attempts/${attempt.id}/submit`);
    return attempt;
  };
  const refusal = async (who: Caller) => {
    const answer = await who.post(`/api/v1/quizzes/${course.slug}/attempts`);
    return { status: answer.status, ...(answer.body as { code: string; params?: { until?: string }; title: string }) };
  };

  test('waits a day after the second, ends after the third', async () => {
    expect((await fail(learner)).number).toBe(1);
    expect((await fail(learner)).number).toBe(2);
    expect(await refusal(learner)).toMatchObject({
      status: 422,
      code: 'attempts-wait',
      params: { until: '2026-11-21T07:00:00.000Z' },
      title: 'Chưa đến giờ: lượt tiếp theo mở lúc 21/11/2026 14:00.',
    });
    const almost = await later({ hours: 23, minutes: 59, seconds: 59 });
    expect((await refusal(almost)).code).toBe('attempts-wait');
    const now = await later({ seconds: 1 });
    expect((await fail(now)).number).toBe(3);
    expect(await refusal(now)).toMatchObject({ status: 422, code: 'attempts-none-left' });
  });

  test('is refused once passed', async () => {
    const attempt = await learner.start(course.slug);
    await answerAll(learner, attempt, 4);
    await learner.post(`/api/v1/attempts/${attempt.id}/submit`);
    expect(await refusal(learner)).toMatchObject({ status: 422, code: 'quiz-passed-already' });
  });

  test('an attempt whose time ran out is closed by starting the next, even where the next is refused', async () => {
    await fail(learner);
    const open = await learner.start(course.slug);
    const own = await later({ minutes: 31 });
    expect(await refusal(own)).toMatchObject({ code: 'attempts-wait', params: { until: '2026-11-21T07:30:00.000Z' } });
    const [row] = await t.database.reader.query<{ closed_by: string }[]>(
      'SELECT closed_by FROM quiz_attempt WHERE id = $1',
      [open.id],
    );
    expect(row?.closed_by).toBe('deadline');
    expect(facts.map(({ attemptId }) => attemptId)).toContain(open.id);
  });
});
