import supertest from 'supertest';
import { goodCourse, removeCourses, SLUG, writeCourses } from '../content/small-course.js';
import { signInApi, signInPages } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { Courses, type CourseVersion } from '../../src/courses/index.js';
import { publishContent } from '../../src/operator/publish-content.js';

let test: TestApp;
let course: CourseVersion;
let token: string;
let author: string;

beforeAll(async () => {
  test = await createTestApp();
  const { nation, commune } = await test.world.country();
  await test.world.account('hocvien', commune);
  await test.world.account('giangvien', nation, { roles: [{ role: 'author', agency: nation }] });
  await publishContent(test.app, await writeCourses(goodCourse()));
  course = await test.app.get(Courses).bySlug(test.database.reader, SLUG) as CourseVersion;
  token = await signInApi(test.app, 'hocvien');
  author = await signInApi(test.app, 'giangvien');
});
afterAll(async () => {
  await test.close();
  await removeCourses();
});

const api = (path: string, bearer = token) => supertest(test.app.getHttpServer()).get(path).set('authorization', `Bearer ${bearer}`);

describe('the courses of the API', () => {
  it('are listed in pages', async () => {
    const answer = await api('/api/v1/courses?limit=1');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      items: [{
        code: 'E9', slug: SLUG, version: 1, title: { vi: 'Khóa mẫu', en: 'Sample course' },
        summary: { vi: 'Khóa học dùng khi kiểm thử.', en: 'A course for tests.' }, periods: 6, validityMonths: 36,
        proves: [{ criterion: 'K1', periods: 4 }, { criterion: 'K2', periods: 2 }],
      }],
      next: null,
    });
    expect((await api('/api/v1/courses?cursor=E9')).body).toEqual({ items: [], next: null });
  });

  it('are described without anything of the key', async () => {
    const answer = await api(`/api/v1/courses/${SLUG}`);
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      code: 'E9', quiz: { id: SLUG, questions: 10, minutes: 20, pass: 70, attempts: 3 },
      lessons: [{ id: course.lessons[0]?.id, code: 'E9.1', title: { vi: 'Bài một', en: 'Lesson one' }, languages: ['vi'] }, { code: 'E9.2' }],
      assignment: { words: { min: 150, max: 1200 } },
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/correct|answer|feedback|modelAnswer|markerGuide|Cách a/);
  });

  it('answer a wrong query field by field', async () => {
    const answer = await api('/api/v1/courses?limit=0');
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({ code: 'form-invalid', errors: [{ field: 'limit' }] });
  });

  it('answer 404 for what is not there, in the language asked for', async () => {
    const answer = await api('/api/v1/courses/khong-co').set('accept-language', 'en');
    expect(answer.status).toBe(404);
    expect(answer.body).toMatchObject({ code: 'course-not-found', title: 'There is no such course, or it is not published yet.' });
  });

  it('are for signed-in people', async () => {
    for (const path of ['/api/v1/courses', `/api/v1/courses/${SLUG}`, '/api/v1/programmes', '/api/v1/programmes/e-mau']) {
      expect((await supertest(test.app.getHttpServer()).get(path)).status).toBe(401);
    }
  });
});

describe('the programmes of the API', () => {
  it('say which courses they are made of and whether a class can be opened', async () => {
    const answer = await api('/api/v1/programmes');
    expect(answer.body).toMatchObject({
      items: [{ code: 'E', slug: 'e-mau', assignable: true, criteria: ['K1', 'K2'], courses: [
        { code: 'E9', slug: SLUG, title: { vi: 'Khóa mẫu' }, periods: 6, requirement: 'required' },
        { code: 'E8', slug: null, title: { vi: 'Khóa sau' }, periods: 6, requirement: 'preparation' },
      ] }],
      next: null,
    });
    expect((await api('/api/v1/programmes/e-mau')).body).toEqual((answer.body as { items: unknown[] }).items[0]);
    expect((await api('/api/v1/programmes/khong-co')).body).toMatchObject({ code: 'programme-not-found', status: 404 });
  });
});

describe('pictures of a course', () => {
  it('are served by version, for good, and can do nothing by themselves', async () => {
    const answer = await api(`/courses/media/${course.id}/so-do.svg`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('image/svg+xml');
    expect(answer.headers['cache-control']).toContain('immutable');
    expect(answer.headers['x-content-type-options']).toBe('nosniff');
    expect(answer.headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    expect(String(answer.body)).toContain('<title>Sơ đồ</title>');
  });

  it.each(['999999/so-do.svg', '99999999999/so-do.svg', 'x/so-do.svg', '1/khac.svg', '1/..%2Fcourse.yaml'])('answer 404 for %s', async (path) => {
    expect((await api(`/courses/media/${path}`)).status).toBe(404);
  });

  it('are for signed-in people', async () => {
    const answer = await supertest(test.app.getHttpServer()).get(`/courses/media/${course.id}/so-do.svg`);
    expect(answer.status).toBe(303);
  });
});

describe('the pages', () => {
  it('describe a course in both languages and lead into it', async () => {
    const agent = await signInPages(test.app, 'hocvien');
    const page = await agent.get(`/courses/${SLUG}`);
    expect(page.status).toBe(200);
    for (const words of ['Khóa mẫu', '6 tiết', '4 tiết kỹ năng truyền thông số (K1)', 'Làm việc một', 'Bài hai', 'Học xong 2 bài.',
      '10 câu trong 20 phút, từ 70 trên 100 điểm', 'Có 3 lượt làm bài.', 'Sau lượt 2 chờ 24 giờ', 'Ứng dụng trí tuệ nhân tạo']) {
      expect(page.text).toContain(words);
    }
    expect(page.text).toMatch(new RegExp(`<form method="post" action="/courses/${SLUG}/open"><input type="hidden" name="_csrf"`));
    expect(page.text).not.toContain('preview');
    const english = await agent.get(`/courses/${SLUG}`).set('cookie', 'lt_lang=en');
    expect(english.text).toContain('Sample course');
    expect(english.text).toContain('4 periods of digital communication skills (K1)');
    expect((await agent.get('/courses/khong-co')).status).toBe(404);
  });

  it('describe the programmes', async () => {
    const agent = await signInPages(test.app, 'hocvien');
    const list = await agent.get('/programmes');
    expect(list.status).toBe(200);
    expect(list.text).toContain('href="/programmes/e-mau"');
    expect(list.text).toContain('1 trên 2 khóa đã học được');
    const one = await agent.get('/programmes/e-mau');
    expect(one.text).toContain(`<a href="/courses/${SLUG}"`);
    expect(one.text).toContain('Khóa sau');
    expect(one.text).toContain('Đang chuẩn bị');
    expect((await agent.get('/programmes/khong-co')).status).toBe(404);
  });

  it('ask strangers to sign in first', async () => {
    for (const path of ['/programmes', '/programmes/e-mau', `/courses/${SLUG}`, `/courses/${SLUG}/preview`]) {
      const answer = await supertest(test.app.getHttpServer()).get(path);
      expect(answer.status).toBe(303);
      expect(answer.headers.location).toBe(`/sign-in?to=${encodeURIComponent(path)}`);
    }
  });
});

describe('the preview', () => {
  it('shows the whole bank with its keys to authors', async () => {
    const page = await api(`/courses/${SLUG}/preview`, author);
    expect(page.status).toBe(200);
    for (let number = 1; number <= 20; number += 1) expect(page.text).toContain(`id="e9-${String(number).padStart(3, '0')}"`);
    expect(page.text).toContain('Bài làm mẫu');
    const lesson = await api(`/courses/${SLUG}/preview/lessons/E9.1`, author);
    expect(lesson.text).toContain('Phương án đúng 1');
    expect(lesson.text).toContain('16/06/2025');
    expect((await api(`/courses/${SLUG}/preview/lessons/E9.9`, author)).status).toBe(404);
    expect((await api('/courses/khong-co/preview', author)).status).toBe(404);
  });

  it('is closed to learners', async () => {
    for (const path of ['preview', 'preview/lessons/E9.1']) {
      const page = await api(`/courses/${SLUG}/${path}`);
      expect(page.status).toBe(403);
      expect(page.text).not.toContain('Phương án đúng');
    }
  });
});
