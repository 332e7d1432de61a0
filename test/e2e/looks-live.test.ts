// What looks live on a wall is true: whatever fails behind it, on the way or in the page ends with a true picture or a sentence.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SuggestionEntry } from '../../domain/board/entries.ts';
import type { Json, Snapshot } from '../../domain/wire/protocol.ts';
import { buildSnapshot } from '../client/fixture-overview.ts';
import { startFixtureServer } from '../client/fixture-server.ts';
import { openAlarmHall, type AlarmHall, type AlarmHallOptions } from '../server/alarms/hall.ts';
import { openStaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser, openWall, waitForWindowCases } from './browser.ts';
import { findFaults } from './inspect-screen.ts';
import { findRoot } from './product.ts';
import { resize, writeFaults } from './screens.ts';
import { openAs, takePicture } from './staff-pages.ts';

const LONG_MS = 60_000;
const dist = join(findRoot(), 'dist');

let browser: Browser;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  for (const end of ends.splice(0).reverse()) await end();
});

const { build } = JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8')) as { build: string };
async function openHall(options: AlarmHallOptions = {}): Promise<AlarmHall> {
  const hall = await openAlarmHall({ pages: { folder: join(dist, 'client'), build }, ...options });
  ends.push(() => hall.close());
  return hall;
}

const says = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: LONG_MS });
const pulse = (page: Page, kind: string) => page.locator(`main.wall > header i.${kind}`).waitFor({ timeout: LONG_MS });
const band = (page: Page, text: string) =>
  page.locator('header.stopped .band').filter({ hasText: text }).waitFor({ timeout: LONG_MS });

let cases = 0;
const accept = (hall: AlarmHall) =>
  hall.tell('hall.case.accepted', {
    case: `c${cases++}`,
    station: 'hall',
    window: 'w03',
    channel: 'window',
    item: 'x1',
  });

describe('a delta that was lost, where nothing answers over HTTP', () => {
  async function openFiltered(hall: AlarmHall, keeps: { drops: number; answers: boolean }): Promise<Page> {
    return openWall(browser, `${hall.url}/?scene=overview`, async (one) => {
      await one.routeWebSocket(/\/socket\.io\//, (ws) => {
        const server = ws.connectToServer();
        ws.onMessage((message) => server.send(message));
        server.onMessage((message) => {
          const text = typeof message === 'string' ? message : '';
          if (keeps.drops > 0 && text.includes('"board:delta"')) keeps.drops--;
          // What a subscription is answered with.
          else if (keeps.answers || !/^43\/live,/.test(text)) ws.send(message);
        });
      });
      await one.route('**/api/board*', (route) => route.abort());
    });
  }

  test('is made good over the socket, by the next heartbeat', async () => {
    const hall = await openHall();
    const keeps = { drops: 0, answers: true };
    const page = await openFiltered(hall, keeps);
    await accept(hall);
    await waitForWindowCases(page, '1', LONG_MS);
    await pulse(page, 'live');
    keeps.drops = 1;
    await accept(hall);
    await waitForWindowCases(page, '2', LONG_MS);
    expect(keeps.drops).toBe(0);
    await pulse(page, 'live');
  });

  test('takes the green light away where that is not answered either', async () => {
    const hall = await openHall();
    const keeps = { drops: 0, answers: true };
    const page = await openFiltered(hall, keeps);
    await accept(hall);
    await waitForWindowCases(page, '1', LONG_MS);
    await pulse(page, 'live');
    Object.assign(keeps, { drops: 1, answers: false });
    await accept(hall);
    await says(page, '数据有出入，正在核对');
    expect(await page.locator('main.wall > header i.live').count()).toBe(0);
    await takePicture(page, 'wall checking');
    await band(page, '正在重连');
    keeps.answers = true;
    await waitForWindowCases(page, '2', LONG_MS);
    await pulse(page, 'live');
  });
});

describe('a topic that the server cannot make', () => {
  const break_ = (hall: AlarmHall) =>
    hall.server.board.state.entries.suggestion.set('s', undefined as unknown as SuggestionEntry);

  test('is said on its own wall and in the playlist of the others, and comes back by itself', async () => {
    const hall = await openHall({
      edit: {
        scenes: (document) => {
          document['playlist'] = ['stars', 'overview'].map((scene) => ({ scene, seconds: 5, when: 'always' }));
        },
      },
    });
    const [stars, fresh, turning] = [
      await openWall(browser, `${hall.url}/?scene=stars`),
      await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage(),
      await openWall(browser, `${hall.url}/`),
    ];
    await pulse(stars, 'live');
    break_(hall);
    await accept(hall);
    await band(stars, '本屏数据暂缺，其他照常');
    await takePicture(stars, 'wall unbuilt');
    // One that comes only now has nothing to show.
    await fresh.goto(`${hall.url}/?scene=stars`);
    await says(fresh, '其他画面照常，恢复后自动显示');
    await takePicture(fresh, 'wall unbuilt from the start');
    // The others go on, and say what is missing.
    await turning.locator('main.wall[data-scene=overview]').waitFor({ timeout: LONG_MS });
    await says(turning, '明星墙暂时无法显示');
    await pulse(turning, 'live');
    for (const size of ['1366x768', '1920x1080', '1080x1920']) {
      await resize(turning, size);
      const faults = await findFaults(turning, { leastRem: 0, figures: 7, text: 4.5 });
      expect(writeFaults(faults.filter(({ place }) => place.includes('header'))), size).toEqual([]);
    }
    await takePicture(turning, 'wall of the rest');
    await accept(hall);
    await waitForWindowCases(turning, '2', LONG_MS);

    hall.server.board.state.entries.suggestion.delete('s');
    await accept(hall);
    for (const page of [stars, fresh]) await pulse(page, 'live');
    await turning.locator('main.wall[data-scene=stars]').waitFor({ timeout: LONG_MS });
    await expect.poll(() => turning.getByText('明星墙暂时无法显示').count(), { timeout: LONG_MS }).toBe(0);
  });
});

describe('a part that cannot be drawn', () => {
  test('says so in its place, leaves the rest alone, and is drawn once it can be', async () => {
    // Of the pages’ build, or they would open themselves anew.
    const whole = { ...buildSnapshot(), build };
    const { windows: _windows, ...rest } = whole.data as Record<string, Json>;
    // No fault of the server's: what the scene alone reads is not as the page knows it.
    const broken: Snapshot = { ...whole, data: rest };
    const server = await startFixtureServer(broken, { pages: join(dist, 'client') });
    ends.push(() => server.close());
    const beat = setInterval(() => server.beat(), 1_000);
    ends.push(() => clearInterval(beat));
    const page = await openWall(browser, `${server.origin}/?scene=overview`);
    await says(page, '这里暂时无法显示');
    await pulse(page, 'live');
    expect(await page.locator('main.wall > header .clock').innerText()).toMatch(/^\d\d:\d\d$/);
    await takePicture(page, 'wall undrawn');
    expect(await findProblems(page)).toEqual([]);
    server.snapshot = { ...whole, seq: whole.seq + 1 };
    await page.locator('section.window .figure .figure').waitFor({ timeout: LONG_MS });
    expect(await page.getByText('这里暂时无法显示').count()).toBe(0);
  });

  test('even a whole page that cannot be drawn says so', async () => {
    // Of the pages’ build, or they would open themselves anew.
    const whole = { ...buildSnapshot(), build };
    const broken: Snapshot = { ...whole, data: { ...(whole.data as Record<string, Json>), hall: 7, day: 7 } };
    const server = await startFixtureServer(broken, { pages: join(dist, 'client') });
    ends.push(() => server.close());
    const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
    await page.goto(`${server.origin}/?scene=overview`);
    await says(page, '画面暂时无法显示');
    await takePicture(page, 'wall undrawn as a whole');
    server.snapshot = { ...whole, seq: whole.seq + 1 };
    server.beat();
    await page.locator('section.window .figure .figure').waitFor({ timeout: LONG_MS });
    expect(await page.getByText('画面暂时无法显示').count()).toBe(0);
  });
});

describe('a right that ends while the wall is looked at', () => {
  test('a display’s token: what to do, and no picture', async () => {
    const hall = await openHall({ openReading: false });
    const access = hall.access();
    ends.push(() => access.close());
    const { id, secret } = access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
    const page = await openWall(browser, `${hall.url}/?token=${secret}`);
    await pulse(page, 'live');
    const cookies = await page.context().cookies();
    expect(cookies.map(({ name }) => name).sort()).toEqual(['hallpulse_display', 'renewed_hallpulse_display']);
    access.displayTokens.revoke(id);
    await says(page, '本屏的授权已失效');
    await says(page, /请管理员在“大厅设置”的“密钥和屏幕”里新建一个/);
    expect(await page.locator('main.wall').count()).toBe(0);
    await takePicture(page, 'wall revoked');
    expect(await findProblems(page)).toEqual([]);
  });

  test('a person’s session: the way to sign in again', async () => {
    const hall = await openStaffedHall({ server: { build } });
    ends.push(() => hall.close());
    const page = await openAs(browser, hall, 'manager', '/', { viewport: { width: 1366, height: 768 } });
    await pulse(page, 'live');
    await page.evaluate(() => fetch('/api/session', { method: 'DELETE' }));
    await says(page, '登录已到期');
    await takePicture(page, 'wall signed out');
    expect(await findProblems(page)).toEqual([]);
    await page.getByRole('link', { name: '重新登录' }).click();
    await page.waitForURL('**/sign-in?next=%2F');
  });

  test('a cookie that would have ended is renewed by a wall that nobody touches', async () => {
    const hall = await openHall({ openReading: false });
    const access = hall.access();
    ends.push(() => access.close());
    const { secret } = access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
    const page = await openWall(browser, `${hall.url}/?token=${secret}`, async (one) => {
      await one.clock.install();
    });
    const context = page.context();
    const read = async () => (await context.cookies()).find(({ name }) => name === 'hallpulse_display');
    const { expires, ...cookie } = (await read())!;
    // Nearly a year later: it has two days left, and the mark of its last renewal is gone.
    await context.clearCookies();
    await context.addCookies([{ ...cookie, expires: Math.round(Date.now() / 1000) + 2 * 86_400 }]);
    const asked = page.waitForResponse((one) => one.url().includes('/api/board') && one.ok(), { timeout: LONG_MS });
    await page.clock.fastForward(13 * 3_600_000);
    await asked;
    await expect.poll(async () => (await read())?.expires, { timeout: LONG_MS }).toBeGreaterThan(expires - 86_400);
  });
});

describe('a login page of the network in the server’s place', () => {
  test.each(['a page', 'a way elsewhere'])('%s: what to do, no green light, no fall', async (how) => {
    const hall = await openHall();
    const errors: string[] = [];
    const page = await openWall(browser, `${hall.url}/?scene=overview`, async (one) => {
      one.on('pageerror', ({ message }) => errors.push(message));
      await one.routeWebSocket(/\/socket\.io\//, (ws) => ws.close());
    });
    await pulse(page, 'polling');
    await page.route(/\/(api\/board|healthz)/, (route) =>
      how === 'a page'
        ? route.fulfill({ status: 200, contentType: 'text/html', body: '<h1>Sign in</h1>' })
        : route.fulfill({ status: 302, headers: { Location: 'http://login.invalid/?next=board' } }),
    );
    await band(page, '网络要求登录，请在本机认证');
    await takePicture(page, `wall behind ${how}`);
    await page.unroute(/\/(api\/board|healthz)/);
    await pulse(page, 'polling');
    expect(errors).toEqual([]);
  });
});

describe('a page out of the browser’s memory', () => {
  test('is old at once, and true again by itself', async () => {
    const hall = await openHall();
    const page = await openWall(browser, `${hall.url}/?scene=overview`);
    await accept(hall);
    await waitForWindowCases(page, '1', LONG_MS);
    await pulse(page, 'live');
    // The server cannot be reached at first, as when a network wakes after its machine.
    await page.context().setOffline(true);
    const state = await page.evaluate(async () => {
      dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
      await new Promise(requestAnimationFrame);
      return document.querySelector('main.wall > header')!.className;
    });
    expect(state).toContain('stopped');
    await accept(hall);
    await page.context().setOffline(false);
    await waitForWindowCases(page, '2', LONG_MS);
    await pulse(page, 'live');
  });
});
