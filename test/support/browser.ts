import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { PASSWORD } from './world.js';

/**
 * The headless Chromium that comes in an npm package, so that journeys run on a machine that has Node.js and nothing
 * else; where a system Chromium is wanted, CHROME_PATH. Unpacked once by the global set-up.
 */
export interface BrowserFiles {
  path: string;
  /** Where the libraries are that Chromium needs and this machine lacks; absent where it has them. */
  libraries?: string;
}

export async function unpackBrowser(): Promise<BrowserFiles> {
  if (process.env.CHROME_PATH) return { path: process.env.CHROME_PATH };
  const folder = join(tmpdir(), `lan-toa-browser-${userInfo().uid}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const kept = { ...process.env };
  try {
    // The package unpacks into the folder for temporary files, its libraries only where it believes to be on Amazon Linux.
    process.env.TMPDIR = folder;
    process.env.AWS_EXECUTION_ENV = 'AWS_Lambda_nodejs20.x';
    const { default: packaged } = await import('@sparticuz/chromium');
    const path = await packaged.executablePath();
    const libraries = join(folder, 'al2023', 'lib');
    const missing = execFileSync('ldd', [path], { encoding: 'utf8' }).includes('not found');
    return missing && existsSync(libraries) ? { path, libraries } : { path };
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in kept)) delete process.env[name];
    Object.assign(process.env, kept);
  }
}

export async function openBrowser(): Promise<Browser> {
  const files = JSON.parse(process.env.TEST_BROWSER ?? '{}') as Partial<BrowserFiles>;
  if (!files.path) throw new Error('The global set-up has not unpacked a browser.');
  return chromium.launch({
    executablePath: files.path,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    env: { ...process.env as Record<string, string>, ...(files.libraries ? { LD_LIBRARY_PATH: files.libraries } : {}) },
  });
}

export interface Visit { context: BrowserContext; page: Page }

/** A browser of somebody's own: nothing kept from before. A phone by default, as most learners use one. */
export async function visit(browser: Browser, baseURL: string, options: {
  lang?: 'vi' | 'en'; width?: number; javaScript?: boolean; dark?: boolean;
} = {}): Promise<Visit> {
  const { lang = 'vi', width = 360, javaScript = true, dark = false } = options;
  const context = await browser.newContext({
    baseURL, viewport: { width, height: width < 700 ? 780 : 900 }, javaScriptEnabled: javaScript, colorScheme: dark ? 'dark' : 'light',
    acceptDownloads: true, timezoneId: 'Asia/Ho_Chi_Minh', reducedMotion: 'reduce',
  });
  await context.addCookies([{ name: 'lt_lang', value: lang, url: baseURL }]);
  return { context, page: await context.newPage() };
}

export async function signIn(page: Page, username: string, password = PASSWORD): Promise<void> {
  await page.goto('/sign-in');
  await page.fill('input[name=username]', username);
  await page.fill('input[name=password]', password);
  await Promise.all([page.waitForURL((url) => url.pathname !== '/sign-in'), page.click('main form button.btn')]);
}
