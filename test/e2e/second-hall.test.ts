// A wall of a server's second hall: it is opened by that hall's address, and shows that hall alone.
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KEYS, openTwoHalls, SECOND_QUERY, type TwoHalls } from '../server/two-halls.ts';
import { openBrowser, openWall, readHeader, waitForWindowCases, windowCases } from './browser.ts';
import { acceptance, postEvents } from './hall-client.ts';
import { findRoot } from './product.ts';

let halls: TwoHalls;
let browser: Browser;

beforeAll(async () => {
  [halls, browser] = await Promise.all([openTwoHalls(join(findRoot(), 'dist/client')), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await halls.close();
});

test('a wall of the second hall lives by the second hall’s events, over its socket and by asking', async () => {
  const wall = (query: string) => `${halls.url}/${query}scene=overview&token=`;
  const first = await openWall(browser, wall('?') + halls.tokenOf('first'));
  const second = await openWall(browser, wall(`${SECOND_QUERY}&`) + halls.tokenOf('second'));
  await postEvents(halls.url, [acceptance('a'), acceptance('b')], { key: KEYS.first });
  await postEvents(halls.url, acceptance('a'), { key: KEYS.second, query: SECOND_QUERY });
  await waitForWindowCases(first, '2', 30_000);
  await waitForWindowCases(second, '1', 30_000);
  expect(await windowCases(second)).toBe('1');
  expect(await readHeader(second)).not.toContain('停');

  const lost = await openWall(browser, second.url(), async (page) => {
    await page.context().addCookies(await second.context().cookies());
    await page.route('**/socket.io/**', (route) => route.abort());
  });
  await postEvents(halls.url, acceptance('c'), { key: KEYS.second, query: SECOND_QUERY });
  await waitForWindowCases(lost, '2', 30_000);
});
