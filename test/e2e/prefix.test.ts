// The product behind a prefix of a host that has other programs too: by a proxy that keeps the prefix, and by one that takes it away.
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PAGES } from '../../domain/wire/pages.ts';
import { KEY, openStaffedHall, PASSWORD, type StaffedHall } from '../server/staffed-hall.ts';
import { describeBrowser, waitForWindowCases } from './browser.ts';
import { createHand } from './desk-hand.ts';
import { openGateway, type Gateway } from './gateway.ts';
import { acceptance, postEvents } from './hall-client.ts';
import { DESK_SIZE, giveNameAndPassword, PHONE_SIZE } from './staff-pages.ts';

/** A Tuesday at ten. */
const NOW = Date.parse('2019-11-26T10:00:00+08:00');
const PATH = '/hall';

let browser: Browser;
let hall: StaffedHall;
beforeAll(async () => {
  browser = await chromium.launch(describeBrowser());
  hall = await openStaffedHall({
    clock: { now: () => NOW, untilMs: (at) => at - NOW },
    server: { basePath: PATH, openReading: true, ingestKey: KEY },
  });
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

describe.each([
  ['keeps', true],
  ['takes away', false],
])('O4: behind a proxy that %s the prefix', (_what, isKept) => {
  let gateway: Gateway;
  let home: string;
  let context: BrowserContext;
  beforeEach(async () => {
    gateway = await openGateway(() => Number(new URL(hall.url).port), { path: PATH, isKept });
    home = gateway.url + PATH;
    context = await browser.newContext({ viewport: DESK_SIZE, locale: 'zh-CN' });
  });
  afterEach(async () => {
    await context.close();
    await gateway.close();
  });

  /** A page whose every request must be behind the prefix; what it says of itself as broken is heard. */
  async function open(path: string): Promise<{ page: Page; said: string[] }> {
    const page = await context.newPage();
    const said: string[] = [];
    page.on('pageerror', ({ message }) => said.push(message));
    page.on('response', (response) => {
      if (response.status() === 404 || response.status() >= 500) said.push(`${response.status()} ${response.url()}`);
    });
    await page.goto(home + path);
    return { page, said };
  }

  async function signInAs(who: 'leader' | 'manager' | 'administrator'): Promise<void> {
    const { cookie } = await hall.signIn(who);
    const [name = '', value = ''] = cookie.split('=');
    await context.addCookies([{ name, value, domain: '127.0.0.1', path: PATH, httpOnly: true, sameSite: 'Strict' }]);
  }

  test('a wall and a public screen come, live and whole', async () => {
    // A hall that nothing happened in has no chart yet.
    await postEvents(hall.url, acceptance(`first ${isKept}`, {}, NOW - 120_000), { key: KEY });
    const { page, said } = await open('/');
    await page.locator('main.wall').waitFor();
    await page.locator('canvas').waitFor();
    const before = Number(await page.locator('section.window .figure .figure').innerText());
    const posted = await postEvents(hall.url, acceptance(`prefix ${isKept}`, {}, NOW - 60_000), { key: KEY });
    expect(posted.body).toMatchObject({ accepted: 1 });
    await waitForWindowCases(page, String(before + 1), 60_000);
    // Pushed, not asked for.
    expect(await page.locator('main.wall > header').innerText()).not.toContain('轮询');
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    expect(await page.evaluate(() => document.fonts.check('600 16px "Wall Figures"', '0'))).toBe(true);
    const shown = await open('/public');
    await shown.page.locator('main.public').waitFor();
    await shown.page.waitForLoadState('networkidle');
    expect([...said, ...shown.said, ...gateway.strays]).toEqual([]);
  });

  test('every page of the product asks for nothing outside the prefix', async () => {
    await signInAs('administrator');
    for (const { path } of Object.values(PAGES)) {
      const { page } = await open(path.replace(/:\w+/, 'x'));
      await page.locator('#app > *').first().waitFor({ state: 'attached' });
      await page.waitForLoadState('networkidle');
      const links = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLAnchorElement>('a[href]')].map((one) => one.href),
      );
      for (const link of links) if (new URL(link).origin === gateway.url) expect(link).toContain(home);
      await page.close();
    }
    expect(gateway.strays).toEqual([]);
  });

  test('somebody signs in at the desk, is sent back there, and writes a case down', async () => {
    const { page, said } = await open('/sign-in?next=/desk');
    await giveNameAndPassword(page, 'clerk', PASSWORD);
    await page.waitForURL(`${home}/desk`);
    await page.getByText(/已连接/).waitFor();
    const cookies = await context.cookies(`${home}/desk`);
    expect(cookies.map(({ path }) => path)).toEqual([PATH]);
    // No other program of the host is sent the session.
    expect(await context.cookies(`${gateway.url}/other`)).toEqual([]);
    await page.getByRole('combobox').fill('少儿');
    await page.getByRole('button', { name: /受理并办结/ }).waitFor();
    await page.getByRole('combobox').press('Enter');
    await page.getByText(/已登记：/).waitFor();
    await page.getByText('待上传 0 条').waitFor({ timeout: 60_000 });
    await createHand(page).leave();
    await page.waitForURL(`${home}/sign-in**`);
    expect(said.filter((one) => !one.startsWith('401'))).toEqual([]);
    expect(gateway.strays).toEqual([]);
  });

  test('a page that asks to sign in comes back to where it was, once', async () => {
    const { page } = await open('/accounts');
    await page.waitForURL(`${home}/sign-in?next=%2Faccounts`);
    await giveNameAndPassword(page, 'administrator', PASSWORD);
    await page.waitForURL(`${home}/accounts`);
    expect(gateway.strays).toEqual([]);
  });

  test('a brief is read, installed under its own scope, and read without the server', async () => {
    await signInAs('leader');
    const { page, said } = await open('/brief');
    await page.setViewportSize(PHONE_SIZE);
    await page.locator('.sentence').waitFor();
    const manifest = await page.evaluate(async () => {
      const { href } = document.querySelector<HTMLLinkElement>('link[rel=manifest]')!;
      return (await (await fetch(href)).json()) as { start_url: string; scope: string; icons: { src: string }[] };
    });
    expect(manifest).toMatchObject({
      start_url: '/hall/brief',
      scope: '/hall/brief',
      icons: [{ src: '/hall/brief.svg' }],
    });
    await expect
      .poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.scope))
      .toBe(`${home}/brief`);
    const kept = () =>
      page.evaluate(async () => {
        const cache = await caches.open('hallpulse:/hall/brief');
        const urls = (await cache.keys()).map(({ url }) => url);
        const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
        return (
          urls.includes(`${location.origin}/hall/brief`) &&
          loaded.every((url) => !url.includes('/assets/') || urls.includes(url)) &&
          (await caches.has('hallpulse:/hall/brief answers'))
        );
      });
    await expect.poll(kept, { timeout: 20_000 }).toBe(true);
    const sentence = await page.locator('.sentence').innerText();
    expect([...said, ...gateway.strays]).toEqual([]);
    gateway.isOpen = false;
    await page.close();
    const again = await context.newPage();
    await again.goto(`${home}/brief`);
    expect(await again.locator('.sentence').innerText()).toBe(sentence);
  });

  test('addresses that are given away, and led to, lie behind the prefix', async () => {
    const { secret } = hall.access.displayTokens.add({ hall: 'meilin', audience: 'public', label: 'screen' });
    const { page } = await open(`/?token=${secret}&lang=en`);
    expect(page.url()).toBe(`${home}/public?lang=en`);
    expect((await context.cookies(home)).map(({ name, path }) => [name, path])).toEqual([
      ['hallpulse_display', PATH],
      ['renewed_hallpulse_display', PATH],
    ]);
    const administrator = await hall.signIn('administrator');
    const { body } = await administrator.ask('POST', '/api/accounts/clerk/code', {});
    expect((body as { address: string }).address).toMatch(/^http:\/\/[^/]+\/hall\/sign-in#./);
  });
});

test('O4: the same hall is found without the prefix, as senders and supervisors ask', async () => {
  for (const path of ['/healthz', '/hall/healthz', '/hall', '/hall?lang=en', '/hall/api/board?topic=overview'])
    expect([path, (await fetch(hall.url + path)).status]).toEqual([path, 200]);
  for (const path of ['/hallx', '/hall/hall/healthz', '/Hall/healthz', '/hall/assets/x.js', '/hall//healthz'])
    expect([path, (await fetch(hall.url + path)).status]).toEqual([path, 404]);
});
