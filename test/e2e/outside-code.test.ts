// The code that citizens scan to write from outside: made by the product for each station, printed, taken into a poster; said where there is none.
import type { Browser } from 'playwright-core';
import { renderSVG } from 'uqr';
import { afterEach, beforeAll, afterAll, expect, test } from 'vitest';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findFaults, FINGER_PX, openAs, openAt, PHONE_SIZE, takePicture } from './staff-pages.ts';

const ADDRESS = 'http://localhost';
let browser: Browser;
let hall: StaffedHall | undefined;
beforeAll(async () => {
  browser = await openBrowser();
});
afterEach(async () => {
  await hall?.close();
  hall = undefined;
});
afterAll(() => browser.close());

test('of each station a code leads to the form at that station, is printed alone on one page, and can be taken as a file', async () => {
  const outside = { port: 0, host: '127.0.0.1', address: ADDRESS, trustProxy: 0 };
  hall = await openStaffedHall({ server: { outside } });
  const page = await openAs(browser, hall, 'manager', '/settings#voices');
  const part = page.getByRole('region', { name: '群众扫码留言' });
  const codeOf = (address: string) =>
    `data:image/svg+xml,${encodeURIComponent(renderSVG(address, { ecc: 'M', border: 4 }))}`;
  expect(await part.getByRole('img').getAttribute('src')).toBe(codeOf(`${ADDRESS}/say`));
  await part.getByLabel('贴在哪里').selectOption('meifeng');
  expect(await part.getByRole('img', { name: '留言二维码：梅丰社区' }).getAttribute('src')).toBe(
    codeOf(`${ADDRESS}/say?at=meifeng`),
  );
  expect(await part.getByRole('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await part.scrollIntoViewIfNeeded();
  await takePicture(page, 'settings-outside');
  const downloading = page.waitForEvent('download');
  await part.getByRole('link', { name: /^下载图片/ }).click();
  expect((await downloading).suggestedFilename()).toBe('say-meifeng.svg');
  await page.emulateMedia({ media: 'print' });
  expect(await page.getByText('扫码提建议、反映办不成的事、投诉').isVisible()).toBe(true);
  expect(await page.getByText('查看修改并保存').isVisible()).toBe(false);
  expect((await page.pdf()).toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await takePicture(page, 'settings-outside-print');
  await page.context().close();
  // What it leads to, as a telephone opens it.
  const phone = await openAt(browser, `http://127.0.0.1:${hall.server.outsidePort}/say?at=meifeng`, {
    viewport: PHONE_SIZE,
    hasTouch: true,
  });
  await phone.getByRole('button', { name: '反映办不成事' }).tap();
  expect(await phone.getByRole('combobox').inputValue()).toBe('meifeng');
  await phone.context().close();
  const small = await openAs(browser, hall, 'manager', '/settings#voices', { viewport: PHONE_SIZE, hasTouch: true });
  await small.getByRole('region', { name: '群众扫码留言' }).getByRole('img').waitFor();
  expect(await findFaults(small, FINGER_PX)).toEqual([]);
  await takePicture(small, 'settings-outside-phone', { fullPage: true });
  await small.context().close();
});

test('a hall without an address outside is told that there is no code, and why', async () => {
  hall = await openStaffedHall();
  const page = await openAs(browser, hall, 'manager', '/settings#voices', { locale: 'en-GB' });
  const part = page.getByRole('region', { name: 'Scanned to write' });
  await part.getByText(/^No address outside the hall is configured/).waitFor();
  expect(await part.getByRole('img').count()).toBe(0);
  await page.context().close();
});
