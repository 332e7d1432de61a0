// A window's tablet in a real browser: rated by a finger, thanked, asked why, quiet, and honest when it is alone.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { DAY, openAlarmHall, type AlarmHall } from '../server/alarms/hall.ts';
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
/** The lines of what is over are asked for within this time by the page itself. */
const LONG_MS = 60_000;

let browser: Browser;
let hall: AlarmHall;
let page: Page;
let tickets = 0;
const dist = join(findRoot(), 'dist');
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  const { build } = JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8')) as { build: string };
  hall = await openAlarmHall({ pages: { folder: join(dist, 'client'), build }, openReading: false });
  const context = await browser.newContext({ viewport: SIZES[0]!, hasTouch: true });
  page = await context.newPage();
});
afterEach(async () => {
  await page.context().close();
  await hall.close();
});

const turn = (name: string) => page.locator(`main[data-turn=${name}]`).waitFor({ timeout: LONG_MS });

/** @returns the id of the token that it was opened with */
async function openTablet(window = 'w03'): Promise<string> {
  const access = hall.access();
  const { secret, id } = access.displayTokens.add({ hall: 'meilin', audience: { rate: window }, label: 'tablet' });
  access.close();
  await page.goto(`${hall.url}/rate/${window}?token=${secret}`);
  await turn('idle');
  return id;
}

async function serve(): Promise<string> {
  const ticket = `${DAY}-A${String(++tickets).padStart(3, '0')}`;
  await hall.tell('hall.ticket.taken', { ticket, station: 'hall' });
  await hall.tell('hall.ticket.called', { ticket, station: 'hall', window: 'w03', staff: 's07' });
  await hall.tell('hall.ticket.served', { ticket, station: 'hall' });
  return ticket;
}

async function recorded(type: string): Promise<unknown[]> {
  const events = await hall.server.ledger.read(0, 10_000);
  return events.filter((event) => event.type === type).map(({ data }) => data);
}

/** Under axe, and large enough for a finger and an eye, lying and upright. */
async function check(what: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await takePicture(page, `tablet ${what} ${size.width}`);
    expect(await findProblems(page), what).toEqual([]);
    expect(await findTouchFaults(page), `${what} ${size.width}`).toEqual([]);
  }
  await page.setViewportSize(SIZES[0]!);
}

test('is opened by its token, which leaves the address, and rates the one who was served', async () => {
  await openTablet();
  expect(page.url()).toBe(`${hall.url}/rate/w03`);
  await check('idle');
  const ticket = await serve();
  await turn('asking');
  expect(await page.locator('header').innerText()).toMatch(/03 号窗口[^]*A001 号/);
  await check('asking');
  expect(await page.locator('.levels button').allInnerTexts()).toEqual([
    expect.stringMatching(/^非常满意\s+Very satisfied$/),
    expect.stringMatching(/^满意\s+Satisfied$/),
    expect.stringMatching(/^基本满意\s+Fairly satisfied$/),
    expect.stringMatching(/^不满意\s+Not satisfied$/),
    expect.stringMatching(/^非常不满意\s+Not at all satisfied$/),
  ]);
  // As quick fingers do.
  await page.getByRole('button', { name: /^满意/ }).dblclick();
  await turn('thanks');
  await check('thanks');
  await turn('idle');
  expect(await recorded('hall.rating.given')).toEqual([
    { score: 4, station: 'hall', window: 'w03', ticket, staff: 's07', medium: 'pad' },
  ]);
});

test('gives every level the same room and look', async () => {
  await openTablet();
  await serve();
  await turn('asking');
  for (const size of SIZES) {
    await page.setViewportSize(size);
    const looks = await page.locator('.levels button').evaluateAll((buttons) =>
      buttons.map((button) => {
        const { width, height } = button.getBoundingClientRect();
        const { backgroundColor, borderColor, color, fontSize } = getComputedStyle(button);
        const name = getComputedStyle(button.querySelector('.zh')!).fontSize;
        return [Math.round(width), Math.round(height), backgroundColor, borderColor, color, fontSize, name].join();
      }),
    );
    expect(new Set(looks).size).toBe(1);
  }
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
});

test('asks why after a poor rating, and takes several reasons or none', async () => {
  await openTablet();
  await serve();
  await turn('asking');
  await page.getByRole('button', { name: /^非常不满意/ }).tap();
  await turn('reasons');
  await check('reasons');
  expect(await page.getByText('示例选项').count()).toBe(1);
  await page.getByRole('button', { name: /办理太慢/ }).tap();
  await page.getByRole('button', { name: /等候时间太长/ }).tap();
  await check('reasons chosen');
  await page.getByRole('button', { name: /提交/ }).tap();
  await turn('thanks');
  expect(await recorded('hall.rating.explained')).toMatchObject([{ tags: ['long-wait', 'slow'] }]);

  await serve();
  await turn('asking');
  await page.getByRole('button', { name: /^不满意/ }).tap();
  await turn('reasons');
  await page.getByRole('button', { name: /不选了/ }).tap();
  await turn('thanks');
  expect(await recorded('hall.rating.explained')).toHaveLength(1);
  expect(await recorded('hall.rating.given')).toMatchObject([{ score: 1 }, { score: 2 }]);
});

test('is worked by keyboard alone', async () => {
  await openTablet();
  await serve();
  await turn('asking');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await turn('thanks');
  expect(await recorded('hall.rating.given')).toMatchObject([{ score: 3 }]);
});

test('asks whoever came without a number as well', async () => {
  await openTablet();
  const id = 'no-number';
  await hall.tell('hall.case.accepted', { case: id, station: 'hall', window: 'w03', channel: 'window', item: 'mi-01' });
  await hall.tell('hall.case.finished', { case: id, outcome: 'approved', window: 'w03' });
  await turn('asking');
  expect(await page.locator('header').innerText()).not.toMatch(/[A-Z]\d{3}/);
  await check('asking without a number');
});

test('a rating that comes too late is said to be, and the next one is waited for', async () => {
  await openTablet();
  await serve();
  await turn('asking');
  // On its way when the next number is called.
  await page.route('**/api/rate/**', async (route) => {
    await hall.tell('hall.ticket.called', { ticket: 'next', station: 'hall', window: 'w03' });
    await route.continue();
  });
  await page.getByRole('button', { name: /^满意/ }).tap();
  await turn('over');
  await check('over');
  await turn('idle');
  expect(await recorded('hall.rating.given')).toEqual([]);
});

test('closes at the next call', async () => {
  await openTablet();
  await serve();
  await turn('asking');
  await hall.tell('hall.ticket.called', { ticket: 'next', station: 'hall', window: 'w03' });
  await turn('idle');
  expect(await page.locator('button').count()).toBe(0);
});

describe('when it is alone', () => {
  test('says so, has nothing to touch, and comes back by itself', async () => {
    await openTablet();
    await serve();
    await turn('asking');
    await page.route('**/socket.io/**', (route) => route.abort());
    await hall.restart();
    await turn('offline');
    await page.getByText('评价暂时不可用').waitFor();
    expect(await page.locator('button').count()).toBe(0);
    await check('offline');
  });

  test('a rating that does not get through is to be pressed again, and counts', async () => {
    await openTablet();
    await serve();
    await turn('asking');
    await page.route('**/api/rate/**', (route) => route.abort());
    await page.getByRole('button', { name: /^基本满意/ }).tap();
    await page.getByText('没有送出，请再按一次').waitFor();
    await check('not sent');
    await page.unroute('**/api/rate/**');
    await page.getByRole('button', { name: /^基本满意/ }).tap();
    await turn('thanks');
    expect(await recorded('hall.rating.given')).toHaveLength(1);
  });

  test('without a right it says what is missing', async () => {
    await page.goto(`${hall.url}/rate/w03`);
    await page.getByText('本平板尚未授权').waitFor({ timeout: LONG_MS });
    await check('denied');
  });

  test('a right that is taken away ends what it shows, and a window that there is not shows nothing', async () => {
    const id = await openTablet();
    await serve();
    await turn('asking');
    const access = hall.access();
    access.displayTokens.revoke(id);
    const { secret } = access.displayTokens.add({ hall: 'meilin', audience: { rate: 'w77' }, label: 'nowhere' });
    access.close();
    await turn('denied');
    expect(await page.locator('button').count()).toBe(0);
    await check('revoked');
    await page.goto(`${hall.url}/rate/w77?token=${secret}`);
    await turn('denied');
    await check('unknown window');
  });
});
