// A kiosk in a real browser: a number by a finger, a slip on 80 mm of paper, and plain words where none is given.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { DISPLAY_COOKIE } from '../../server/access/readers.ts';
import { openAlarmHall, type AlarmHall } from '../server/alarms/hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findRoot } from './product.ts';
import { findTouchFaults } from './touch-faults.ts';
import { takePicture } from './staff-pages.ts';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 600, height: 1024 },
];
const LONG_MS = 60_000;

let browser: Browser;
let hall: AlarmHall;
let page: Page;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  const dist = join(findRoot(), 'dist');
  const { build } = JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8')) as { build: string };
  hall = await openAlarmHall({ pages: { folder: join(dist, 'client'), build }, openReading: false });
  page = await (await browser.newContext({ viewport: SIZES[0]!, hasTouch: true })).newPage();
});
afterEach(async () => {
  await page.context().close();
  await hall.close();
});

const view = (name: string) => page.locator(`main[data-view=${name}]`).waitFor({ timeout: LONG_MS });

/** Of one more kiosk. */
function addToken(): string {
  const access = hall.access();
  const { secret } = access.displayTokens.add({ hall: 'meilin', audience: { take: 'hall' }, label: 'kiosk' });
  access.close();
  return secret;
}

async function openKiosk(query = ''): Promise<void> {
  const secret = addToken();
  // What is printed is looked at without a printer.
  await page.addInitScript(() => {
    Object.assign(window, { printed: 0, print: () => (window as unknown as { printed: number }).printed++ });
  });
  await page.goto(`${hall.url}/take?token=${secret}${query}`);
}

async function check(what: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await takePicture(page, `kiosk ${what} ${size.width}`);
    expect(await findProblems(page), what).toEqual([]);
    expect(await findTouchFaults(page), `${what} ${size.width}`).toEqual([]);
  }
  await page.setViewportSize(SIZES[0]!);
}

async function taken(): Promise<unknown[]> {
  const events = await hall.server.ledger.read(0, 1_000);
  return events.filter(({ type }) => type === 'hall.ticket.taken').map(({ data }) => data);
}

test('a number for a line, by the green channel, is shown, printed, and makes room for the next', async () => {
  await openKiosk();
  await view('open');
  expect(page.url()).toBe(`${hall.url}/take`);
  await check('open');
  await page.getByRole('button', { name: /绿色通道/ }).tap();
  await page.getByText('已选绿色通道').waitFor();
  await check('green');
  await page.getByRole('button', { name: '医保' }).dblclick();
  await view('slip');
  expect(await page.locator('main .number').innerText()).toMatch(/^[A-Z]\d{3}$/);
  await check('slip');
  expect(await page.evaluate(() => (window as unknown as { printed: number }).printed)).toBe(1);
  await page.emulateMedia({ media: 'print' });
  const slip = page.locator('.slip');
  expect(await slip.innerText()).toMatch(
    /梅林街道政务服务大厅\s+[A-Z]\d{3}\s+医保 · 绿色通道\s+您是第一位[^]*2019-11-25 10:00/,
  );
  expect(await page.locator('main').isVisible()).toBe(false);
  // 80 mm less its margins, at 96 px to the inch.
  expect((await slip.boundingBox())!.width).toBeLessThanOrEqual((72 / 25.4) * 96 + 1);
  await page.emulateMedia({ media: 'screen' });
  await view('open');
  expect(await page.getByText('已选绿色通道').count()).toBe(0);
  expect(await taken()).toMatchObject([{ line: 'medical-insurance', green: true }]);
});

test('whoever does not know takes one for any business', async () => {
  await openKiosk();
  await view('open');
  await page.getByRole('button', { name: /综合窗口/ }).tap();
  await view('slip');
  expect(await taken()).toHaveLength(1);
  expect((await taken())[0]).not.toHaveProperty('line');
});

test('without paper it asks to keep the number in mind, and says how long it may take', async () => {
  await openKiosk('&print=off');
  await view('open');
  for (let n = 0; n < 2; n++) {
    await page.getByRole('button', { name: /综合窗口/ }).tap();
    await view('slip');
    if (n === 0) await view('open');
  }
  await page.getByText('请记住号码').first().waitFor();
  await page.getByText('前面有 1 人').first().waitFor();
  await check('slip without paper');
  expect(await page.evaluate(() => (window as unknown as { printed: number }).printed)).toBe(0);
});

test('without a right it says what is missing', async () => {
  await page.goto(`${hall.url}/take`);
  await view('denied');
  await check('denied');
});

test('says when no number is given, and has nothing to touch', async () => {
  await hall.goTo('12:30');
  await openKiosk();
  await view('early');
  await page.getByText('14:00 开始取号').waitFor();
  await check('early');
  await hall.goTo('18:30');
  await view('over');
  await check('over');
  await page.route('**/api/take**', (route) => route.abort());
  await view('offline');
  await check('offline');
  expect(await page.locator('button').count()).toBe(0);
});

test('a number whose answer was lost is the one that pressing again gives', async () => {
  await openKiosk();
  await view('open');
  let lost = 0;
  await page.route('**/api/take**', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.fallback();
    lost++;
    await route.fetch();
    return route.abort();
  });
  await page.getByRole('button', { name: '医保' }).tap();
  await page.getByText('没有取到号，请再按一次').waitFor();
  expect(await taken()).toHaveLength(1);
  await page.getByRole('button', { name: '医保' }).tap();
  await view('slip');
  await page.getByText('A001').first().waitFor();
  expect(await taken()).toHaveLength(1);
});

test('a number that did not come is to be asked for again', async () => {
  await openKiosk();
  await view('open');
  await page.route('**/api/take**', (route) =>
    route.request().method() === 'POST' ? route.abort() : route.fallback(),
  );
  await page.getByRole('button', { name: '医保' }).tap();
  await page.getByText('没有取到号，请再按一次').waitFor();
  await check('failed');
  expect(await taken()).toEqual([]);
});

test('whoever booked finds their appointment by its time and item, with a finger or by keys, and gets its number', async () => {
  const book = (appointment: string, clock: string, item?: string) =>
    hall.tell('hall.appointment.booked', {
      appointment,
      station: 'hall',
      at: `2019-11-25T${clock}:00+08:00`,
      ...(item && { item }),
    });
  await book('b1', '10:20', 'mi-01');
  await book('b2', '10:40', 'mi-04');
  await book('b3', '10:40');
  await book('b4', '15:00', 'mi-01');
  await openKiosk();
  await view('open');
  await check('open with appointments');
  await page.getByRole('button', { name: /我有预约/ }).tap();
  await page.getByRole('heading', { name: /请选您的预约时间和事项/ }).waitFor();
  const slots = page.getByRole('group', { name: '请选您的预约时间和事项' }).getByRole('button');
  expect(await slots.count()).toBe(3);
  await check('appointments');
  await page.getByRole('button', { name: /返回/ }).tap();
  await page.getByRole('button', { name: /我有预约/ }).tap();
  await slots.filter({ hasText: '少儿医保' }).dblclick();
  await view('slip');
  await page.getByText('预约 10:20，到点优先叫号').first().waitFor();
  await check('slip of an appointment');
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.slip').innerText()).toMatch(/少儿医保\s+预约 10:20，到点优先叫号/);
  expect(await page.locator('.slip').innerText()).not.toContain('前面有');
  await page.emulateMedia({ media: 'screen' });
  await view('open');
  expect(await taken()).toMatchObject([{ appointment: 'b1', line: 'medical-insurance' }]);
  // By keys alone: what was pressed leads on, the first one is ready, Escape goes back.
  await page.getByRole('button', { name: /我有预约/ }).focus();
  await page.keyboard.press('Enter');
  expect(await slots.count()).toBe(2);
  await expect.poll(() => slots.first().evaluate((slot) => slot === document.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  const ask = page.getByRole('button', { name: /我有预约/ });
  await expect.poll(() => ask.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await slots.first().waitFor();
  // Meanwhile the other kiosk gives that very number.
  let isFirst = true;
  await page.route('**/api/take**', async (route) => {
    if (route.request().method() === 'POST' && isFirst) {
      isFirst = false;
      const slot = { at: Date.parse('2019-11-25T10:40:00+08:00') };
      const headers = { 'Content-Type': 'application/json', Origin: new URL(hall.url).origin };
      const asking = { method: 'POST', headers: { ...headers, Cookie: `${DISPLAY_COOKIE}=${addToken()}` } };
      const answer = await fetch(`${hall.url}/api/take`, { ...asking, body: JSON.stringify({ slot }) });
      expect(answer.status).toBe(200);
    }
    return route.fallback();
  });
  await page.keyboard.press('Enter');
  await page.getByText('这个预约已经取过号').waitFor();
  await check('appointment that is gone');
  await expect.poll(() => slots.count(), { timeout: 20_000 }).toBe(1);
  await slots.first().tap();
  await view('slip');
  await page.getByText('预约 10:40，到点优先叫号').first().waitFor();
  await view('open');
  // None is near any more; the last one of the day is at three.
  await page.getByRole('button', { name: /我有预约/ }).tap();
  await page.getByText('现在没有临近的预约').waitFor();
  await check('no appointment near');
  expect(await taken()).toMatchObject([
    { appointment: 'b1' },
    { appointment: 'b3' },
    { appointment: 'b2', line: 'medical-insurance' },
  ]);
  // Whoever goes away leaves the kiosk as it was.
  await page.getByRole('heading', { name: /请选择要办的业务/ }).waitFor({ timeout: LONG_MS });
});
