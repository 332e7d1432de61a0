// The brief without TLS, by a name in the hall's network: what is copied there as text arrives where it is pasted.
import { chromium, type Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStaffedHall, PASSWORD, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { describeBrowser } from './browser.ts';
import { findFaults, openAt, PHONE_SIZE, takePicture } from './staff-pages.ts';

/** A Tuesday at ten. */
const NOW = Date.parse('2019-11-26T10:00:00+08:00');
/** To a browser, only this machine itself is trusted without TLS. */
const NAME = 'hall.test';

let hall: StaffedHall;
let browser: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({
    clock: { now: () => NOW, untilMs: (at) => at - NOW },
    server: { hosts: [NAME] },
  });
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

test.each([
  ['zh-CN', '工号', '密码', '复制文字', '已复制', '没有加密连接，断网时打不开本页。'],
  [
    'en-GB',
    'Staff',
    'Password',
    'Copy text',
    'Copied',
    'The connection is not encrypted: this page does not open offline.',
  ],
])('in %s its text is copied whole', async (locale, staff, password, copy, copied, notKept) => {
  const url = new URL(hall.url);
  url.hostname = NAME;
  const page = await openAt(browser, `${url.origin}/sign-in?next=/brief`, { viewport: PHONE_SIZE, locale });
  await page.getByLabel(staff).fill('leader');
  await page.getByLabel(password, { exact: true }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/brief');
  const sentence = page.locator('.sentence');
  await sentence.waitFor();
  expect(await page.evaluate(() => [isSecureContext, 'clipboard' in navigator])).toEqual([false, false]);
  await page.getByText(notKept).waitFor();
  await page.getByRole('button', { name: copy }).click();
  await page.getByText(copied, { exact: true }).waitFor();
  // Nothing at the foot, which stays where it is, hangs over the edge.
  const edges = await page
    .locator('footer :is(a, button)')
    .evaluateAll((all) =>
      all.map((one) => Math.max(-one.getBoundingClientRect().left, one.getBoundingClientRect().right - innerWidth)),
    );
  expect(edges.filter((over) => over > 0)).toEqual([]);
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, `plain-brief-${locale}`);
  const said = await sentence.innerText();
  // The message that it goes into.
  const message = await page.context().newPage();
  await message.setContent('<textarea></textarea>');
  await message.locator('textarea').focus();
  await message.keyboard.press('Control+V');
  const [head, text] = (await message.locator('textarea').inputValue()).split('\n');
  expect(head).toContain('梅林街道政务服务大厅');
  expect(text).toBe(said);
  await page.context().close();
});
