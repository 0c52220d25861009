import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { prepareInstallation } from '../../src/operator/prepare-installation.js';
import { silentMp3 } from '../../src/trial/work-files.js';
import { answerAllRight } from '../support/answer-quiz.js';
import { axeFindings, sidewaysOverflow } from '../support/axe.js';
import { openBrowser, signIn, visit } from '../support/browser.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { PASSWORD } from '../support/world.js';

/**
 * The main job from end to end, on the trial country and the real courses: an official goes on with a course, passes its
 * quiz, hands in the practical task, an assessor marks it, the certificate can be verified by anyone, and the coverage
 * of her province rises by exactly her.
 */
describe.each([
  { lang: 'vi' as const, width: 360, javaScript: true },
  { lang: 'en' as const, width: 1440, javaScript: false },
])('the main job in $lang, $width pixels wide, JavaScript $javaScript', ({ lang, width, javaScript }) => {
  let test_: TestApp;
  let browser: Browser;
  let base: string;
  let folder: string;
  let number = '';
  let trainedBefore = { province: 0, commune: 0, nation: 0 };

  const look = async (page: Page) => {
    expect(await sidewaysOverflow(page)).toBeLessThanOrEqual(0);
    if (javaScript) expect(await axeFindings(page)).toEqual([]);
  };
  const open = async () => (await visit(browser, base, { lang, width, javaScript })).page;

  beforeAll(async () => {
    test_ = await createTestApp({ env: { TRIAL_DATA: 'on', TRIAL_PASSWORD: PASSWORD } });
    await prepareInstallation(test_.app, test_.config, () => undefined);
    base = await test_.listen();
    browser = await openBrowser();
    folder = await mkdtemp(join(tmpdir(), 'lan-toa-journey-'));
    await writeFile(join(folder, 'ban-tin.mp3'), silentMp3(2));
    trainedBefore = await trained(base);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
    await test_?.close();
  });

  /** What the national operator's API says, for the province, the commune and the whole country. */
  async function trained(address: string): Promise<typeof trainedBefore> {
    const login = await fetch(`${address}/api/v1/auth/login`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: 'quocgia', password: PASSWORD }),
    });
    const { accessToken } = await login.json() as { accessToken: string };
    const ask = async (query: string) => {
      const answer = await fetch(`${address}/api/v1/coverage?${query}`, { headers: { authorization: `Bearer ${accessToken}` } });
      return await answer.json() as { total: { trained: number }; rows: { agencyCode: string; trained: number }[] };
    };
    const provinces = await ask('level=province');
    const communes = await ask('level=commune&within=15');
    return {
      nation: provinces.total.trained,
      province: provinces.rows.find((row) => row.agencyCode === '15')?.trained ?? -1,
      commune: communes.rows.reduce((sum, row) => sum + row.trained, 0),
    };
  }

  test('the official signs in and sees what is next', async () => {
    const page = await open();
    await page.goto('/');
    await look(page);
    await signIn(page, 'hocvien');
    if (new URL(page.url()).pathname === '/notice') {
      await look(page);
      await Promise.all([page.waitForURL('**/learning'), page.click('main form button.btn')]);
    }
    await page.goto('/learning');
    await look(page);
    expect(await page.textContent('h1')).toContain('B2');
    // The action waits under the thumb and never lies on the words above it.
    const [words, action] = await Promise.all(['.card.next .muted >> nth=-1', '.card.next .actions'].map((part) => page.locator(part).boundingBox()));
    expect((words?.y ?? 0) + (words?.height ?? 0)).toBeLessThanOrEqual(action?.y ?? 0);
    await page.context().close();
  }, 60_000);

  test('she studies the remaining lessons and passes the quiz', async () => {
    const page = await open();
    await signIn(page, 'hocvien');
    await page.goto('/learning');
    await Promise.all([page.waitForURL(/\/lessons\//), page.click('section.next a.btn')]);
    for (let lessons = 0; page.url().includes('/lessons/') && lessons < 5; lessons += 1) {
      await look(page);
      expect(await page.locator('article.prose').count()).toBeGreaterThan(0);
      if (lang === 'en') expect(await page.locator('article.prose').first().getAttribute('lang')).toBe('vi');
      const before = page.url();
      await Promise.all([page.waitForURL((url) => url.href !== before), page.click('.onward form button.btn')]);
    }
    expect(new URL(page.url()).pathname).toMatch(/\/quiz$/);
    await look(page);
    await Promise.all([page.waitForURL(/\/attempts\/\d+/), page.click('main form button.btn')]);
    await look(page);
    await answerAllRight(page, test_);
    await look(page);
    const review = page.url();
    await Promise.all([page.waitForURL((url) => url.href !== review), page.click('main form button.btn')]);
    await look(page);
    expect(await page.textContent('main')).toContain('100/100');
    await page.context().close();
  }, 120_000);

  test('she hands in the practical task with a recording', async () => {
    const page = await open();
    await signIn(page, 'hocvien');
    await page.goto('/courses/b2-loa-thong-minh/assignment');
    await look(page);
    const sentence = 'Bản tin năm phút của xã, gồm lời chào, ba tin ngắn và một mục về Nghị quyết 57. ';
    // The task itself says how long the work must be; the course may change that without this journey knowing.
    const fewest = Number(await page.getAttribute('form[data-work]', 'data-min'));
    await page.fill('textarea[name=text]', sentence.repeat(Math.ceil(fewest / sentence.trim().split(' ').length)));
    await page.setInputFiles('input[name=file]', join(folder, 'ban-tin.mp3'));
    await Promise.all([page.waitForLoadState('load'), page.click('form[data-work] .actions button.btn:not(.second)')]);
    await page.waitForSelector('form[data-work]', { state: 'detached' });
    await look(page);
    await page.context().close();
  }, 60_000);

  test('an assessor of another agency marks it by the rubric', async () => {
    const page = await open();
    await signIn(page, 'giangvien');
    await page.goto('/marking');
    await look(page);
    const newest = page.locator('main a[href^="/marking/"]').last();
    await Promise.all([page.waitForURL(/\/marking\/\d+/), newest.click()]);
    await look(page);
    for (const group of await page.locator('.rubric fieldset').all()) await group.locator('input[value="3"]').check();
    await page.fill('textarea[name=remark]', 'Bài rõ ràng, đúng nguồn, hợp người nghe ở xã.');
    const form = page.url();
    await Promise.all([page.waitForURL((url) => url.href !== form), page.locator('form:has(.rubric) button.btn').last().click()]);
    await look(page);
    await page.context().close();
  }, 60_000);

  test('the certificate is there, can be downloaded, and anyone can verify it', async () => {
    const page = await open();
    await signIn(page, 'hocvien');
    await page.goto('/certificates');
    await look(page);
    const card = page.locator('.paper-card', { hasText: lang === 'vi' ? 'Loa thông minh' : 'loudspeakers' }).first();
    number = (await card.locator('.serial').textContent())?.trim() ?? '';
    expect(number).toMatch(/^LT-2026-\d{6}$/);
    const [download] = await Promise.all([page.waitForEvent('download'), card.locator('a[href$=".pdf"]').click()]);
    expect((await readFile(await download.path())).subarray(0, 5).toString()).toBe('%PDF-');
    const verify = await card.locator('a[href^="/verify/"]').getAttribute('href');
    await page.context().close();

    const anyone = await open();
    await anyone.goto(verify ?? '');
    await look(anyone);
    const text = await anyone.textContent('main');
    expect(text).toContain(number);
    expect(text).toContain('Lò Thị Mẫu');
    await anyone.context().close();
  }, 60_000);

  test('the coverage of her province has risen by exactly her', async () => {
    const after = await trained(base);
    expect(after).toEqual({
      nation: trainedBefore.nation + 1, province: trainedBefore.province + 1, commune: trainedBefore.commune + 1,
    });
    const page = await open();
    await signIn(page, 'dieuphoi.tinh');
    await page.goto('/coverage');
    await look(page);
    expect(await page.textContent('main')).toContain(String(after.province));
    await page.context().close();
  }, 60_000);
});
