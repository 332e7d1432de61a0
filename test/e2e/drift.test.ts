// Both displays drift against burn-in by this machine's own clock, inside their own margin: nothing leaves the screen.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { driftAt } from '../../client/display/drift.ts';
import { openBrowser } from './browser.ts';
import { CROWDED_AT } from './crowded-hall.ts';
import { openToldHall, type ToldHall } from './told-hall.ts';

let browser: Browser;
let hall: ToldHall;
beforeAll(async () => {
  [browser, hall] = await Promise.all([openBrowser(), openToldHall(CROWDED_AT)]);
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

const PX_A_REM = 20;
const SLOT_MS = 600_000;
const CYCLE = 9;

test.each(['/', '/public'])('%s', async (path) => {
  const seen: { x: number; y: number }[] = [];
  const drifted: { x: number; y: number }[] = [];
  for (const slot of [0, 2, 6]) {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
    const at = CYCLE * SLOT_MS * 300_000 + slot * SLOT_MS;
    await page.addInitScript((now) => void (Date.now = () => now), at);
    await page.goto(hall.url + path);
    const header = page.locator('main.picture > header');
    await header.waitFor();
    const { x, y } = (await header.boundingBox())!;
    seen.push({ x: Math.round(x), y: Math.round(y) });
    const drift = driftAt(at);
    drifted.push({ x: drift.x * PX_A_REM, y: drift.y * PX_A_REM });
    expect(await page.locator('main.picture').boundingBox()).toEqual({ x: 0, y: 0, width: 1920, height: 1080 });
    expect(await page.evaluate(() => [document.body.scrollWidth, document.body.scrollHeight])).toEqual([1920, 1080]);
    await page.close();
  }
  expect(drifted).toEqual([
    { x: 0, y: 0 },
    { x: 6, y: 6 },
    { x: -6, y: -6 },
  ]);
  const [rest] = seen;
  expect(seen.map(({ x, y }) => ({ x: x - rest!.x, y: y - rest!.y }))).toEqual(drifted);
});
