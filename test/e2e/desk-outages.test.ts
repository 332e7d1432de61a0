// Nothing typed is lost, on the product itself: its server, the desk's own page, real browsers. Each entry stands in the ledger
// once, in the name of whoever made it, at their station and of the hall's time, whatever became of line, server, tab, store and PC.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import {
  act,
  compare,
  openDeskPage,
  openServedHall,
  recentOf,
  STORE_NAME,
  untilLive,
  untilShown,
  type Clerk,
  type Deed,
  type Kind,
  type ServedHall,
} from './desk-deeds.ts';
import { readStore, setPaper, setStoreFull, startKillable, until } from './desk-work.ts';
import type { Gateway } from './gateway.ts';
import { giveNameAndPassword, PASSWORD, takePicture } from './staff-pages.ts';

const CHEN = { staff: 'chen', station: 'hall' };
const ZHOU = { staff: 'zhou', station: 'meifeng' };

const MINUTE_MS = 60_000;

let folder: string;
let hall: ServedHall;
let browser: Browser;
let context: BrowserContext;
let gateway: Gateway;
/** Of all tests: the ledger holds nothing else. */
const deeds: Deed[] = [];
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-outages-'));
  [hall, browser] = await Promise.all([
    openServedHall(join(folder, 'hall'), { chen: 'hall', zhou: 'meifeng' }),
    openBrowser(),
  ]);
});
afterAll(async () => {
  await browser.close();
  await hall.close();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'zh-CN' });
  gateway = await hall.openGateway();
});
afterEach(() => context.close());

async function work(page: Page, clerk: Clerk, ...kinds: Kind[]): Promise<void> {
  for (const kind of kinds) deeds.push(await act(page, clerk, kind));
}

async function expectAll(...pages: Page[]): Promise<void> {
  for (const page of pages) await untilShown(page, 0);
  expect(compare(hall.readEntries(), deeds)).toEqual([]);
}

test('two tabs of one clerk write down at once without a line, and with answers that are lost', async () => {
  const first = await openDeskPage(context, gateway, 'chen');
  const second = await context.newPage();
  await second.goto(`${gateway.url}/desk`);
  await untilLive(second);
  gateway.isOpen = false;
  await Promise.all([first, second].map((page) => work(page, CHEN, 'case', 'promise', 'service')));
  for (const page of [first, second]) await untilShown(page, 6);
  gateway.mood = 'cut-after';
  gateway.isOpen = true;
  const { posts } = gateway;
  await until(() => gateway.posts > posts);
  gateway.mood = 'well';
  await expectAll(first, second);
});

test('where the list of today is lost, what was just sent stays in sight, and what was taken back does not return', async () => {
  const page = await openDeskPage(context, gateway, 'chen');
  await work(page, CHEN, 'case');
  await untilShown(page, 0);
  await page.route('**/api/desk/mine', (route) => route.abort());
  // Several: an undo that is sent along with what it undoes is seen in no list here.
  await work(page, CHEN, 'service', 'undo', 'service', 'undo', 'service', 'undo', 'service', 'undo');
  await expectAll(page);
  const states = await recentOf(page).evaluateAll((lines) => lines.slice(0, 8).map((line) => line.classList[0]));
  expect(states).toEqual(Array.from({ length: 8 }, (_, at) => (at % 2 === 0 ? 'taken-back' : 'sent')));
  await page.unroute('**/api/desk/mine');
});

test('what an older release let in and the server refuses is reworded in its place, and keeps its time', async () => {
  const page = await openDeskPage(context, gateway, 'chen');
  gateway.isOpen = false;
  const made = await act(page, CHEN, 'promise');
  await setPaper(page, '王小明 13812345678', STORE_NAME);
  await page.goto('about:blank');
  gateway.isOpen = true;
  await page.goto(`${gateway.url}/desk`);
  await page.locator('header').getByText('1 条要更正').waitFor();
  const line = recentOf(page).filter({ hasText: '要更正' });
  await line.getByText(/像有群众姓名、电话或证件号/).waitFor();
  await line.getByRole('button', { name: '改写' }).click();
  const dialog = page.getByRole('dialog', { name: '改写后重新上传' });
  const words = dialog.getByLabel('缺的材料');
  // What is still somebody’s is said, and stays as it was typed.
  await words.fill('王小明的照片 13812345678');
  await dialog.getByRole('button', { name: '改好，上传' }).click();
  await dialog.getByText(/像有群众姓名/).waitFor();
  await takePicture(page, 'desk-reword');
  expect(await findProblems(page)).toEqual([]);
  await words.fill('一寸照片');
  await dialog.getByRole('button', { name: '改好，上传' }).click();
  await dialog.waitFor({ state: 'detached' });
  await line.waitFor({ state: 'detached' });
  const [event] = made.events;
  deeds.push({ ...made, events: [{ ...event!, data: { ...event!.data, deferredDocuments: ['一寸照片'] } }] });
  await expectAll(page);
});

test('a list of today that was asked for earlier and comes later takes nothing out of sight', async () => {
  const page = await openDeskPage(context, gateway, 'chen');
  let release = (): void => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  let read = 0;
  let first: Request | undefined;
  await page.route('**/api/desk/mine', async (route) => {
    const response = await route.fetch();
    read++;
    first ??= route.request();
    if (first === route.request()) await held;
    await route.fulfill({ response });
  });
  await work(page, CHEN, 'case');
  await until(() => read > 0);
  const before = read;
  await work(page, CHEN, 'service');
  await untilShown(page, 0);
  await until(() => read > before + 1);
  release();
  await (await first!.response())!.finished();
  // Whatever the page made of it is drawn.
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await recentOf(page).first().innerText()).toContain('复印');
  await expectAll(page);
  // The page goes on asking while it is put away.
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});

test('a store that is full is said, and what was typed is sent all the same', async () => {
  const page = await openDeskPage(context, gateway, 'chen');
  await work(page, CHEN, 'consultation');
  await untilShown(page, 0);
  await setStoreFull(page, true);
  gateway.isOpen = false;
  await work(page, CHEN, 'case', 'service');
  await page.getByRole('alert').getByText('本机存不下了').waitFor();
  await untilShown(page, 2);
  gateway.isOpen = true;
  await expectAll(page);
  await page.getByText('本机存不下了').waitFor({ state: 'detached' });
});

test('a browser that is killed with what it had not sent, and started again with its folder', async () => {
  const profile = join(folder, 'profile');
  let killable = await startKillable(profile);
  try {
    let page = await openDeskPage(killable.context, gateway, 'chen');
    gateway.isOpen = false;
    await work(page, CHEN, 'case', 'promise', 'undo');
    await killable.kill();
    gateway.isOpen = true;
    killable = await startKillable(profile);
    page = await openDeskPage(killable.context, gateway, 'chen');
    await expectAll(page);
  } finally {
    await killable.kill();
  }
});

test('two on one PC: nothing of the one before is shown to the next, or sent in their name', async () => {
  const page = await openDeskPage(context, gateway, 'chen');
  gateway.isOpen = false;
  gateway.mood = { status: 502 };
  await work(page, CHEN, 'case', 'promise');
  gateway.isOpen = true;
  await untilLive(page);
  await untilShown(page, 2);
  const before = deeds.splice(-2);
  const change = async (staff: string): Promise<void> => {
    await page.getByRole('button', { name: '换人' }).click();
    await giveNameAndPassword(page.getByRole('dialog'), staff, PASSWORD);
    await page.locator('header').getByText(`示例${staff}`).waitFor();
    await untilLive(page);
  };
  await change('zhou');
  await untilShown(page, 0);
  await page.getByText('今天还没有登记').waitFor();
  expect(await page.locator('body').innerText()).not.toContain('示例chen');
  await work(page, ZHOU, 'promise', 'service');
  await untilShown(page, 2);
  expect(await recentOf(page).count()).toBe(2);
  gateway.mood = 'well';
  await expectAll(page);
  expect((await readStore(page, STORE_NAME)).map(({ author }) => author)).toEqual(['chen', 'chen']);
  await change('chen');
  deeds.push(...before);
  await expectAll(page);
  expect(await readStore(page, STORE_NAME)).toEqual([]);
});

describe('the clock of the PC', () => {
  /** What the page is told of its date is so far from this machine's. */
  const setDate = (page: Page, aheadMs: number): Promise<void> =>
    page.evaluate((ms) => (window as unknown as { setDate: (ms: number) => void }).setDate(ms), aheadMs);
  const openWithDate = async (aheadMs: number): Promise<Page> => {
    await context.addInitScript((first) => {
      const Own = Date;
      let ahead = first;
      const now = (): number => Own.now() + ahead;
      window.Date = new Proxy(Own, {
        construct: (target, given: []) => (given.length === 0 ? new target(now()) : new target(...given)),
        get: (target, key) => (key === 'now' ? now : (Reflect.get(target, key) as unknown)),
      });
      Object.assign(window, { setDate: (ms: number) => void (ahead = ms) });
    }, aheadMs);
    return openDeskPage(context, gateway, 'chen');
  };

  test('one that is six minutes fast, or jumps: the time is the hall’s', async () => {
    const page = await openWithDate(6 * MINUTE_MS);
    await work(page, CHEN, 'case');
    await untilShown(page, 0);
    gateway.isOpen = false;
    await work(page, CHEN, 'promise');
    await setDate(page, -60 * MINUTE_MS);
    await work(page, CHEN, 'service', 'undo');
    gateway.isOpen = true;
    await untilLive(page);
    // The page sees it and asks at once; a machine that is busy may answer later than an entry waits.
    const asked = page.waitForResponse('**/api/session');
    await setDate(page, 30 * MINUTE_MS);
    await (await asked).finished();
    await work(page, CHEN, 'consultation');
    await expectAll(page);
  });

  test('one that is set ahead without a line: refused for its time, it is recorded as of now with one press', async () => {
    const page = await openWithDate(0);
    gateway.isOpen = false;
    await setDate(page, 30 * MINUTE_MS);
    const [refused, other] = [await act(page, CHEN, 'promise'), await act(page, CHEN, 'service')];
    gateway.isOpen = true;
    await page.locator('header').getByText('2 条要更正').waitFor();
    await untilShown(page, 0);
    const line = recentOf(page).filter({ hasText: '住院报销' }).first();
    await line.getByText(/要更正 · 时间不对：当时本机时钟不准/).waitFor();
    const from = Date.now();
    await line.getByRole('button', { name: '按现在时间登记' }).click();
    await page.locator('header').getByText('1 条要更正').waitFor();
    deeds.push({ ...refused, from, until: Date.now() });
    const rest = recentOf(page).filter({ hasText: '要更正' });
    // The one that was recorded anew is gone from the list before the other is thrown away.
    await expect.poll(() => rest.count(), { timeout: 20_000 }).toBe(1);
    await rest.getByRole('button', { name: '删除这条' }).click();
    await rest.waitFor({ state: 'detached' });
    expect(other.events).toHaveLength(1);
    await expectAll(page);
  });

  test('one that was a little ahead: what was written down then can still be taken back', async () => {
    const page = await openWithDate(0);
    gateway.isOpen = false;
    await setDate(page, 4 * MINUTE_MS);
    const made = await act(page, CHEN, 'service');
    gateway.isOpen = true;
    await untilShown(page, 0);
    await untilLive(page);
    await recentOf(page)
      .first()
      .getByRole('button', { name: /撤销 60 秒/ })
      .click();
    await recentOf(page).first().getByText('已撤销').waitFor();
    const events = [...made.events, { type: 'hall.event.voided', data: { undo: true } } as const];
    deeds.push({ ...made, from: made.from + 4 * MINUTE_MS, until: made.until + 4 * MINUTE_MS, events });
    await expectAll(page);
    expect(await page.locator('header').getByText('要更正').count()).toBe(0);
  });
});
