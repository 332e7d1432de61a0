// Scenes in a real browser: only the shown topic comes over the wire, the playlist is edited under open walls, keys and addresses choose.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Scenes } from '../../domain/profile/scenes.ts';
import { openBrowser } from './browser.ts';
import { acceptance, postEvents, readBoard } from './hall-client.ts';
import { startProduct, type Product } from './product.ts';

let folder: string;
let hall: Product;
let browser: Browser;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-scenes-'));
  [hall, browser] = await Promise.all([startProduct({ folder }), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await hall.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What Socket.IO sends to a page, message by message, as text. */
async function openListening(address: string): Promise<{ page: Page; heard: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  const heard: string[] = [];
  page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))));
  await page.goto(address);
  await page.locator('main.wall').waitFor();
  return { page, heard };
}

const shownScene = (page: Page) => page.locator('main.wall').getAttribute('data-scene');
const waitForScene = (page: Page, scene: string) => page.locator(`main.wall[data-scene="${scene}"]`).waitFor();

function editScenes(change: (scenes: Scenes) => void): void {
  const file = join(folder, 'documents/scenes.json');
  const scenes = JSON.parse(readFileSync(file, 'utf8')) as Scenes;
  change(scenes);
  writeFileSync(file, JSON.stringify(scenes, null, 2));
}

/** The topics that deltas came for. */
const deltaTopics = (heard: readonly string[]) =>
  new Set(heard.flatMap((text) => (text.includes('board:delta') ? [/"topic":"(\w+)"/.exec(text)![1]!] : [])));

/** What the hall appends itself may leave in the same delta: its position is then beyond that of the event. */
const seqOf = (text: string): number => Number(/"seq":(\d+)/.exec(text)?.[1] ?? -1);

async function postAndWait(page: Page, heard: readonly string[], id: string): Promise<void> {
  const before = heard.length;
  const { body } = await postEvents(hall.url, acceptance(id));
  await expect
    .poll(() => heard.slice(before).some((text) => text.includes('board:delta') && seqOf(text) >= body.seq))
    .toBe(true);
  await page.evaluate(() => undefined);
}

test('a wall that shows one scene hears of no other topic, also after it has turned', async () => {
  const { page, heard } = await openListening(`${hall.url}/?scene=communities`);
  await postAndWait(page, heard, 'fixed-1');
  expect(await shownScene(page)).toBe('communities');
  expect([...deltaTopics(heard)]).toEqual(['communities']);
  // An address that names a scene stays there for ever, whatever key is pressed.
  await page.keyboard.press('1');
  await postAndWait(page, heard, 'fixed-2');
  expect(await shownScene(page)).toBe('communities');
  await page.close();

  const turning = await openListening(hall.url);
  await waitForScene(turning.page, 'overview');
  await turning.page.keyboard.press('2');
  await waitForScene(turning.page, 'communities');
  turning.heard.length = 0;
  await postAndWait(turning.page, turning.heard, 'turned-1');
  expect([...deltaTopics(turning.heard)]).toEqual(['communities']);
  await turning.page.close();
});

test('the playlist is edited while a wall is open, and a broken edit changes nothing', async () => {
  const { page } = await openListening(hall.url);
  await waitForScene(page, 'overview');
  const before = (await readBoard(hall.url)).seq;
  editScenes((scenes) => {
    scenes.playlist = [
      { scene: 'overview', seconds: 5, when: 'always' },
      { scene: 'ratings', seconds: 300, when: 'rated' },
      { scene: 'communities', seconds: 300, when: 'always' },
    ];
  });
  // Nobody has rated anything in this hall: that turn is passed over.
  await waitForScene(page, 'communities');
  expect((await readBoard(hall.url)).seq).toBeGreaterThan(before);

  writeFileSync(join(folder, 'documents/scenes.json'), '{ "version": 1, "playlist": [');
  await expect.poll(() => hall.output(), { timeout: 60_000 }).toContain('may not be used');
  expect(await shownScene(page)).toBe('communities');
  const { data } = await readBoard(hall.url);
  expect((data as { display: { playlist: unknown[] } }).display.playlist).toHaveLength(2);
  await page.close();
});

test('a key holds the playlist and says so; the hall’s theme and language are followed, a key overrules them', async () => {
  writeFileSync(
    join(folder, 'documents/scenes.json'),
    readFileSync(join(folder, 'documents/scenes.last-good.json'), 'utf8'),
  );
  const { page } = await openListening(hall.url);
  await page.keyboard.press(' ');
  await page.getByText('已暂停').waitFor();
  await page.keyboard.press(' ');
  await page.getByText('已暂停').waitFor({ state: 'detached' });
  editScenes((scenes) => {
    scenes.theme = 'light';
    scenes.language = 'en';
  });
  await page.locator('html[data-theme="light"][lang="en"]').waitFor();
  await page.keyboard.press('l');
  await page.keyboard.press('t');
  await page.locator('html[data-theme="contrast"][lang="zh-CN"]').waitFor();
  await page.reload();
  await page.locator('main.wall').waitFor();
  const look = () => page.evaluate(() => [document.documentElement.dataset['theme'], document.documentElement.lang]);
  await expect.poll(look, { timeout: 60_000 }).toEqual(['contrast', 'zh-CN']);
  await page.close();
});
