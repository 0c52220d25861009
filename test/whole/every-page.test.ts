import type { Browser, Page } from 'playwright-core';
import { listRoutes, type Route } from '../../src/platform/access/routes.js';
import { PERMISSIONS, type Permission } from '../../src/rules/scope.js';
import { axeFindings, sidewaysOverflow } from '../support/axe.js';
import { openBrowser, visit } from '../support/browser.js';
import { isApi, pathOf, send, type Call } from './access-call.js';
import { CASES, type Try } from './access-cases.js';
import { CALLERS, Ground, holdsPermission, type Caller } from './access-ground.js';

/** Whoever reaches furthest first: their pages have most on them. */
const ORDER = ['national', 'administrator', 'coordinator', 'assessor', 'author', 'learner', 'nobody'];

/**
 * Every page that the application has, in a real browser: nothing for axe to find, nothing that scrolls sideways, on a
 * phone in Vietnamese and on a wide dark screen in English. And once more as it answers when its first form is sent
 * with nothing filled in: what a person sees on a bad day. The pages are asked of the application itself.
 */
describe('every page', () => {
  let ground: Ground;
  let browser: Browser;
  let base: string;
  let callers: Map<string, Caller>;
  let routes: Route[];

  beforeAll(async () => {
    ground = await Ground.make();
    base = await ground.test.listen();
    browser = await openBrowser();
    callers = new Map();
    for (const who of CALLERS) if (ORDER.includes(who.name)) callers.set(who.name, await ground.caller(who));
    routes = listRoutes(ground.test.app).filter((route) => route.method === 'GET' && !isApi(route.path));
  });
  afterAll(async () => {
    await browser?.close();
    await ground?.test.close();
  });

  /** The first who may use a route; of what anyone may read, the page that a stranger sees. */
  function whoever({ allowed }: Route): Caller {
    const may = (name: string) => {
      const caller = callers.get(name) as Caller;
      return (PERMISSIONS as readonly string[]).includes(allowed ?? '') ? holdsPermission(caller, allowed as Permission) : true;
    };
    const name = allowed === 'anyone' ? 'nobody' : allowed === 'signed-in' ? 'learner' : ORDER.find(may);
    return callers.get(name ?? 'nobody') as Caller;
  }

  async function callOf(attempt: Try, caller: Caller): Promise<Call> {
    return attempt.kind === 'open' ? attempt.call(ground, caller) : attempt.call(ground, 'commune', caller);
  }

  async function openAs(caller: Caller, way: { lang: 'vi' | 'en'; width: number; dark: boolean }): Promise<Page> {
    const { context, page } = await visit(browser, base, way);
    if (caller.token) await context.addCookies([{ name: 'lt_access', value: caller.token, url: base }]);
    return page;
  }

  async function faultsOf(page: Page): Promise<string[]> {
    const overflow = await sidewaysOverflow(page);
    return [
      ...(overflow > 0 ? [`${new URL(page.url()).pathname} scrolls sideways by ${overflow} pixels`] : []),
      ...await axeFindings(page),
    ];
  }

  /** Sends the first form of the page's own with nothing in it, as a browser would that checks nothing. */
  async function sendEmpty(page: Page): Promise<boolean> {
    const form = page.locator('main form[method=post]').first();
    if (await form.count() === 0) return false;
    await Promise.all([page.waitForEvent('load'), form.evaluate((element) => {
      const sent = element as HTMLFormElement;
      for (const field of sent.querySelectorAll('input, textarea')) {
        if (field instanceof HTMLInputElement && ['hidden', 'submit'].includes(field.type)) continue;
        if (field instanceof HTMLInputElement && ['checkbox', 'radio'].includes(field.type)) field.checked = false;
        else if (!(field instanceof HTMLInputElement && field.type === 'file')) (field as HTMLInputElement).value = '';
      }
      sent.submit();
    })]);
    return true;
  }

  async function walk(way: { lang: 'vi' | 'en'; width: number; dark: boolean }, sending: boolean): Promise<{ seen: string[]; faults: string[] }> {
    const pages = new Map<Caller, Page>();
    const [seen, faults]: [string[], string[]] = [[], []];
    for (const route of routes) {
      const attempt = [CASES[`GET ${route.path}`] ?? []].flat()[0];
      if (!attempt) continue;
      const caller = 'by' in attempt && attempt.by ? callers.get('national') as Caller : whoever(route);
      const call = await callOf(attempt, caller);
      const answer = await send(ground, route, caller, call, { lang: way.lang });
      if (!answer.type.startsWith('text/html') || answer.status >= 500) continue;
      const page = pages.get(caller) ?? await openAs(caller, way);
      pages.set(caller, page);
      await page.goto(pathOf(route.path, call));
      seen.push(route.path);
      faults.push(...(await faultsOf(page)).map((fault) => `${route.path}: ${fault}`));
      if (sending && await sendEmpty(page)) {
        faults.push(...(await faultsOf(page)).map((fault) => `${route.path}, sent empty: ${fault}`));
      }
    }
    for (const page of pages.values()) await page.context().close();
    return { seen, faults };
  }

  test('on a phone, in Vietnamese, as it is and after its form was sent empty', async () => {
    const { seen, faults } = await walk({ lang: 'vi', width: 360, dark: false }, true);
    expect(faults).toEqual([]);
    expect(seen.length).toBeGreaterThan(50);
  }, 300_000);

  test('on a wide dark screen, in English', async () => {
    const { faults } = await walk({ lang: 'en', width: 1440, dark: true }, false);
    expect(faults).toEqual([]);
  }, 300_000);

  test('at 320 pixels, where nothing may be cut off', async () => {
    const wide: string[] = [];
    for (const [name, paths] of Object.entries({
      nobody: ['/', '/sign-in', '/help', '/verify'],
      assessor: ['/marking'],
      national: ['/learning', '/coverage', '/roster', '/cohorts', '/agencies', '/programmes', '/khong-co-trang-nay'],
    })) {
      const page = await openAs(callers.get(name) as Caller, { lang: 'vi', width: 320, dark: false });
      for (const path of paths) {
        await page.goto(path);
        if (await sidewaysOverflow(page) > 0) wide.push(path);
      }
      await page.context().close();
    }
    expect(wide).toEqual([]);
  }, 120_000);
});
