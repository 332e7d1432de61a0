// A leader's page on a telephone and at a desk: one sentence whose numbers lead to what they mean, what needs a decision, and a copy for a message.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Brief } from '../../domain/wire/brief.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findFaults, openAs, openAt, PHONE_SIZE, takePicture } from './staff-pages.ts';

/** A Tuesday at ten. */
const NOW = Date.parse('2019-11-26T10:00:00+08:00');
let hall: StaffedHall;
let browser: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({ clock: { now: () => NOW, untilMs: (at) => at - NOW } });
  browser = await openBrowser();
  await tell('hall.case.accepted', '2019-11-18T09:10:00+08:00', {
    ...{ case: 'c0', station: 'hall', channel: 'window', item: 'mi-03', promisedBy: '2019-12-05T18:00:00+08:00' },
  });
  for (const i of [30, 31])
    await tell('hall.case.accepted', `2019-11-19T09:${i}:00+08:00`, {
      ...{ case: `c${i}`, station: 'hall', channel: 'window', item: 'mi-02', promisedBy: '2019-12-05T18:00:00+08:00' },
    });
  for (let i = 0; i < 30; i++)
    await tell('hall.case.accepted', `2019-11-${i < 24 ? '25' : '26'}T09:${10 + i}:00+08:00`, {
      ...{ case: `d${i}`, station: i % 5 === 0 ? 'meifeng' : 'hall', channel: i % 4 === 0 ? 'online' : 'window' },
      ...{ item: 'mi-03', promisedBy: i === 0 ? '2019-11-25T18:00:00+08:00' : '2019-12-05T18:00:00+08:00' },
    });
  await tell('hall.rating.given', '2019-11-26T09:40:00+08:00', { score: 1, station: 'hall', medium: 'pad' });
  await tell('hall.followup.opened', '2019-11-26T09:41:00+08:00', { followup: 'f1', about: 'rating', station: 'hall' });
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

let told = 0;
async function tell(type: string, time: string, data: object): Promise<void> {
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time, data };
  const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect(status).toBe(200);
}

test.each([
  ['a telephone', PHONE_SIZE],
  ['a desk', { width: 1440, height: 900 }],
])('on %s it says in one sentence how the day goes, and each number what it is', async (name, viewport) => {
  const page = await openAs(browser, hall, 'leader', '/brief', { viewport });
  const sentence = page.locator('.sentence');
  await sentence.getByText('今日受理').waitFor();
  expect(await sentence.innerText()).toMatch(
    /^今日受理 6 件，其中窗口 \d+ 件，比上次周二同一时刻多 \d+ 件；.*差评 1 条；超期在办 1 件。$/,
  );
  await page.getByText('差评待回访，期限').waitFor();
  await page.getByText('门诊医疗费用报销，今天超期').waitFor();
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, `brief-${name}`);
  await sentence.getByRole('link').first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText('这段时间内受理的办件').waitFor();
  expect(await findProblems(page)).toEqual([]);
  await dialog.getByRole('button', { name: '关闭' }).click();

  await page.getByRole('radio', { name: '月' }).click();
  await page.getByRole('heading', { name: '11月', exact: true }).waitFor();
  await expect.poll(() => sentence.innerText()).toMatch(/^本月受理 33 件/);
  await page.getByRole('button', { name: '上一段' }).click();
  await page.getByRole('heading', { name: '10月' }).waitFor();
  expect(new URL(page.url()).search).toBe('?period=month&day=2019-10-01');
  expect(await page.getByText('待您定').count()).toBe(0);
  await page.reload();
  await page.getByRole('heading', { name: '10月' }).waitFor();
  await page.getByRole('button', { name: '下一段' }).click();
  await page.getByRole('button', { name: '自选' }).click();
  const scope = page.getByRole('dialog');
  await scope.getByLabel('站点').selectOption('meifeng');
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, `brief-scope-${name}`);
  await scope.getByRole('button', { name: '查看' }).click();
  await page.getByText('只看 梅丰社区').waitFor();
  await expect.poll(() => sentence.innerText()).toMatch(/^本月受理 6 件/);

  await page.getByRole('button', { name: '自选' }).click();
  await scope.getByLabel('从').fill('2019-11-18');
  await scope.getByRole('button', { name: '查看' }).click();
  await scope.getByText('起止日期要一起填。').waitFor();
  await scope.getByLabel('到').fill('2019-11-25');
  await scope.getByLabel('站点').selectOption('');
  await scope.getByLabel('事项').selectOption('mi-02');
  await scope.getByRole('button', { name: '查看' }).click();
  await page.getByText(/只看 /).waitFor();
  // There is no report of an item alone, and the link does not pretend so.
  await page.getByRole('link', { name: '全厅报告' }).waitFor();
  await expect.poll(() => sentence.innerText()).toMatch(/^11月18日至11月25日受理 2 件/);
  await sentence.getByRole('link').first().click();
  expect(await page.getByRole('link', { name: '看明细' }).getAttribute('href')).toContain('item=mi-02');
  await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();
  await takePicture(page, `brief-month-${name}`);
  await page.context().close();
});

test('in English, and a copy of it for a message where the page has no clipboard', async () => {
  const page = await openAs(browser, hall, 'leader', '/brief', { viewport: PHONE_SIZE, locale: 'en-GB' });
  await page.locator('.sentence').getByText('Today:').waitFor();
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
    document.addEventListener('copy', () => {
      const area = document.activeElement as HTMLTextAreaElement;
      document.title = area.value;
    });
  });
  await page.getByRole('button', { name: 'Copy text' }).click();
  await page.getByText('Copied').waitFor();
  expect(await page.title()).toMatch(
    /^梅林街道政务服务大厅 Tue 26 November as of \d\d:\d\d, not over\s+Today: 6 accepted, /,
  );
  await page.context().close();
});

/** The days of the picture as the server says them. */
function readDays(page: Page): Promise<Brief['days']> {
  return page.evaluate(async () => ((await (await fetch('/api/brief')).json()) as Brief).days);
}

test('bars begin at zero, and today’s, which is not over, is marked', async () => {
  const page = await openAs(browser, hall, 'leader', '/brief', { viewport: PHONE_SIZE });
  await page.getByText('最右为今天，尚未结束').waitFor();
  const days = await readDays(page);
  const drawn = await page.locator('.bars svg').evaluateAll((all) =>
    all.map((svg) => ({
      heights: [...svg.querySelectorAll('rect')].map((bar) => Number(bar.getAttribute('height'))),
      unfinished: [...svg.querySelectorAll('rect')].map((bar) => bar.classList.contains('unfinished')),
    })),
  );
  const kinds = ['windowCases', 'onlineCases', 'medicalCases', 'peopleServed'] as const;
  expect(drawn).toHaveLength(kinds.length);
  const rows = drawn.map((row, i) => ({ ...row, values: days.map((day) => day[kinds[i]!]) }));
  for (const { values, heights, unfinished } of rows) {
    const most = Math.max(1, ...values);
    const highest = Math.max(...heights);
    for (const [i, value] of values.entries()) expect(heights[i]).toBeCloseTo((value / most) * highest, 5);
    expect(unfinished.flatMap((is, i) => (is ? [i] : []))).toEqual([values.length - 1]);
  }
  expect(Math.max(...rows[0]!.heights)).toBeGreaterThan(0);
  await page.getByRole('button', { name: '上一段' }).click();
  await page.getByText('最右为最近一天').waitFor();
  await page.context().close();
});

test('each bar tells its day to pointer and keys, and leads to that day and its rows', async () => {
  const page = await openAs(browser, hall, 'leader', '/brief', { viewport: PHONE_SIZE });
  const bars = page.getByRole('button', { name: '窗口受理，逐日' });
  const told = page.locator('.bars').first().getByRole('status');
  const days = await readDays(page);
  const busy = days.findIndex(({ windowCases }) => windowCases > 0);
  expect(busy).toBeLessThan(days.length - 1);
  const say = (i: number): RegExp => {
    const [, month, date] = days[i]!.day.split('-').map(Number);
    return new RegExp(`^${month}月${date}日（周.） ${days[i]!.windowCases}$`);
  };
  await bars.scrollIntoViewIfNeeded();
  const { width, height } = (await bars.boundingBox())!;
  const position = { x: ((busy + 0.3) / days.length) * width, y: height / 2 };
  await bars.hover({ position });
  expect(await told.innerText()).toMatch(say(busy));
  await bars.click({ position });
  const dialog = page.getByRole('dialog');
  await dialog.getByText(String(days[busy]!.windowCases), { exact: true }).waitFor();
  await page.keyboard.press('Escape');
  await page.mouse.move(0, 0);

  // The keys go from the latest back.
  await bars.focus();
  await page.keyboard.press('ArrowRight');
  expect(await told.innerText()).toMatch(say(days.length - 1));
  for (let i = days.length - 1; i > busy; i--) await page.keyboard.press('ArrowLeft');
  expect(await told.innerText()).toMatch(say(busy));
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, 'brief-bar');
  await page.keyboard.press('Enter');
  await dialog.getByRole('link', { name: '看明细' }).click();
  await page.getByText(`${days[busy]!.windowCases} 件`, { exact: true }).waitFor();
  expect(new URL(page.url()).searchParams.get('to')).toBe(days[busy]!.day);
  await page.context().close();
});

test.each(['?station=toString', '?period=span&from=0001-01-01&to=9999-12-31', '?day=2019-02-30'])(
  'what there is not is said to be wrong, and the server not to be out of reach: %s',
  async (query) => {
    const page = await openAs(browser, hall, 'leader', `/brief${query}`, { viewport: PHONE_SIZE });
    await page.getByText('没有这样的简报：日期、站点或范围有误，请重新选择。').waitFor();
    expect(await page.getByText('连不上服务器').count()).toBe(0);
    expect(await findProblems(page)).toEqual([]);
    // And from there one goes on.
    await page.getByRole('radio', { name: '年' }).click();
    await page.context().close();
  },
);

test('whoever is not signed in is asked to', async () => {
  const page = await openAt(browser, `${hall.url}/brief`, { viewport: PHONE_SIZE });
  await page.getByRole('link', { name: '登录' }).click();
  await page.waitForURL('**/sign-in?next=*');
  expect(new URL(page.url()).searchParams.get('next')).toBe('/brief?period=day');
  await page.context().close();
});

test('a leader instructs from a telephone, and the instruction stands beside its matter', async () => {
  const page = await openAs(browser, hall, 'leader', '/brief', { viewport: PHONE_SIZE });
  await page.getByRole('button', { name: '批示 门诊医疗费用报销，今天超期' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: '下达' }).click();
  await dialog.getByText('请写批示内容。').waitFor();
  await dialog.getByLabel('批示内容').fill('今天办结，办完给群众回电。');
  await dialog.getByLabel('责任人').selectOption('lead');
  await dialog.getByLabel('办结期限（可不填）').fill('2019-11-27');
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, 'brief-instruct');
  await dialog.getByRole('button', { name: '下达' }).click();
  await page.getByText('批示：今天办结，办完给群众回电。 · 示例lead，11月27日前').waitFor();
  expect(await page.getByRole('button', { name: '批示 门诊医疗费用报销，今天超期' }).count()).toBe(0);
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, 'brief-instructed');
  await page.context().close();
});

/** Where the rows that a definition leads to are, each with its days, and until when. */
async function daysOfRows(page: Page): Promise<string[]> {
  const links = page.getByRole('dialog').getByRole('link', { name: '看明细' });
  const hrefs = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href));
  return hrefs.map((href) => {
    const { searchParams: query } = new URL(href);
    return ['term', 'from', 'to', 'until'].flatMap((key) => query.get(key) ?? []).join(' ');
  });
}

test.each([
  ['a telephone', PHONE_SIZE],
  ['a desk', { width: 1440, height: 900 }],
])(
  'on %s a change leads to both of its sides, and each figure beside another span to its own rows',
  async (name, viewport) => {
    const page = await openAs(browser, hall, 'leader', '/brief', { viewport });
    const dialog = page.getByRole('dialog');
    const close = () => dialog.getByRole('button', { name: '关闭' }).click();
    await page
      .locator('.sentence')
      .getByRole('link', { name: /^多 \d+ 件$/ })
      .click();
    await dialog.getByText('11月19日（周二）截至 10:00').waitFor();
    expect(await daysOfRows(page)).toEqual([
      'windowCases 2019-11-26 2019-11-26',
      'windowCases 2019-11-19 2019-11-19 10:00',
    ]);
    expect(await findProblems(page)).toEqual([]);
    expect(await findFaults(page)).toEqual([]);
    await takePicture(page, `brief-change-${name}`);
    await close();
    await page.getByRole('button', { name: /^窗口受理 \d+$/ }).click();
    expect(await daysOfRows(page)).toEqual(['windowCases 2019-11-26 2019-11-26']);
    await close();

    await page.getByRole('button', { name: '上一段' }).click();
    await page.getByRole('button', { name: '受理 上次同一天 1', exact: true }).click();
    await dialog.getByText('11月18日（周一）').waitFor();
    expect(await daysOfRows(page)).toEqual(['accepted 2019-11-18 2019-11-18']);
    expect(await findFaults(page)).toEqual([]);
    await close();
    expect(await findFaults(page)).toEqual([]);
    await takePicture(page, `brief-before-${name}`, { fullPage: true });
    await page.getByRole('button', { name: /^窗口受理 \d+$/ }).click();
    expect(await daysOfRows(page)).toEqual(['windowCases 2019-11-25 2019-11-25']);
    await page.context().close();
  },
);

test('today, of one station, is compared at the same moment', async () => {
  const page = await openAs(browser, hall, 'leader', '/brief?station=meifeng', { viewport: PHONE_SIZE });
  await page.getByText('只看 梅丰社区').waitFor();
  expect(await page.locator('.sentence').innerText()).toMatch(/比上次周.同一时刻/);
  await page.context().close();
});

test.each([
  ['a telephone', PHONE_SIZE],
  ['a desk', { width: 1440, height: 900 }],
])('on %s many stations are one line, in which each has its own place for an instruction', async (name, viewport) => {
  const station = name === 'a desk' ? '梅丰社区' : '龙尾社区';
  const page = await openAs(browser, hall, 'leader', '/brief', { viewport });
  const line = page.getByRole('group').filter({ hasText: '14 个站点漏查' });
  await line.getByText('14 个站点漏查').click();
  expect(await line.getByRole('link', { name: '看当天全部核查' }).getAttribute('href')).toBe(
    '/rows?term=checks&from=2019-11-25&to=2019-11-25&part=of',
  );
  expect(await line.getByRole('button', { name: /^批示 漏查/ }).count()).toBeGreaterThan(10);
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await line.scrollIntoViewIfNeeded();
  await takePicture(page, `brief-stations-${name}`, { fullPage: true });
  await line.getByRole('button', { name: new RegExp(`^批示 漏查.* ${station}$`) }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByText(station).waitFor();
  await dialog.getByLabel('批示内容').fill(`${station}今天补查。`);
  await dialog.getByLabel('责任人').selectOption('lead');
  await dialog.getByRole('button', { name: '下达' }).click();
  await line.getByText(`批示：${station}今天补查。 · 示例lead`).waitFor();
  expect(await line.getByRole('button', { name: new RegExp(`^批示 漏查.* ${station}$`) }).count()).toBe(0);
  expect(await line.getByText(`批示：${station}今天补查。`).count()).toBe(1);
  await page.context().close();
});

test('of more than are shown the rest is a way to all of them', async () => {
  for (let i = 0; i < 10; i++) {
    await tell('hall.case.accepted', `2019-11-25T10:${10 + i}:00+08:00`, {
      ...{
        case: `late${i}`,
        station: 'hall',
        channel: 'window',
        item: 'mi-02',
        promisedBy: '2019-11-25T18:00:00+08:00',
      },
    });
    await tell('hall.followup.opened', '2019-11-26T09:45:00+08:00', {
      ...{ followup: `more${i}`, about: 'rating', station: 'hall' },
    });
  }
  const page = await openAs(browser, hall, 'leader', '/brief', { viewport: PHONE_SIZE });
  await page.getByRole('link', { name: '另有 3 件超期办件' }).click();
  await page.getByRole('heading', { name: '超期在办' }).waitFor();
  await page.getByText('11 件', { exact: true }).waitFor();
  await page.goBack();
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, 'brief-rest', { fullPage: true });
  await page.getByRole('link', { name: '另有 3 件差评待回访' }).click();
  await page.waitForURL('**/followups?list=all');
  await page.getByText('差评回访').first().waitFor();
  await page.context().close();
});
