// Fonts and outages: what a display says while there is no server is written in letters that it has, and no font is left loading.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { acceptance, postEvents } from './hall-client.ts';
import { openLine } from './line.ts';
import { startProduct, type Product } from './product.ts';

let folder: string;
let browser: Browser;
let hall: Product;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-letters-'));
  [browser, hall] = await Promise.all([openBrowser(), startProduct({ folder })]);
  await postEvents(hall.url, acceptance('one'));
});
afterAll(async () => {
  await browser.close();
  await hall.stop();
  rmSync(folder, { recursive: true, force: true });
});

test.each([
  ['/', 'cut', '数据停在'],
  ['/', 'swallow', '数据停在'],
  ['/?lang=en', 'swallow', 'Data stopped at'],
  ['/public', 'cut', '数据暂停更新'],
  ['/public', 'swallow', '数据暂停更新'],
] as const)('O2: %s in an outage of the kind %s asks for no font', async (path, kind, said) => {
  const line = await openLine(hall.port);
  const page = await (await browser.newContext({ viewport: { width: 1920, height: 1080 } })).newPage();
  await page.goto(line.url + path);
  await page.locator('main.picture, main.wall').first().waitFor();
  await page.waitForLoadState('networkidle');
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'font') asked.push(request.url());
  });
  if (kind === 'swallow') line.swallow();
  else await line.close();
  await page.getByText(said).first().waitFor({ timeout: 60_000 });
  // The frame with the words has been laid out.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  expect(asked).toEqual([]);
  expect(await page.evaluate(() => document.fonts.status)).toBe('loaded');
  await page.context().close();
  if (kind === 'swallow') await line.close();
});
