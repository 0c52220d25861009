import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { courseFolders } from '../../src/courses/files/read-course.js';
import { Courses, coursesFolder, type CourseVersion } from '../../src/courses/index.js';
import { publishContent } from '../../src/operator/publish-content.js';
import { silentMp3 } from '../../src/trial/work-files.js';
import { container, docx, jpg, odt, pdf, png, xlsx } from '../assignments/files.js';
import { answerAllRight } from '../support/answer-quiz.js';
import { axeFindings, sidewaysOverflow } from '../support/axe.js';
import { openBrowser, signIn, visit } from '../support/browser.js';
import { signInApi } from '../support/sign-in.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { transferred } from '../support/weight.js';

/** What a lesson may weigh with everything it shows, fonts included, as sent (a commune's line: 1 Mbit/s). */
const LESSON_WEIGHT = 300_000;
const FIRST_SCREEN_WEIGHT = 150_000;

/** A file of each kind that a task may ask for. */
const FILES: Record<string, () => Buffer> = {
  pdf, docx, odt, xlsx, jpg, png, mp3: () => silentMp3(2), m4a: () => container('M4A '), mp4: () => container('isom'),
};

const slugs = await courseFolders(coursesFolder());

/**
 * Every course of the repository as a learner takes it, on a phone: each lesson opened and finished, the quiz answered
 * question by question, the practical task handed in and marked, the certificate there. Whatever an author writes next
 * is taken too.
 */
describe('every course, from its first lesson to its certificate', () => {
  let test_: TestApp;
  let browser: Browser;
  let base: string;
  let folder: string;
  let assessor: string;

  beforeAll(async () => {
    test_ = await createTestApp();
    const content = await publishContent(test_.app);
    if (content.findings.some((finding) => finding.severity === 'error')) throw new Error('The courses have errors: lms courses check.');
    const country = await test_.world.country();
    await test_.world.account('hoc-vien', country.commune);
    await test_.world.account('nguoi-cham', country.unit, { roles: [{ role: 'assessor', agency: country.nation }] });
    base = await test_.listen();
    browser = await openBrowser();
    folder = await mkdtemp(join(tmpdir(), 'lan-toa-course-'));
  }, 120_000);
  beforeEach(async () => {
    assessor = await signInApi(test_.app, 'nguoi-cham');
  });
  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
    await test_?.close();
  });

  test('the first screens weigh little', async () => {
    const { context, page } = await visit(browser, base, { width: 360 });
    expect(await transferred(page, '/')).toBeLessThanOrEqual(FIRST_SCREEN_WEIGHT);
    expect(await transferred(page, '/sign-in')).toBeLessThanOrEqual(FIRST_SCREEN_WEIGHT);
    await signIn(page, 'hoc-vien');
    expect(await transferred(page, '/learning')).toBeLessThanOrEqual(FIRST_SCREEN_WEIGHT);
    await context.close();
  });

  test.each(slugs)('%s', async (slug) => {
    const course = await test_.app.get(Courses).bySlug(test_.database.reader, slug) as CourseVersion;
    const { context, page } = await visit(browser, base, { width: 360 });
    await signIn(page, 'hoc-vien');
    await page.goto(`/courses/${slug}`);
    expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
    await Promise.all([page.waitForURL(/\/lessons\//), page.click('main form button.btn')]);

    for (const lesson of course.lessons) {
      expect(new URL(page.url()).pathname).toBe(`/courses/${slug}/lessons/${lesson.slug}`);
      const weight = await transferred(page, page.url());
      expect([lesson.code, weight <= LESSON_WEIGHT ? 'light' : `${weight} bytes`]).toEqual([lesson.code, 'light']);
      expect([lesson.code, await sidewaysOverflow(page)]).toEqual([lesson.code, 0]);
      // Every lesson has the colours of the first.
      expect(await axeFindings(page, lesson.position > 1 ? ['color-contrast'] : [])).toEqual([]);
      const before = page.url();
      await Promise.all([page.waitForURL((url) => url.href !== before), page.click('.onward form button.btn')]);
    }

    if (course.completion.quiz) {
      await Promise.all([page.waitForURL(/\/attempts\/\d+/), page.click('main form button.btn')]);
      await answerAllRight(page, test_);
      const review = page.url();
      await Promise.all([page.waitForURL((url) => url.href !== review), page.click('main form button.btn')]);
      expect(await page.textContent('main')).toContain('100/100');
    }
    if (course.completion.assignment && course.assignment) {
      await handIn(page, course);
      await markLast();
    }

    await page.goto('/certificates');
    expect(await page.locator('.paper-card', { hasText: course.title.vi }).count()).toBe(1);
    await context.close();
  }, 180_000);

  async function handIn(page: Page, { slug, assignment }: CourseVersion): Promise<void> {
    if (!assignment) return;
    await page.goto(`/courses/${slug}/assignment`);
    expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
    await page.fill('textarea[name=text]', 'bài '.repeat(Math.max(20, assignment.words.min + 5)));
    if (assignment.file.required) {
      const [kind = ''] = assignment.file.types;
      const path = join(folder, `bai-lam.${kind}`);
      await writeFile(path, FILES[kind]?.() ?? '');
      await page.setInputFiles('input[name=file]', path);
    }
    await page.click('form[data-work] .actions button.btn:not(.second)');
    await page.waitForSelector('form[data-work]', { state: 'detached' });
  }

  async function markLast(): Promise<void> {
    const headers = { authorization: `Bearer ${assessor}`, 'content-type': 'application/json' };
    const { items } = await (await fetch(`${base}/api/v1/marking`, { headers })).json() as { items: { id: number }[] };
    const levels = { accuracy: 4, audience: 3, clarity: 3, legality: 4, measurement: 3 };
    const marked = await fetch(`${base}/api/v1/marking/${items.at(-1)?.id}`, {
      method: 'POST', headers, body: JSON.stringify({ levels, remark: 'Bài rõ ràng, đúng việc, có cách đo.' }),
    });
    expect(marked.status).toBeLessThan(300);
  }
});
