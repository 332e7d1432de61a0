// 每日核查 as a manager does it in the morning: all that is in order at once, each finding answered, an issue given to somebody.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checksLanguages } from '../../client/words/checks.ts';
import { createMovingClock } from '../server/moving-clock.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findFaults, openAs, PHONE_SIZE, takePicture } from './staff-pages.ts';

/** A Tuesday, and the day before, on which nobody checked anything. */
const NOW = Date.parse('2019-11-26T16:30:00+08:00');
const clock = createMovingClock(Date.parse('2019-11-25T09:00:00+08:00'));
let hall: StaffedHall;
let browser: Browser;
let told = 0;
beforeAll(async () => {
  hall = await openStaffedHall({
    clock,
    profile(profile) {
      profile['dailyChecks'] = ['cases', 'licences', 'satisfaction', 'conduct', 'patrol'];
      profile['checks'] = { areas: [{ id: 'patrol', zh: '带班巡查', en: 'Patrol' }] };
    },
  });
  browser = await openBrowser();
  await tell('hall.case.accepted', '2019-11-25T09:00', {
    ...{ case: 'late', station: 'meifeng', channel: 'window', item: 'mi-02', promisedBy: '2019-11-26T12:00:00+08:00' },
  });
  clock.set(NOW);
  await tell('hall.rating.given', '2019-11-26T15:00', { score: 1, station: 'hall', medium: 'pad', window: 'w03' });
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

async function tell(type: string, time: string, data: object): Promise<void> {
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time: `${time}:00+08:00`, data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}

test.each([
  ['zh', 'a desk', { width: 1366, height: 768 }],
  ['en', 'a desk', { width: 1920, height: 1080 }],
  ['zh', 'a telephone', PHONE_SIZE],
  ['en', 'a telephone', PHONE_SIZE],
] as const)('in %s on %s it reads well, open and in an area', async (language, name, viewport) => {
  const words = checksLanguages[language].checks;
  const page = await openAs(browser, hall, 'manager', `/checks?lang=${language}`, { viewport });
  await page.getByText(words.findings('2')).waitFor();
  // Sixty-two days before: what is older is asked for no more, and where it stands is one press away.
  await page.getByText(words.within('2019-09-25')).waitFor();
  expect(await page.getByRole('link', { name: words.areas['licences']! }).getAttribute('href')).toContain(
    'term=licences&from=2019-07-25&to=2019-09-24',
  );
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, `checks-${language}-${name}`);
  await page.getByRole('button', { name: new RegExp(`${words.areas['cases']!}[：:].*${words.toAnswer('1')}`) }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: words.answers['follow-up'] }).first().click({ force: true });
  await dialog.getByRole('button', { name: words.dialog.submit }).click();
  await dialog.getByText(words.dialog.fill).waitFor();
  expect(await findProblems(page)).toEqual([]);
  await takePicture(page, `checks-area-${language}-${name}`);
  await page.context().close();
});

test('a morning: what is in order at once, a finding given to somebody, what was skipped explained', async () => {
  const words = checksLanguages.zh.checks;
  const page = await openAs(browser, hall, 'manager', '/checks');
  // Yesterday was skipped everywhere: nothing is in order before that is explained.
  await page.getByRole('button', { name: /^梅林街道政务服务大厅 证照上传/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(words.dialog.note).fill('昨日停电，未能核查');
  await dialog.getByRole('button', { name: words.dialog.submit }).click();
  await page.getByText(words.done('1')).waitFor();
  await page.getByRole('button', { name: /^梅丰社区 办件/ }).click();
  const late = dialog.getByRole('group').filter({ hasText: words.kinds.overdue });
  await late.getByText(words.answers['follow-up'], { exact: true }).click();
  await late.getByLabel(words.dialog.toDo).fill('联系申请人说明进度');
  await late.getByLabel(words.dialog.owner).selectOption('elsewhere');
  await dialog
    .getByRole('group')
    .filter({ hasText: words.kinds.skipped })
    .getByLabel(words.dialog.note)
    .fill('昨日停电');
  await dialog.getByRole('button', { name: words.dialog.submit }).click();
  await page.getByRole('button', { name: `梅丰社区 办件：${words.states.issue}` }).waitFor();
  // Nobody of the page is told twice: the finding is in hand.
  await page.getByRole('button', { name: /^梅丰社区 办件/ }).click();
  await dialog.getByText(words.kinds.overdue).waitFor();
  expect(await dialog.getByRole('group').count()).toBe(0);
  await page.keyboard.press('Escape');
  await takePicture(page, 'checks-morning');
  await page.context().close();
});

test('whoever is in order everywhere presses once, and is asked once', async () => {
  const words = checksLanguages.zh.checks;
  // What was skipped is explained of all at once, and nothing is checked by that.
  const first = await openAs(browser, hall, 'manager', '/checks');
  await first.getByRole('button', { name: /漏查 \d+ 项，一次说明/ }).click();
  await first.getByRole('dialog').getByLabel(words.dialog.note).fill('核查制度从本周起试行');
  await first.getByRole('button', { name: words.explainYes }).click();
  await first.getByText('漏查').first().waitFor({ state: 'detached' });
  expect(await first.getByRole('button', { name: /：待核查$/ }).count()).toBeGreaterThan(60);
  await first.context().close();
  const page = await openAs(browser, hall, 'manager', '/checks');
  await page.getByRole('button', { name: /无发现的 \d+ 项，一次核查/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: words.allYes }).click();
  await page.getByText(/已记下 \d+ 项核查。/).waitFor();
  // What is found stays, for each has its own answer.
  await page
    .getByRole('button', { name: /：待核查$/ })
    .first()
    .waitFor({ state: 'detached' });
  expect(await page.getByRole('button', { name: /待答复$/ }).count()).toBe(1);
  await takePicture(page, 'checks-all');
  // The wall of the communities says the same.
  await page.goto(`${hall.url}/?scene=communities`);
  await page
    .locator('.total')
    .getByText(/^办件 \d+\/\d+$/)
    .waitFor();
  await takePicture(page, 'checks-wall');
  await page.context().close();
});

test('a lead sees their own station, and a clerk is told whose page it is', async () => {
  const lead = await openAs(browser, hall, 'lead', '/checks');
  await lead.getByRole('rowheader', { name: '梅林街道政务服务大厅' }).waitFor();
  expect(await lead.getByRole('rowheader').count()).toBe(1);
  await lead.getByRole('button', { name: /^梅林街道政务服务大厅 作风/ }).click();
  await lead.getByText(checksLanguages.zh.checks.dialog.ownConduct).waitFor();
  await lead.context().close();
  const clerk = await openAs(browser, hall, 'clerk', '/checks');
  await clerk.getByText(checksLanguages.zh.checks.notAllowed).waitFor();
  await clerk.context().close();
});
