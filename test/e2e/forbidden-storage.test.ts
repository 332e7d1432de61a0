// A browser that keeps nothing for a page shows every page all the same, or says what it cannot do and what to do about it.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openAlarmHall, type AlarmHall } from '../server/alarms/hall.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { describeBrowser, openBrowser } from './browser.ts';
import { findDemo } from './demo.ts';
import { findRoot } from './product.ts';
import { giveNameAndPassword, openAs, PASSWORD, takePicture } from './staff-pages.ts';

const LONG_MS = 60_000;
const dist = join(findRoot(), 'dist');
const { build } = JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8')) as { build: string };
const viewport = { width: 1920, height: 1080 };

let browser: Browser;
let url: string;
let closed: AlarmHall;
let staffed: StaffedHall;
beforeAll(async () => {
  [browser, url, closed, staffed] = await Promise.all([
    openBrowser(),
    findDemo(),
    openAlarmHall({ pages: { folder: join(dist, 'client'), build }, openReading: false }),
    openStaffedHall({ server: { build } }),
  ]);
});
afterAll(async () => {
  await browser.close();
  await closed.close();
  await staffed.close();
});

/** As Chromium answers a document that may keep nothing; some browsers answer so to all of these. */
function forbidAll(): void {
  const get = () => {
    throw new DOMException('Access is denied for this document.', 'SecurityError');
  };
  for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
    Object.defineProperty(window, name, { get });
  Object.defineProperty(navigator, 'serviceWorker', { get });
  Object.defineProperty(window, 'BroadcastChannel', { value: get });
}

function listErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  return errors;
}

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: LONG_MS });

describe('every store throws', () => {
  test.each(['/', '/public', '/wall/self-test'])('%s', async (path) => {
    const page = await browser.newPage({ viewport });
    const errors = listErrors(page);
    await page.addInitScript(forbidAll);
    await page.goto(url + path);
    await page.locator('main').waitFor();
    const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
    expect(await theme()).toBe('deep');
    await page.keyboard.press('t');
    await expect.poll(theme).toBe('light');
    expect(errors).toEqual([]);
    await page.close();
  });

  test.each([
    ['/brief', '今日受理'],
    ['/sign-in', '密码'],
    ['/take', '本机尚未授权'],
    ['/rate/W03', '本平板尚未授权'],
    ['/say', /./],
  ])('%s', async (path, text) => {
    const page = await browser.newPage({ viewport, locale: 'zh-CN' });
    const errors = listErrors(page);
    await page.addInitScript(forbidAll);
    await page.goto(url + path);
    await says(page, text);
    expect(errors).toEqual([]);
    await page.close();
  });

  test('the desk', async () => {
    const page = await openAs(browser, staffed, 'clerk', '/trust');
    const errors = listErrors(page);
    await page.addInitScript(forbidAll);
    await page.goto(`${staffed.url}/desk`);
    await says(page, '示例clerk');
    await page.locator('main').waitFor({ timeout: LONG_MS });
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe('a browser that is told to keep no cookies', () => {
  let context: BrowserContext;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hallpulse-no-cookies-'));
    mkdirSync(join(folder, 'Default'));
    // The browser's own setting, 2: blocked. With it goes everything else that a page could keep.
    const preferences = { profile: { default_content_setting_values: { cookies: 2 } } };
    writeFileSync(join(folder, 'Default/Preferences'), JSON.stringify(preferences));
    context = await chromium.launchPersistentContext(folder, { ...describeBrowser(), viewport, locale: 'zh-CN' });
    const page = await context.newPage();
    await page.goto(`${url}/api`);
    await expect(page.evaluate(() => localStorage.length)).rejects.toThrow('SecurityError');
    await page.close();
  });
  afterAll(async () => {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function open(address: string): Promise<{ page: Page; errors: string[] }> {
    const page = await context.newPage();
    const errors = listErrors(page);
    await page.goto(address);
    return { page, errors };
  }

  test.each(['/', '/public'])('shows %s where reading is open', async (path) => {
    const { page, errors } = await open(url + path);
    await page.locator('main.picture').waitFor({ timeout: LONG_MS });
    expect(errors).toEqual([]);
    await page.close();
  });

  test('shows the brief where reading is open', async () => {
    const { page, errors } = await open(`${url}/brief`);
    await says(page, '今日受理');
    expect(errors).toEqual([]);
    await page.close();
  });

  test.each([
    ['/', 'management', /这个浏览器不保存 Cookie，授权留不住/],
    ['/public', 'public', /这个浏览器不保存 Cookie，授权留不住/],
    ['/take', { take: 'hall' }, /请在浏览器设置里允许本站使用 Cookie/],
    ['/rate/W03', { rate: 'W03' }, /请在浏览器设置里允许本站使用 Cookie/],
    ['/say', { say: 'hall' }, /请在浏览器设置里允许本站使用 Cookie/],
  ] as const)('says at %s why a token does not stay', async (path, audience, text) => {
    const access = closed.access();
    const { secret } = access.displayTokens.add({ hall: 'meilin', audience, label: 'here' });
    access.close();
    const { page, errors } = await open(`${closed.url}${path}?token=${secret}`);
    await says(page, text);
    await takePicture(page, `no cookies ${path.replaceAll('/', ' ')}`);
    expect(errors).toEqual([]);
    await page.close();
  });

  test.each(['/desk', '/brief'])('says at %s why nobody stays signed in', async (path) => {
    const { page, errors } = await open(staffed.url + path);
    if (path === '/brief') await page.getByRole('link', { name: '登录' }).click();
    await says(page, /这个浏览器不保存 Cookie，登录留不住/);
    await takePicture(page, `no cookies sign-in from ${path.slice(1)}`);
    await giveNameAndPassword(page, 'manager', PASSWORD);
    // Back at the page's own door, or at that of signing in: a sentence either way.
    await says(page, path === '/brief' ? '登录后才能看简报。' : /这个浏览器不保存 Cookie，登录留不住/);
    expect(errors).toEqual([]);
    await page.close();
  });
});
