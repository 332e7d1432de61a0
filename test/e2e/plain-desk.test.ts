// The desk without TLS, as most halls have it: it works, and says in one calm line what is missing and where to read how to have it.
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMovingClock } from '../server/moving-clock.ts';
import { openStaffedHall, PASSWORD, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { describeBrowser } from './browser.ts';
import { findFaults, giveNameAndPassword, openAt, takePicture } from './staff-pages.ts';

/** A Thursday in November, at ten in the morning. */
const TEN = Date.parse('2026-11-26T10:00:00+08:00');
/** A name in the hall's own network: to a browser, only this machine itself is trusted without TLS. */
const NAME = 'hall.test';

let hall: StaffedHall;
let browser: Browser;
const clock = createMovingClock(TEN);
beforeAll(async () => {
  hall = await openStaffedHall({ clock, server: { hosts: [NAME] } });
  const { executablePath, args } = describeBrowser();
  browser = await chromium.launch({
    executablePath,
    args: [...args, `--host-resolver-rules=MAP ${NAME} 127.0.0.1`],
  });
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

async function openDesk(host: string, options: Parameters<typeof openAt>[2] = {}): Promise<Page> {
  const url = new URL(hall.url);
  url.hostname = host;
  const page = await openAt(browser, `${url.origin}/sign-in?next=/desk`, options);
  if (options.locale === undefined) await giveNameAndPassword(page, 'clerk', PASSWORD);
  else {
    await page.getByLabel('Staff').fill('clerk');
    await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await page.keyboard.press('Enter');
  }
  await page.waitForURL('**/desk');
  await page.getByText(/已连接|Connected/).waitFor();
  return page;
}

test('an address without TLS is named as one at the foot and under the keys, with the way to the page about it', async () => {
  const page = await openDesk(NAME);
  expect(await page.evaluate(() => [isSecureContext, 'clipboard' in navigator])).toEqual([false, false]);
  const link = page.getByRole('contentinfo').getByRole('link', { name: '连接未加密' });
  expect(await link.getAttribute('title')).toContain('断网时不要关掉或刷新本页');
  await takePicture(page, 'plain');
  expect(await findFaults(page)).toEqual([]);
  expect(await findProblems(page)).toEqual([]);
  await page.keyboard.press('?');
  await page.getByRole('dialog').getByText('断网时不要关掉或刷新本页').waitFor();
  await takePicture(page, 'plain-keys');
  expect(await findFaults(page)).toEqual([]);
  expect(await findProblems(page)).toEqual([]);
  // It opens beside the desk, which stays.
  const [trust] = await Promise.all([
    page.context().waitForEvent('page'),
    page.getByRole('dialog').getByRole('link', { name: '怎样改成加密连接' }).click(),
  ]);
  await trust.waitForURL('**/trust');
  await trust.getByRole('heading', { level: 1 }).waitFor();
  await trust.close();
  await page.keyboard.press('Escape');
  await page.context().close();
});

test('there everything is written down and kept as elsewhere, also while there is no network', async () => {
  const page = await openDesk(NAME);
  await page.context().setOffline(true);
  await page.getByText('已断开').waitFor({ timeout: 60_000 });
  await page.getByRole('combobox').fill('少儿');
  await page.getByRole('button', { name: /受理并办结/ }).waitFor();
  await page.getByRole('combobox').press('Enter');
  await page.getByText('待上传 1 条').waitFor();
  await page.context().setOffline(false);
  await page.getByText('待上传 0 条').waitFor({ timeout: 60_000 });
  const events = await hall.server.ledger.read(0, 1_000);
  expect(events.filter(({ type }) => type === 'hall.case.accepted')).toHaveLength(1);
  await page.context().close();
});

test('it fits in English as well, and an address that the browser trusts is told nothing', async () => {
  const english = await openDesk(NAME, { locale: 'en-GB' });
  await english.getByRole('link', { name: 'Not encrypted' }).waitFor();
  await takePicture(english, 'plain-en');
  expect(await findFaults(english)).toEqual([]);
  await english.context().close();
  const trusted = await openDesk('127.0.0.1');
  expect(await trusted.evaluate(() => isSecureContext)).toBe(true);
  await trusted.keyboard.press('?');
  await trusted.getByRole('dialog').waitFor();
  expect(await trusted.getByText('未加密').count()).toBe(0);
  expect(await trusted.locator('a[href="/trust"]').count()).toBe(0);
  await trusted.context().close();
});
