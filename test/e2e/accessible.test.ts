// Every page, in every theme and language, under axe's rules for WCAG 2.0 to 2.2, levels A and AA.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCENES, THEMES } from '../../domain/board/topics/data.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { crowdDocuments, CROWDED_AT, readDocuments, tellCrowdedMorning } from './crowded-hall.ts';
import { acceptance, postEvents, readBoard, wireEvent } from './hall-client.ts';
import { startProduct, type Product } from './product.ts';
import { prepareScreen, turnLists } from './screens.ts';
import { openToldHall, type ToldHall } from './told-hall.ts';

const LANGUAGES = { zh: 'zh-CN', en: 'en' };
const MINUTE_MS = 60_000;

let parent: string;
let browser: Browser;
let hall: Product;
/** At a moment of its own, so that tickets are called and wait whenever the tests run. */
let waiting: ToldHall;
let page: Page;
beforeAll(async () => {
  parent = mkdtempSync(join(tmpdir(), 'hallpulse-accessible-'));
  [browser, hall, waiting] = await Promise.all([
    openBrowser(),
    startProduct({ folder: join(parent, 'open') }),
    openToldHall(CROWDED_AT, tellCrowdedMorning(readDocuments()), crowdDocuments),
  ]);
  expect((await postEvents(hall.url, tellStory(Date.now()))).status).toBe(200);
  // A page is sent with the picture as it is, and what is judged here is a hall with all of this in it.
  await readBoard(hall.url);
  page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  await prepareScreen(page);
});
afterAll(async () => {
  await browser.close();
  await hall.stop();
  await waiting.close();
  rmSync(parent, { recursive: true, force: true });
});

/** A morning in which every panel has something to show, the wrong things too. */
function tellStory(now: number) {
  const at = (minutes: number) => now - minutes * MINUTE_MS;
  const promise = new Date(at(5)).toISOString();
  return [
    ...Array.from({ length: 12 }, (_, i) => acceptance(`w${i}`, { window: `w0${(i % 3) + 1}` }, at(i + 4))),
    acceptance('online', { channel: 'online' }, at(3)),
    acceptance('medical', { line: 'medical-insurance' }, at(3)),
    acceptance('late', { promisedBy: promise, handling: 'promised' }, at(30)),
    wireEvent('finish', 'hall.case.finished', { case: 'case-w1', outcome: 'approved' }, at(2)),
    wireEvent('taken', 'hall.ticket.taken', { ticket: 't1', station: 'hall' }, at(50)),
    wireEvent('called', 'hall.ticket.called', { ticket: 't1', station: 'hall', window: 'w01' }, at(45)),
    wireEvent('queued', 'hall.ticket.taken', { ticket: 't2', station: 'hall' }, at(40)),
    wireEvent('paused', 'hall.window.changed', { window: 'w02', station: 'hall', status: 'paused' }, at(9)),
    wireEvent('good', 'hall.rating.given', { score: 5, station: 'hall', case: 'case-w1', medium: 'pad' }, at(2)),
    wireEvent('poor', 'hall.rating.given', { score: 1, station: 'hall', case: 'case-w2', medium: 'pad' }, at(1)),
    wireEvent('follow', 'hall.followup.opened', { followup: 'f1', about: 'rating', station: 'hall' }, at(1)),
  ];
}

async function check(path: string, ready: string, locale: string, url = hall.url): Promise<void> {
  await page.goto(url + path);
  await page.locator(ready).first().waitFor();
  expect(await page.evaluate(() => document.documentElement.lang)).toBe(locale);
  expect(await findProblems(page), path).toEqual([]);
}

const looks = THEMES.flatMap((theme) => (['zh', 'en'] as const).map((language) => [theme, language] as const));

describe.each(looks)('%s in %s', (theme, language) => {
  test.each(SCENES)('the scene %s', async (scene) => {
    const path = `/?scene=${scene}&theme=${theme}&lang=${language}`;
    await check(path, `main.wall[data-scene=${scene}]`, LANGUAGES[language]);
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
  });
  test('the public screen, with tickets called and waiting, and on each kind of page of its band', async () => {
    const path = `/public?theme=${theme}&lang=${language}`;
    await check(path, 'main.public .calls li b', LANGUAGES[language], waiting.url);
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe(theme);
    expect(await page.locator('.waits .count, .stations .queue').count()).toBe(5);
    const kinds = new Set<string>();
    const pages = Number((await page.locator('.band h2 span').innerText()).split('/')[1]);
    for (let turn = 0; turn < pages; turn++) {
      const kind = (await page.locator('.band > section').getAttribute('class'))!.split(' ')[0]!;
      if (!kinds.has(kind)) expect(await findProblems(page), kind).toEqual([]);
      kinds.add(kind);
      await turnLists(page);
    }
    expect([...kinds]).toEqual(['notice', 'free', 'star', 'suggestion', 'telephone']);
  });
  test('the self-test', async () => {
    await check(`/wall/self-test?theme=${theme}&lang=${language}`, '[data-fact=live] .judgement', LANGUAGES[language]);
  });
});

test('the wall that was not authorised, and the self-test that needs no right', async () => {
  const closed = await startProduct({ folder: join(parent, 'closed'), env: { HALLPULSE_READ: '' } });
  const stranger = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  for (const language of ['zh', 'en']) {
    await stranger.goto(`${closed.url}/?lang=${language}`);
    await stranger.getByText('TOKEN').or(stranger.getByText('显示令牌')).first().waitFor();
    expect(await findProblems(stranger)).toEqual([]);
  }
  await stranger.goto(`${closed.url}/wall/self-test`);
  for (const fact of ['live', 'clock', 'fonts'])
    await stranger.locator(`[data-fact=${fact}][data-judgement=good]`).waitFor({ timeout: 60_000 });
  await stranger.close();
  await closed.stop();
});

test('the self-test answers keys, and judges the real pages from where people stand', async () => {
  await page.goto(`${hall.url}/wall/self-test?inches=100&distance=2`);
  // Each page is opened as this screen shows it; the last of them has come when all have.
  for (const name of ['overview', 'communities', 'medical', 'ratings', 'stars', 'public'])
    await page.locator(`[data-page=${name}][data-judgement=good]`).waitFor({ timeout: 90_000 });
  const overview = page.locator('[data-page=overview]');
  expect(await overview.innerText()).toMatch(/\d\d\.\d′/);
  for (let i = 0; i < 36; i++) await page.keyboard.press('+');
  expect(await page.getByLabel('观看距离（米）').inputValue()).toBe('20');
  await expectText(overview, /偏小/);
  // What is said of a screen stays with it.
  await page.goto(`${hall.url}/wall/self-test`);
  expect(await page.getByLabel('观看距离（米）').inputValue()).toBe('20');
  await page.keyboard.press('l');
  await expectText(page.locator('[data-page=overview]'), /too small/);
  await page.keyboard.press('t');
  expect(await page.evaluate(() => document.documentElement.dataset['theme'])).not.toBe('deep');
});

async function expectText(locator: ReturnType<Page['locator']>, text: RegExp): Promise<void> {
  await locator.filter({ hasText: text }).waitFor({ timeout: 60_000 });
}

test('nothing moves for who asked for less motion', async () => {
  const context = await browser.newContext({ reducedMotion: 'reduce', viewport: { width: 1920, height: 1080 } });
  const calm = await context.newPage();
  await calm.goto(`${hall.url}/?scene=overview`);
  const figure = calm.locator('section.window .figure .figure');
  const before = await figure.innerText();
  await calm.evaluate(() => {
    const state = window as unknown as { moved: number };
    state.moved = 0;
    const animate = Element.prototype.animate;
    Element.prototype.animate = function (...args) {
      state.moved++;
      return animate.apply(this, args);
    };
  });
  await postEvents(hall.url, acceptance('calm'));
  await calm.waitForFunction(
    (old) => document.querySelector('section.window .figure .figure')?.textContent !== old,
    before,
  );
  expect(await calm.evaluate(() => (window as unknown as { moved: number }).moved)).toBe(0);
  expect(await calm.evaluate(() => document.getAnimations().length)).toBe(0);
  await context.close();
});
