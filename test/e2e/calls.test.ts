// The public screen's calls in a real browser: none hides another, the last are kept, and they are spoken where that is asked for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { DAY, openAlarmHall, type AlarmHall } from '../server/alarms/hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findRoot } from './product.ts';

let browser: Browser;
let hall: AlarmHall;
let page: Page;
/** All that the page was pushed. */
let frames: string[] = [];
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  const dist = join(findRoot(), 'dist');
  const { build } = JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8')) as { build: string };
  hall = await openAlarmHall({ pages: { folder: join(dist, 'client'), build } });
  page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  frames = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => void frames.push(String(payload))));
});
afterEach(async () => {
  await page.context().close();
  await hall.close();
});

/** Notes what is spoken, and each number that comes into the large place, from before the page's first script. */
async function openScreen(query = ''): Promise<void> {
  await page.addInitScript(() => {
    const seen: string[] = [];
    const said: string[] = [];
    Object.assign(window, { seen, said });
    speechSynthesis.speak = ({ text, lang }) => void said.push(`${lang} ${text}`);
    new MutationObserver(() => {
      const number = document.querySelector('.first .number')?.textContent?.trim();
      if (number && number !== seen.at(-1)) seen.push(number);
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.goto(`${hall.url}/public${query}`);
  await page.locator('main.public').waitFor();
}

const read = (what: 'seen' | 'said') =>
  page.evaluate((name) => (window as unknown as Record<string, string[]>)[name]!, what);
const large = (number: string) => page.locator('.first .number', { hasText: number }).waitFor({ timeout: 60_000 });
const id = (number: string) => `${DAY}-${number}`;

async function call(number: string, window: string): Promise<void> {
  await hall.tell('hall.ticket.taken', { ticket: id(number), station: 'hall' });
  await hall.tell('hall.ticket.called', { ticket: id(number), station: 'hall', window });
  // A call that nobody was told of before it is over is none: what follows comes after the page has heard it.
  await expect.poll(() => frames.some((frame) => frame.includes(number)), { timeout: 30_000 }).toBe(true);
}
const finish = (number: string) => hall.tell('hall.ticket.served', { ticket: id(number), station: 'hall' });

test('a call that is finished at once, and two at once, are each shown; then they stand among those called before', async () => {
  await openScreen();
  await call('A001', 'w01');
  await large('A001');
  await finish('A001');
  await call('A002', 'w02');
  await finish('A002');
  await call('A003', 'w03');
  await large('A002');
  await large('A003');
  expect(await read('seen')).toEqual(['A001', 'A002', 'A003']);
  expect(await page.locator('.past').innerText()).toMatch(/刚才叫过\s+A002\s*→\s*02\s+A001\s*→\s*01/);
  expect(await page.locator('.calls h2').allInnerTexts()).toEqual(['刚才叫过']);
  expect(await findProblems(page)).toEqual([]);
  // What a page saw is its own: after a reload only what is in hand is known.
  await page.reload();
  await large('A003');
  expect(await page.locator('.past').count()).toBe(0);
});

test('with sound a call is spoken once, and again when it is called again; before a touch the screen says what it needs', async () => {
  await openScreen('?sound=on');
  await page.mouse.click(10, 10);
  await page.getByText('点一下屏幕').waitFor({ state: 'detached' });
  await call('A032', 'w03');
  await large('A032');
  await hall.goTo('10:00:30');
  await hall.tell('hall.ticket.recalled', { ticket: id('A032'), station: 'hall', window: 'w03' });
  await page.waitForFunction(() => (window as unknown as { said: string[] }).said.length === 2);
  expect(await read('said')).toEqual(Array(2).fill('zh-CN 请A零三二号，到3号窗口办理'));
});

test('without sound nothing is spoken', async () => {
  await openScreen();
  await page.mouse.click(10, 10);
  await call('A032', 'w03');
  await large('A032');
  expect(await read('said')).toEqual([]);
});
