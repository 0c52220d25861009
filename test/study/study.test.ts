import { brotliCompressSync } from 'node:zlib';
import supertest from 'supertest';
import { Facts } from '../../src/platform/facts.js';
import type { LessonFinished } from '../../src/study/index.js';
import { callAs } from '../quizzes/callers.js';
import { fixtureCourse, type FixtureCourse } from '../support/fixture-course.js';
import { csrfOf, signInPages, type PageAgent } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

let t: TestApp;
let course: FixtureCourse;
let people = 0;
const facts: LessonFinished[] = [];

beforeAll(async () => {
  t = await createTestApp();
  course = await fixtureCourse(t.database, { assignment: true });
  t.app.get(Facts).on('lesson-finished', (_tx, fact) => Promise.resolve(facts.push(fact)));
});
beforeEach(() => {
  facts.length = 0;
});
afterAll(() => t.close());

async function account(): Promise<string> {
  people += 1;
  await t.world.account(`nguoi.${people}`, await t.world.agency(`A${people}`));
  return `nguoi.${people}`;
}
const someone = async (): Promise<PageAgent> => signInPages(t.app, await account());
const lesson = (index: number, of = course) => `/courses/${of.slug}/lessons/${of.lessons[index]?.slug}`;
const post = async (agent: PageAgent, url: string) =>
  agent.post(url).type('form').send({ _csrf: csrfOf((await agent.get('/notice')).text) });

describe('the way through a course', () => {
  test('opens at the first lesson, goes on lesson by lesson, then to the quiz', async () => {
    const agent = await someone();
    expect((await post(agent, `/courses/${course.slug}/open`)).headers.location).toBe(lesson(0));
    const first = await agent.get(lesson(0));
    expect(first.text).toContain('Bài 1 trên 2');
    expect(first.text).toContain('12 phút đọc');
    expect(first.text).toContain('Bản để nghe');
    expect(first.text).toContain('Nghị định 49/2024/NĐ-CP');
    expect(first.text).toMatch(/<details[^>]*><summary>Bản tin định kỳ<\/summary>/);
    expect((await post(agent, `${lesson(0)}/finish`)).headers.location).toBe(lesson(1));
    expect((await post(agent, `/courses/${course.slug}/open`)).headers.location).toBe(lesson(1));
    expect((await post(agent, `${lesson(1)}/finish`)).headers.location).toBe(`/courses/${course.slug}/quiz`);
    expect((await post(agent, `/courses/${course.slug}/open`)).headers.location).toBe(`/courses/${course.slug}/quiz`);
    expect(facts.map(({ lessonId }) => lessonId)).toEqual(course.lessons.map(({ id }) => id));
  });

  test('a lesson that was skipped is the next one after the last', async () => {
    const agent = await someone();
    await agent.get(lesson(1));
    expect((await post(agent, `${lesson(1)}/finish`)).headers.location).toBe(lesson(0));
  });

  test('one’s own overview says each part’s state and what is missing, in one sentence', async () => {
    const agent = await someone();
    expect((await agent.get(`/courses/${course.slug}/study`)).headers.location).toBe(`/courses/${course.slug}`);
    await agent.get(lesson(0));
    const page = await agent.get(`/courses/${course.slug}/study`);
    expect(page.text).toContain('Còn thiếu: 2 bài học, bài kiểm tra và bài thực hành.');
    expect(page.text).toContain('Học tiếp bài 1');
    await post(agent, `${lesson(0)}/finish`);
    const later = await agent.get(`/courses/${course.slug}/study`);
    expect(later.text).toContain('Còn thiếu: bài T1.2, bài kiểm tra và bài thực hành.');
    expect(later.text).toContain('Đã xong 1 trên 4 phần');
  });

  test('the same finish twice, or ten times at once, is one fact', async () => {
    const agent = await someone();
    const csrf = csrfOf((await agent.get(lesson(0))).text);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        agent
          .post(`${lesson(0)}/finish`)
          .type('form')
          .send({ _csrf: csrf }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 303));
    expect(facts).toHaveLength(1);
  });

  test('a course or lesson that does not exist is not found, and nobody gets in without signing in', async () => {
    const agent = await someone();
    for (const url of [
      '/courses/khong-co/lessons/x',
      `/courses/${course.slug}/lessons/khong-co`,
      '/courses/%00/study',
      `/courses/${course.slug}/lessons/%00`,
    ]) {
      expect((await agent.get(url)).status).toBe(404);
    }
    const visitor = await supertest(t.app.getHttpServer()).get(lesson(0));
    expect([visitor.status, visitor.headers.location]).toEqual([303, `/sign-in?to=${encodeURIComponent(lesson(0))}`]);
  });
});

describe('versions', () => {
  test('a newer version changes nothing for who has begun; who begins now gets it', async () => {
    const old = await fixtureCourse(t.database, { code: 'V1' });
    const agent = await someone();
    await post(agent, `/courses/${old.slug}/open`);
    await fixtureCourse(t.database, { code: 'V1', lessons: 3 });
    expect((await agent.get(lesson(0, old))).text).toContain('phiên bản 1.');
    expect((await agent.get(lesson(0, old))).text).toContain('Bài 1 trên 2');
    expect((await (await someone()).get(lesson(0, old))).text).toContain('Bài 1 trên 3');
  });

  test('by the API too: a lesson of another version is refused and one’s own is named', async () => {
    const old = await fixtureCourse(t.database, { code: 'V2' });
    const who = await callAs(t, await account());
    await who.post(`/api/v1/lessons/${old.lessons[0]?.id}/visits`);
    const newer = await fixtureCourse(t.database, { code: 'V2' });
    const answer = await who.post(`/api/v1/lessons/${newer.lessons[1]?.id}/visits`);
    expect(answer.status).toBe(409);
    expect(answer.body).toMatchObject({
      code: 'lesson-of-another-version',
      params: { lesson: old.lessons[1]?.id, version: 1 },
    });
  });
});

describe('languages', () => {
  test('a lesson without English is shown in Vietnamese, and said so', async () => {
    const agent = await someone();
    await agent.get('/language/en');
    const page = await agent.get(lesson(0));
    expect(page.text).toContain('This lesson has no English version yet');
    expect(page.text).toMatch(/<article class="prose" data-lesson="[^"]+" lang="vi">/);
    expect(page.text).toContain('Trial lesson 1');
  });

  test('a lesson in both languages is in the reader’s', async () => {
    const both = await fixtureCourse(t.database, { code: 'V3', english: true });
    const agent = await someone();
    expect((await agent.get(lesson(0, both))).text).toContain('Nội dung bài 1');
    await agent.get('/language/en');
    const page = await agent.get(lesson(0, both));
    expect(page.text).toContain('Text of lesson 1.');
    expect(page.text).not.toMatch(/<article[^>]*lang="vi"/);
  });
});

describe('the API', () => {
  test('keeps a visit once each, opens the run, and says what is next', async () => {
    const who = await callAs(t, await account());
    const url = `/api/v1/lessons/${course.lessons[0]?.id}/visits`;
    const opened = await who.post(url);
    expect(opened.status).toBe(201);
    expect(opened.body).toEqual({
      lesson: course.lessons[0], kind: 'opened', at: '2026-11-20T07:00:00.000Z',
      next: { what: 'lesson', href: lesson(0), lessonId: course.lessons[0]?.id },
    });
    const finished = await who.post(url, { kind: 'finished' });
    expect([finished.status, (finished.body as { next: { lessonId: number } }).next.lessonId]).toEqual([
      201,
      course.lessons[1]?.id,
    ]);
    t.clock.advance({ seconds: 30 });
    const again = await who.post(url, { kind: 'finished' });
    t.clock.advance({ seconds: -30 });
    expect([again.status, again.body as unknown]).toEqual([200, finished.body]);
    expect(facts).toHaveLength(1);
  });

  test('a lesson that is finished without having been opened was opened', async () => {
    const who = await callAs(t, await account());
    await who.post(`/api/v1/lessons/${course.lessons[1]?.id}/visits`, { kind: 'finished' });
    const kinds = await t.database.reader.query<{ kind: string }[]>(
      'SELECT kind FROM lesson_visit WHERE lesson_id = $1 ORDER BY id DESC LIMIT 2', [course.lessons[1]?.id]);
    expect(kinds.map(({ kind }) => kind).sort()).toEqual(['finished', 'opened']);
  });

  test('refuses what it does not know', async () => {
    const who = await callAs(t, await account());
    const url = `/api/v1/lessons/${course.lessons[0]?.id}/visits`;
    const bad = await who.post(url, { kind: 'gone' });
    expect([bad.status, (bad.body as { errors: { field: string }[] }).errors[0]?.field]).toEqual([422, 'kind']);
    for (const id of ['999999', '99999999999', 'abc', '0']) {
      expect((await who.post(`/api/v1/lessons/${id}/visits`)).status).toBe(404);
      expect((await who.get(`/api/v1/lessons/${id}`)).status).toBe(404);
    }
  });

  test('gives a lesson with its self-checks', async () => {
    const who = await callAs(t, await account());
    const answer = await who.get(`/api/v1/lessons/${course.lessons[0]?.id}`);
    expect(answer.body).toMatchObject({
      code: 'T1.1', position: 1, course: { code: 'T1', slug: course.slug, version: 1 },
      contents: { vi: { checks: [{ question: 'Bản tin nào phát trước?' }] } },
    });
    expect(answer.text).not.toContain('markdown');
  });
});

test('a lesson page with all that it loads stays under 300 kB compressed', async () => {
  const agent = await someone();
  const page = await agent.get(lesson(0));
  const assets = new Set([...page.text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"/g)].map(([, url]) => url as string));
  let size = brotliCompressSync(page.text).length;
  for (const url of assets) {
    const asset = await agent.get(url).set('accept-encoding', 'identity').buffer(true).parse((response, done) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => done(null, Buffer.concat(parts)));
    });
    expect(asset.status).toBe(200);
    const body = asset.body as Buffer;
    size += url.endsWith('.woff2') ? body.length : brotliCompressSync(body).length;
  }
  expect(assets.size).toBeGreaterThan(3);
  expect(size).toBeLessThan(300_000);
});
