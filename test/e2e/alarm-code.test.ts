// The code of an alarm on the wall, read off pictures of the screen: large and clear enough at every size, in every look, and over no text.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openAlarmHall, type AlarmHall } from '../server/alarms/hall.ts';
import { openBrowser } from './browser.ts';
import { findFaults } from './inspect-screen.ts';
import { findRoot } from './product.ts';
import { readCode } from './read-code.ts';

const SIZES = ['1366x768', '1920x1080', '3840x2160', '5760x1080', '1080x1920'];
const LOOKS = ['lang=zh&theme=deep', 'lang=en&theme=light', 'lang=zh&theme=contrast'];
/** A telephone at arm's length before the smallest wall reads squares of this size. */
const LEAST_PX = 3;
/** ISO/IEC 18004. */
const LEAST_QUIET = 4;

let browser: Browser;
let hall: AlarmHall;
beforeAll(async () => {
  const dist = join(findRoot(), 'dist');
  const { build } = JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8')) as { build: string };
  [browser, hall] = await Promise.all([
    openBrowser(),
    openAlarmHall({
      pages: { folder: join(dist, 'client'), build },
      address: 'http://192.168.100.123:8080',
      // Nobody touches these walls: the header says that they are mute, which leaves the strip the least room.
      edit: { profile: (profile) => Object.assign(profile['alarms'] as object, { sound: true }) },
    }),
  ]);
  await hall.makeOvertime();
  // Others stand behind it: their number takes room in the same line.
  for (const [terminal, status] of [
    ['terminal-social-insurance', 'out-of-paper'],
    ['terminal-traffic', 'broken'],
  ] as const)
    await hall.tell('hall.terminal.changed', { terminal, station: 'hall', status });
  // Seen at one look, and still so half a minute later.
  await hall.goTo('10:20:45');
  await hall.goTo('10:21:20');
  expect(hall.alarms()).toHaveLength(3);
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

/** Words that a picture lies upon. */
function findCovered(page: Page, picture: string): Promise<string[]> {
  return page.evaluate((picture) => {
    const box = document.querySelector(picture)!.getBoundingClientRect();
    const walker = document.createTreeWalker(document.querySelector('#app')!, NodeFilter.SHOW_TEXT);
    const covered: string[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.textContent!.trim() === '' || node.parentElement!.closest('.visually-hidden')) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const { left, right, top, bottom } of range.getClientRects())
        if (left < box.right && right > box.left && top < box.bottom && bottom > box.top)
          covered.push(node.textContent!.trim());
    }
    return covered;
  }, picture);
}

const PLACES = { communities: 'header .alarm.strip', overview: 'section .alarm.panel' };
type Scene = keyof typeof PLACES;

async function check(scene: Scene, look: string, title: RegExp): Promise<void> {
  const picture = `${PLACES[scene]} img`;
  const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
  await page.goto(`${hall.url}/?scene=${scene}&${look}`);
  for (const size of SIZES) {
    const [width = 0, height = 0] = size.split('x').map(Number);
    await page.setViewportSize({ width, height });
    await page.locator(`${PLACES[scene]} strong`).filter({ hasText: title }).waitFor();
    await page.locator('header .muted').waitFor();
    const image = page.locator(picture);
    // Alarms take turns there: one may go while it is looked at.
    const { seen, top, covered } = await vi.waitFor(
      async () => {
        const seen = await readCode(browser, image);
        const covered = await findCovered(page, picture);
        return { seen, covered, top: (await image.boundingBox())!.y };
      },
      { timeout: 60_000 },
    );
    expect(seen.text, size).toMatch(/^HTTP:\/\/192\.168\.100\.123:8080\/A\/[A-Z2-7]{16}$/);
    expect(seen.squarePx, size).toBeGreaterThanOrEqual(LEAST_PX - 0.05);
    // A picture is cut out of the screen at whole pixels: one may be lost.
    expect(seen.quiet * seen.squarePx + 1, size).toBeGreaterThanOrEqual(LEAST_QUIET * LEAST_PX);
    // Drifted upwards it touches the edge, to a fraction of a pixel.
    expect(top, size).toBeGreaterThan(-0.5);
    expect(covered, size).toEqual([]);
    const text = look.includes('contrast') ? 7 : 4.5;
    const faults = await findFaults(page, { leastRem: 1.2, figures: 7, text });
    const ours = faults.filter(({ place }) => scene !== 'overview' || /alarm|windows/.test(place));
    expect(
      ours.map((fault) => `${fault.fault}: ${fault.text} in ${fault.place}: ${fault.detail}`),
      size,
    ).toEqual([]);
  }
  await page.close();
}

describe.each(['communities', 'overview'] as const)('on %s', (scene) => {
  test.each(LOOKS)('the code can be read at every size, %s', (look) => check(scene, look, /./));
});

describe('with a longer name', () => {
  beforeAll(async () => {
    const [id] = hall.alarms().find(([, { kind }]) => kind === 'window-overtime')!;
    const { status } = await fetch(`${hall.url}/api/alarms/${encodeURIComponent(id)}/ended`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${hall.codeOf(id)}` },
      body: JSON.stringify({ by: 's01' }),
    });
    expect(status).toBe(200);
    // What has ended is shown for a minute.
    await hall.goTo('10:22:40');
  });
  test.each([
    ['communities', LOOKS[1]!, /terminal/],
    ['overview', LOOKS[1]!, /terminal/],
    ['overview', LOOKS[0]!, /自助机/],
  ] as const)('on %s, %s', (scene, look, title) => check(scene, look, title));
});
