// The desk on a tablet and on a small screen, touched with a finger: every part and dialog is whole, large enough, and has what matters in reach.
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMovingClock } from '../server/moving-clock.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { postEvents, wireEvent } from './hall-client.ts';
import { FINGER_PX, findFaults, openAs, takePicture } from './staff-pages.ts';

/** A Thursday in November, at ten in the morning. */
const TEN = Date.parse('2026-11-26T10:00:00+08:00');
const SIZES = [
  { name: 'lying', width: 1024, height: 768 },
  { name: 'upright', width: 768, height: 1024 },
  { name: 'small', width: 600, height: 1024 },
  { name: 'telephone', width: 390, height: 844 },
] as const;

let hall: StaffedHall;
let browser: Browser;
const clock = createMovingClock(TEN);
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
beforeEach(async () => {
  hall = await openStaffedHall({
    clock,
    profile: (profile) =>
      Object.assign(profile, {
        feeds: ['requests', 'ratings'].map((fact) => ({ fact, source: `/vendor/one-window/${fact}`, station: 'hall' })),
      }),
  });
  await fill();
});
afterEach(() => hall.close());

/** A hall that works: some wait, cases are open, one is overdue, an appointment is due, an alarm stands. */
async function fill(): Promise<void> {
  const tell = async (id: string, type: string, data: object, ago = 0): Promise<void> => {
    const { body } = await postEvents(
      hall.url,
      wireEvent(id, type, data as Record<string, unknown>, clock.now() - ago),
      {
        key: KEY,
      },
    );
    expect(body).toMatchObject({ accepted: 1 });
  };
  const items = ['mi-03', 'mi-02', 'mi-05', 'mi-04'];
  for (const [i, item] of items.entries())
    await tell(
      `c${i}`,
      'hall.case.accepted',
      {
        case: `case-${i}`,
        station: 'hall',
        channel: 'window',
        item,
        handling: 'promised',
        promisedBy: new Date(clock.now() + (i - 1) * 86_400_000).toISOString(),
      },
      2 * 86_400_000,
    );
  await tell('a1', 'hall.appointment.booked', {
    appointment: 'ap-1',
    station: 'hall',
    item: 'mi-03',
    at: new Date(clock.now() + 30 * 60_000).toISOString(),
  });
  await tell('w1', 'hall.alarm.raised', {
    alarm: 'al-1',
    kind: 'window-overtime',
    station: 'hall',
    window: 'w03',
    proposal: '请站长到 03 号窗口查看',
  });
  const lead = await hall.signIn('lead');
  const ask = async (command: string, body: object): Promise<void> => {
    const { status } = await lead.ask('POST', `/api/desk/queue/${command}`, { station: 'hall', ...body });
    expect([command, status]).toEqual([command, 200]);
  };
  for (let n = 0; n < 5; n++)
    await ask('take', { ...(n === 2 ? { green: true } : {}), ...(n === 3 ? { line: 'medical-insurance' } : {}) });
  const feed = { station: 'hall', facts: ['ratings'], status: 'desk' };
  expect((await lead.ask('POST', '/api/desk/feed', feed)).status).toBe(200);
  await ask('open', { window: 'w03' });
  const clerk = await hall.signIn('clerk');
  expect((await clerk.ask('POST', '/api/desk/queue/open', { station: 'hall', window: 'w01' })).status).toBe(200);
  await ask('call', { window: 'w03' });
  await ask('pass', { window: 'w03' });
}

async function isInSight(part: Locator): Promise<boolean> {
  const { height } = part.page().viewportSize()!;
  const box = await part.boundingBox();
  return box !== null && box.y >= 0 && box.y + box.height <= height;
}

describe.each(SIZES)('$name, $width × $height', ({ name, ...viewport }) => {
  test('every part and dialog', async () => {
    const page = await openAs(browser, hall, 'lead', '/desk', { viewport, hasTouch: true });
    await page.getByText('已连接').waitFor();
    const look = async (what: string): Promise<void> => {
      await takePicture(page, `${name}-${what}`);
      expect(await findFaults(page, FINGER_PX), what).toEqual([]);
      expect(await findProblems(page), what).toEqual([]);
    };
    await look('no-window');
    await page.getByRole('button', { name: '选择窗口' }).tap();
    await look('place');
    await page.getByRole('button', { name: '开窗 03号窗' }).tap();
    await page.getByRole('button', { name: /^呼叫下一位/ }).waitFor();
    await look('free');
    await page.getByRole('button', { name: /^呼叫下一位/ }).tap();
    await page.getByRole('button', { name: /办完，请评价/ }).waitFor();
    await look('serving');
    // What is done next and what is written down are both there without a scroll, and no keyboard has come up over them.
    for (const part of [page.getByRole('button', { name: /办完，请评价/ }), page.getByRole('combobox')])
      await expect.poll(() => isInSight(part)).toBe(true);
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('INPUT');
    await page.getByRole('combobox').fill('mzbx');
    await page.getByRole('button', { name: /受理，承诺/ }).waitFor();
    await look('found');
    await page.getByRole('button', { name: '容缺' }).tap();
    await look('missing');
    await page.getByLabel(/缺哪些材料/).fill('户口簿复印件');
    await page.getByRole('button', { name: /受理，承诺/ }).tap();
    await page.getByText('已登记：门诊医疗费用报销').waitFor();
    await look('recorded');
    if (viewport.width >= 768) {
      expect(await isInSight(page.getByRole('button', { name: /办完，请评价/ }))).toBe(true);
      expect(await isInSight(page.getByRole('button', { name: /^撤销/ }).first())).toBe(true);
    }
    const dialog = page.getByRole('dialog');
    for (const [what, button] of [
      ['consult', /^咨询/],
      ['service', /^服务/],
      ['transfer', '转窗口'],
      ['passed', /^过号 \d/],
      ['switch', '换人'],
    ] as const) {
      await page.getByRole('button', { name: button }).first().tap();
      await dialog.waitFor();
      await look(what);
      await dialog.getByRole('button', { name: '关闭' }).tap();
      await dialog.waitFor({ state: 'detached' });
    }
    await page.getByRole('button', { name: /办完，请评价/ }).tap();
    await page.getByText('窗口空闲').waitFor();
    await page.getByRole('button', { name: '暂停' }).tap();
    await look('pause');
    await dialog.getByRole('button', { name: '关闭' }).tap();
    for (const part of ['在办', '排队', '其他登记', '告警']) {
      await page.getByRole('navigation').getByRole('button', { name: part }).tap();
      await look(part);
    }
    await page.getByRole('navigation').getByRole('button', { name: '在办' }).tap();
    await page.getByRole('button', { name: '办结' }).first().tap();
    await look('finish');
    await page.context().close();
  });
});

test('on a PC a lead sees which system is down and stands in for', async () => {
  const page = await openAs(browser, hall, 'lead', '/desk');
  await page.getByText('已连接').waitFor();
  await page.getByRole('navigation').getByRole('button', { name: '排队' }).click();
  await page.getByText('系统故障期间，现由工作台登记').waitFor();
  await takePicture(page, 'pc-feeds');
  expect(await findFaults(page)).toEqual([]);
  expect(await findProblems(page)).toEqual([]);
  await page.context().close();
});
