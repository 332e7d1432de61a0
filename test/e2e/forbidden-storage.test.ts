// A browser that keeps nothing for a page shows every page all the same.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openBrowser } from './browser.ts';
import { findDemo } from './demo.ts';

let browser: Browser;
let url: string;
beforeAll(async () => {
  [browser, url] = await Promise.all([openBrowser(), findDemo()]);
});
afterAll(() => browser.close());

test.each(['/', '/public', '/wall/self-test'])('%s', async (path) => {
  const page = await browser.newPage({ viewport: { width: 1920, height: 1080 } });
  const errors: string[] = [];
  page.on('pageerror', ({ message }) => errors.push(message));
  await page.addInitScript(() => {
    // As Chromium answers where cookies are blocked.
    const get = () => {
      throw new DOMException('Access is denied for this document.', 'SecurityError');
    };
    for (const name of ['localStorage', 'sessionStorage']) Object.defineProperty(window, name, { get });
  });
  await page.goto(url + path);
  await page.locator('main').waitFor();
  const theme = () => page.evaluate(() => document.documentElement.dataset['theme']);
  expect(await theme()).toBe('deep');
  await page.keyboard.press('t');
  await expect.poll(theme).toBe('light');
  expect(errors).toEqual([]);
  await page.close();
});
