// The page that explains the HTTP contract in a real browser: for everybody, found by a word, opened field by field.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findFaults, openAt, PHONE_SIZE } from './staff-pages.ts';

let browser: Browser;
let hall: StaffedHall;
beforeAll(async () => {
  [browser, hall] = await Promise.all([openBrowser(), openStaffedHall()]);
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

test('whoever connects a system finds a route by a word, and what it takes and answers', async () => {
  const page = await openAt(browser, `${hall.url}/api`);
  await page.getByLabel('找接口').fill('ledger whole');
  const route = page.locator('summary').filter({ hasText: '/api/events' });
  await expect.poll(() => page.locator('section summary').count()).toBe(1);
  await route.click();
  // Each type of event that a sender may say, by its fields; none that only the hall says.
  await page.getByText('hall.case.accepted', { exact: true }).click();
  await page.getByText('data', { exact: true }).click();
  await page.getByText('promisedBy', { exact: true }).waitFor();
  expect(await page.getByText('hall.day.closed', { exact: true }).count()).toBe(0);
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await page.getByLabel('找接口').fill('没有');
  await page.getByText('没有这样的接口。').waitFor();
  await page.context().close();
});

test('it fits a telephone in English and in the dark', async () => {
  const page = await openAt(browser, `${hall.url}/api`, {
    viewport: PHONE_SIZE,
    locale: 'en-GB',
    colorScheme: 'dark',
  });
  await page.locator('summary').filter({ hasText: '/api/checks' }).first().click();
  await page.getByText('isCut', { exact: true }).waitFor();
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await page.context().close();
});
