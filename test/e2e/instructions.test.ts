// 批示 from its giving to its end: its owner says what was done, whoever gave it reads that and closes it; on a telephone and at a desk, in both languages.
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { briefLanguages } from '../../client/words/brief.ts';
import { createMovingClock } from '../server/moving-clock.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findFaults, openAs, openAt, PASSWORD, PHONE_SIZE, takePicture } from './staff-pages.ts';

/** A Tuesday at ten. */
const NOW = Date.parse('2019-11-26T10:00:00+08:00');
const DAY_MS = 86_400_000;
const clock = createMovingClock(NOW);
let hall: StaffedHall;
let browser: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({ clock });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

async function instruct(id: string, note: string, dueOn: string): Promise<void> {
  const leader = await hall.signIn('leader');
  const body = { id: id.padEnd(20, 'x'), matter: 'check', station: 'meifeng', note, owner: 'elsewhere', dueOn };
  expect((await leader.ask('POST', '/api/brief/instructions', body)).status).toBe(200);
}

const DESK = { width: 1440, height: 900 };
test.each([
  ['zh', 'a telephone', PHONE_SIZE],
  ['en', 'a telephone', PHONE_SIZE],
  ['zh', 'a desk', DESK],
  ['en', 'a desk', DESK],
] as const)('in %s on %s its owner reports and whoever gave it closes it', async (language, name, viewport) => {
  clock.set(NOW);
  const words = briefLanguages[language];
  const own = words.instructions;
  const path = `/brief?lang=${language}`;
  const [drawn, note] = [`${language}${name.replaceAll(' ', '')}`, '补做昨天的办件核查，查到的问题当天联系群众'];
  await instruct(drawn, note, '2019-11-26');
  clock.set(NOW + 2 * DAY_MS);

  const owner = await openAs(browser, hall, 'elsewhere', path, { viewport });
  await owner.getByText(words.forbidden).waitFor();
  await owner.getByText(own.yours).waitFor();
  await owner.getByText(own.late(words.date(11, 26))).waitFor();
  expect(await owner.getByRole('button', { name: own.close.open }).count()).toBe(0);
  expect(await findProblems(owner)).toEqual([]);
  expect(await findFaults(owner)).toEqual([]);
  await takePicture(owner, `instructions-owner-${language}-${name}`);
  await owner.getByRole('button', { name: `${own.report.open} ${note}` }).click();
  const report = owner.getByRole('dialog');
  await report.getByRole('button', { name: own.report.send }).click();
  await report.getByText(own.report.missing).waitFor();
  await report.getByLabel(own.report.note).fill('请打 13812345678');
  await report.getByRole('button', { name: own.report.send }).click();
  await report.getByText(words.instruct.identity).waitFor();
  await report.getByLabel(own.report.note).fill('已补做，两件有问题，均已联系。');
  expect(await findProblems(owner)).toEqual([]);
  expect(await findFaults(owner)).toEqual([]);
  await takePicture(owner, `instructions-report-${language}-${name}`);
  await report.getByRole('button', { name: own.report.send }).click();
  await owner.locator('.report').getByText('已补做，两件有问题，均已联系。').waitFor();
  await owner.context().close();

  const manager = await openAs(browser, hall, 'manager', path, { viewport });
  await manager.locator('.report').waitFor();
  await manager.context().close();

  const leader = await openAs(browser, hall, 'leader', path, { viewport });
  await leader.getByRole('link', { name: note }).waitFor();
  await leader.getByText(own.owner('示例elsewhere')).waitFor();
  await leader.locator('.report').scrollIntoViewIfNeeded();
  expect(await leader.getByRole('button', { name: `${own.report.open} ${note}` }).count()).toBe(0);
  expect(await findProblems(leader)).toEqual([]);
  expect(await findFaults(leader)).toEqual([]);
  await takePicture(leader, `instructions-leader-${language}-${name}`);
  await leader.getByRole('button', { name: `${own.close.open} ${note}` }).click();
  const close = leader.getByRole('dialog');
  await close.getByRole('button', { name: own.close.send }).click();
  await close.getByText(own.close.missing).waitFor();
  await close.getByText(own.close.results.rectified).click();
  expect(await findProblems(leader)).toEqual([]);
  expect(await findFaults(leader)).toEqual([]);
  await takePicture(leader, `instructions-close-${language}-${name}`);
  await close.getByRole('button', { name: own.close.send }).click();
  await leader.getByRole('link', { name: note }).waitFor({ state: 'detached' });
  await leader.context().close();
});

test('a telephone that stays signed in gives the password before it closes one', async () => {
  clock.set(NOW);
  await instruct('kept', '补做核查', '2019-11-28');
  const [name = '', value = ''] = (await hall.signIn('leader', true)).cookie.split('=');
  // As if the password had been given yesterday.
  const accounts = new DatabaseSync(join(hall.folder, 'access.sqlite'));
  accounts.prepare('UPDATE sessions SET confirmed_at = confirmed_at - ?').run(DAY_MS);
  accounts.close();
  const page = await openAt(browser, `${hall.url}/brief`, { viewport: PHONE_SIZE });
  await page.context().addCookies([{ name, value, url: hall.url }]);
  await page.reload();
  await page.getByRole('button', { name: '销号 补做核查' }).click();
  const close = page.getByRole('dialog');
  await close.getByText('已说明').click();
  await close.getByRole('button', { name: '销号' }).click();
  await close.getByLabel('密码', { exact: true }).fill(PASSWORD);
  expect(await findFaults(page)).toEqual([]);
  await close.getByRole('button', { name: '销号' }).click();
  await page.getByRole('link', { name: '补做核查' }).waitFor({ state: 'detached' });
  await page.context().close();
});
