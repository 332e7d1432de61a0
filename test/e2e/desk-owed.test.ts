// What cases still owe, at the desk in a real browser: the licence of one that was finished at once, and papers that came later.
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMovingClock } from '../server/moving-clock.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { sitDown } from './desk-hand.ts';
import { readDeeds } from './diary.ts';
import { DESK_SIZE, findFaults, openAs, PHONE_SIZE, takePicture } from './staff-pages.ts';

const DAY = '2026-11-26';
const at = (clock: string): number => Date.parse(`${DAY}T${clock}:00+08:00`);
const clock = createMovingClock(at('10:00'));
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

async function readLicences(): Promise<unknown> {
  const manager = await hall.signIn('manager');
  const { body } = await manager.ask('GET', `/api/measures?from=${DAY}&to=${DAY}&station=hall`);
  return (body as { licences: unknown }).licences;
}
/** How many licences the daily checks miss at the street hall. */
async function readMissed(): Promise<number> {
  const { body } = await (await hall.signIn('lead')).ask('GET', '/api/checks');
  return JSON.stringify(body).split('"licence-missing"').length - 1;
}
const deeds = async (type: string) => (await readDeeds(hall)).filter((deed) => deed.type === type);

test('the licence of a case that was handled at once is uploaded later on the same day, and so is that of a promised one', async () => {
  const { page, goTo, press, record, row } = await sitDown(browser, hall, 'clerk');
  await record('ca-02', '老年人优待证');
  await record('mi-01', '少儿医保');
  await record('la-03', '就业创业证申领');
  await goTo('在办');
  await press('办结', row('就业创业证申领'));
  await press('办结', page.getByRole('dialog'));
  await row('就业创业证申领').waitFor({ state: 'detached' });
  expect(await readLicences()).toEqual({ n: 0, of: 2 });
  expect(await readMissed()).toBe(2);

  clock.set(at('16:40'));
  await page.getByRole('radio', { name: '待传证照 2' }).click();
  // What yields no licence is none of them.
  await row('老年人优待证').waitFor();
  expect(await row('少儿医保').count()).toBe(0);
  await takePicture(page, 'licences');
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await press(/^上传证照 老年人优待证/);
  await row('老年人优待证').waitFor({ state: 'detached' });
  await page.getByRole('heading', { name: '待传证照 1' }).waitFor();
  await page.getByRole('textbox', { name: '按事项或号查找' }).fill('不在这里');
  await page.getByText('没有找到').waitFor();
  await page.getByRole('textbox', { name: '按事项或号查找' }).fill('创业证');
  await press(/^上传证照 就业创业证申领/);
  await expect.poll(async () => (await deeds('hall.licence.uploaded')).length, { timeout: 20_000 }).toBe(2);
  await page.getByRole('textbox', { name: '按事项或号查找' }).fill('');
  await page.getByText('62 天内办结的件，证照都已上传').waitFor();
  expect((await deeds('hall.licence.uploaded')).map(({ actor }) => actor)).toEqual(['staff:clerk', 'staff:clerk']);
  expect(await readLicences()).toEqual({ n: 2, of: 2 });
  expect(await readMissed()).toBe(0);
  await page.context().close();
});

test('an open case says which papers it lacks and until when, and is offered 材料补齐 until they have come', async () => {
  const { page, goTo, press, record, row } = await sitDown(browser, hall, 'clerk');
  await record('mi-06', '生育医疗费用报销', { chips: ['容缺'], papers: '出院小结\n结婚证' });
  await record('mi-03', '门诊医疗费用报销');
  await goTo('在办');
  await row('生育医疗费用报销').getByText('缺出院小结、结婚证，12月3日前补齐').waitFor();
  await row('门诊医疗费用报销').waitFor();
  await takePicture(page, 'papers');
  expect(await findProblems(page)).toEqual([]);
  expect(await page.getByRole('button', { name: '材料补齐' }).count()).toBe(1);
  await press('办结', row('生育医疗费用报销'));
  await page.getByRole('dialog').getByText('缺出院小结、结婚证').waitFor();
  await press('关闭', page.getByRole('dialog'));
  await press('材料补齐', row('生育医疗费用报销'));
  await page.getByText('缺出院小结').waitFor({ state: 'detached' });
  expect(await page.getByRole('button', { name: '材料补齐' }).count()).toBe(0);
  await expect.poll(async () => (await deeds('hall.case.supplemented')).length, { timeout: 20_000 }).toBe(1);
  await page.context().close();
});

test('papers are supplied later, of an open case and of one that was finished without them, and the measures know', async () => {
  const { page, goTo, press, record, row } = await sitDown(browser, hall, 'clerk');
  const before = (await deeds('hall.case.supplemented')).length;
  await record('la-02', '失业登记', { chips: ['容缺'], papers: '户口本' });
  await record('la-05', '灵活就业社会保险补贴', { chips: ['容缺'], papers: '结婚证' });
  await goTo('在办');
  await press('办结', row('灵活就业社会保险补贴'));
  await press('办结', page.getByRole('dialog'));
  await row('灵活就业社会保险补贴').waitFor({ state: 'detached' });
  clock.set(Date.parse('2026-11-30T09:30:00+08:00'));
  await page.getByRole('radio', { name: '待补材料 2' }).click();
  await row('失业登记').getByText('缺户口本，').waitFor();
  await row('灵活就业社会保险补贴').getByText('缺结婚证，').waitFor();
  await takePicture(page, 'papers-of-finished');
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('textbox', { name: '按事项或号查找' }).fill('不在这里');
  await page.getByText('没有找到').waitFor();
  await page.getByRole('textbox', { name: '按事项或号查找' }).fill('失业');
  await press(/^材料补齐 失业登记/);
  await row('失业登记').waitFor({ state: 'detached' });
  await page.getByRole('textbox', { name: '按事项或号查找' }).fill('');
  await press(/^材料补齐 灵活就业社会保险补贴/);
  await page.getByText('没有待补的材料').waitFor();
  await page.getByRole('heading', { name: '待补材料 0' }).waitFor();
  await expect.poll(async () => (await deeds('hall.case.supplemented')).length, { timeout: 20_000 }).toBe(before + 2);
  clock.set(Date.parse('2026-12-31T09:30:00+08:00'));
  const manager = await hall.signIn('manager');
  const { body } = await manager.ask('GET', '/api/measures?from=2026-11-26&to=2026-12-31&station=hall');
  expect((body as { suppliedInTime: unknown }).suppliedInTime).toEqual({ n: before + 2, of: before + 2 });
  clock.set(at('16:40'));
  await page.context().close();
});

test.each([
  ['zh', 'a desk', DESK_SIZE],
  ['en', 'a desk', DESK_SIZE],
  ['zh', 'a tablet', { width: 820, height: 1180 }],
  ['zh', 'a telephone', PHONE_SIZE],
] as const)('in %s on %s more than fifty of them read well, and any is found', async (language, name, viewport) => {
  for (let i = 0; i < 60; i++)
    for (const [type, data] of [
      [
        'hall.case.accepted',
        { station: 'hall', channel: 'window', item: 'ca-02', window: 'w03', ticket: `X${100 + i}` },
      ],
      ['hall.case.finished', { outcome: 'approved' }],
    ] as const) {
      const event = {
        specversion: '1.0',
        source: 'urn:other',
        id: `${type}-${i}`,
        type,
        data: { case: `m${i}`, ...data },
      };
      const time = new Date(at('11:00') - i * 60_000).toISOString();
      await hall.browser().ask('POST', '/api/events', { ...event, time }, { Authorization: `Bearer ${KEY}` });
    }
  const page = await openAs(browser, hall, 'clerk', `/desk?lang=${language}`, { viewport });
  const isZh = language === 'zh';
  await page.getByRole('button', { name: isZh ? /^在办/ : /^Open cases/ }).click();
  await page.getByRole('radio', { name: isZh ? '待传证照 60' : 'Licences to upload 60' }).click();
  await page.getByText(isZh ? '另有 10 件未列出' : '10 more are not listed').waitFor();
  await takePicture(page, `licences-${language}-${name}`);
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await page.getByRole('textbox').fill('x159');
  await page.getByText('X159').waitFor();
  await page.context().close();
});
