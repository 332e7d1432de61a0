// Reports in a real browser: read at a desk and on a telephone, printed on A4 from either, made a PDF by the same page, and never marked ready where something is missing.
import { mkdtempSync, cpSync, writeFileSync, rmSync, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Measures } from '../../domain/measures/measures.ts';
import { tellValue, toValue } from '../../domain/report/tell.ts';
import type { Report, ReportSections } from '../../domain/wire/report.ts';
import { createPrint } from '../../server/reports/print.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { describeBrowser, openBrowser } from './browser.ts';
import { findDemo } from './demo.ts';
import { findRoot } from './product.ts';
import { findFaults, openAs, openAt, PHONE_SIZE, takePicture } from './staff-pages.ts';

const WIDE = { width: 1440, height: 900 };
const YEAR = 'kind=year&from=2019-01-01&to=2019-11-22';
/** A4 at 96 dots an inch. */
const A4 = { width: 794, height: 1123 };
const clientFolder = join(findRoot(), 'dist/client');

let demo: string;
let browser: Browser;
let empty: StaffedHall;
beforeAll(async () => {
  [demo, browser, empty] = await Promise.all([findDemo(), openBrowser(), openStaffedHall()]);
});
afterAll(async () => {
  await browser.close();
  await empty.close();
});

const ready = (page: Page) => page.locator('html[data-ready]').waitFor({ state: 'attached' });
async function ask<T>(path: string): Promise<T> {
  const response = await fetch(demo + path);
  expect(response.status).toBe(200);
  return (await response.json()) as T;
}

test.each([
  ['zh', 'desk', WIDE],
  ['en', 'desk', WIDE],
  ['zh', 'telephone', PHONE_SIZE],
  ['en', 'telephone', PHONE_SIZE],
] as const)('in %s on a %s the month is read, and its figures are the measures', async (language, device, viewport) => {
  const page = await openAt(browser, `${demo}/report?kind=month&day=2019-10-15&lang=${language}`, { viewport });
  await ready(page);
  const found = await ask<Measures>('/api/measures?from=2019-10-01&to=2019-10-31');
  const row = page.getByRole('row', { name: language === 'zh' ? /^受理 件/ : /^Accepted cases/ }).first();
  expect(await row.locator('td').nth(1).innerText()).toBe(tellValue(toValue(found, 'accepted'), language));
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, `report-month-${language}-${device}`);
  await takePicture(page, `report-month-${language}-${device}-whole`, { fullPage: true });
  await page.context().close();
});

test('the reference year states the figures of 2019 in sentences of its own', async () => {
  const report = await ask<Report>(`/api/report?${YEAR}`);
  const [affairs] = report.sections;
  const text = affairs!.blocks.flatMap((block) => (block.type === 'sentence' ? [block.text] : [])).join('');
  for (const piece of [
    '窗口共受理办件11,725件',
    '网上申报2,919件',
    '5万多人次',
    '满意率100%',
    '满意率不低于99.9%',
    '成功办理960余件，涉及19个事项',
    '1,500余人次',
    '69件办件实行容缺受理，涉及18个事项',
    '参训60人次',
  ])
    expect(text).toContain(piece);
  const page = await openAt(browser, `${demo}/report?${YEAR}&lang=zh`, { viewport: WIDE });
  await ready(page);
  expect(await page.locator('.sheet').innerText()).toContain(text);
  await page.emulateMedia({ media: 'print' });
  await takePicture(page, 'report-year-print', { fullPage: true });
  await page.emulateMedia({ media: 'screen' });
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, 'report-year-affairs');
  // What prose rounds is exact where it leads.
  await page.getByRole('link', { name: '960余' }).click();
  await page.getByText('964 件').waitFor();
  await page.getByText('“准予”办结的医保办件').waitFor();
  await page.context().close();
});

test.each([
  ['desk', WIDE],
  ['telephone', PHONE_SIZE],
] as const)(
  'the hours of the week on a %s are numbers with shades behind them, and so on paper',
  async (device, viewport) => {
    const page = await openAt(browser, `${demo}/report?kind=month&day=2019-10-15&lang=zh`, { viewport });
    await ready(page);
    const found = await ask<Measures>('/api/measures?from=2019-10-01&to=2019-10-31');
    const map = page.getByRole('table', { name: /^窗口受理（含上门，件）/ });
    for (const media of ['screen', 'print'] as const) {
      await page.emulateMedia({ media });
      const shaded = await map.locator('td[style*="background"]').evaluateAll((cells) =>
        cells.map((cell) => ({
          n: Number(cell.textContent),
          colour: getComputedStyle(cell).backgroundColor,
          printed: getComputedStyle(cell).getPropertyValue('print-color-adjust'),
        })),
      );
      expect(shaded.reduce((sum, { n }) => sum + n, 0)).toBe(found.windowCases);
      const darkest = shaded.reduce((most, one) => (one.n > most.n ? one : most));
      expect(darkest).toMatchObject({ colour: 'rgb(91, 151, 229)', printed: 'exact' });
    }
    await page.emulateMedia({ media: 'screen' });
    await map.scrollIntoViewIfNeeded();
    await takePicture(page, `report-map-${device}`);
    const ranked = page.getByRole('table', { name: /^按事项（受理/ });
    expect(await ranked.getByRole('row', { name: '合计' }).locator('td').nth(1).innerText()).toBe(
      tellValue(toValue(found, 'accepted'), 'zh'),
    );
    await page.context().close();
  },
);

test.each(['zh', 'en'] as const)(
  'in %s a figure of the span before, a station, an item, a window and a day leads to as many rows as it says',
  async (language) => {
    const page = await openAt(browser, `${demo}/report?kind=month&day=2019-10-15&lang=${language}`, { viewport: WIDE });
    await ready(page);
    const { sections } = await ask<Report>(`/api/report?kind=month&day=2019-10-15&lang=${language}`);
    // From the first row of a section's last table, the link so many behind its first.
    for (const [id, behind, narrowed] of [
      ['overview', 0, {}],
      ['overview', 1, { from: '2019-09-01', to: '2019-09-30' }],
      ['stations', 0, { station: 'hall' }],
      ['stations', 6, { station: 'hall', term: 'onTime' }],
      ['windows', 0, { term: 'windowCases' }],
      ['windows', 1, { term: 'tickets.served' }],
      ['series', 3, { term: 'finished', from: '2019-10-08', to: '2019-10-08' }],
      ['items', 0, { term: 'accepted' }],
    ] as const) {
      const heading = sections.find((section) => section.id === id)!.heading;
      const table = page.getByRole('group', { name: heading, exact: true }).first().getByRole('table');
      const row = table
        .getByRole('row')
        .filter({ has: page.getByRole('link') })
        .first();
      const link = row.getByRole('link').nth(behind);
      // Of a share its numerator.
      const said = (await link.innerText()).replaceAll(',', '');
      const told = /([\d.]+)\/\d+$/.exec(said)?.[1] ?? said;
      expect(Number(told)).toBeGreaterThan(0);
      await link.click();
      await page.locator('.count').waitFor();
      expect((await page.locator('.count').innerText()).replaceAll(',', '')).toMatch(new RegExp(`^${told} `));
      expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject(narrowed);
      await page.goBack();
      await ready(page);
    }
    await page.context().close();
  },
);

test('on paper a figure is plain text: nothing is marked as a link', async () => {
  const page = await openAt(browser, `${demo}/report?kind=day&day=2019-11-20&lang=zh`, { viewport: WIDE });
  await ready(page);
  expect(await page.locator('.sheet table a').count()).toBeGreaterThan(20);
  await page.emulateMedia({ media: 'print' });
  const drawn = await page
    .locator('.sheet a')
    .evaluateAll(
      (links) => links.filter((link) => !['none', 'contents'].includes(getComputedStyle(link).display)).length,
    );
  expect(drawn).toBe(0);
  expect(await page.locator('.hint').isVisible()).toBe(false);
  await page.context().close();
});

test('what is printed is the sheet at its own width, from a desk and from a telephone alike', async () => {
  const widths: number[] = [];
  for (const viewport of [WIDE, PHONE_SIZE]) {
    const page = await openAt(browser, `${demo}/report?kind=week&day=2019-11-13&lang=zh`, { viewport });
    await ready(page);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.desk').isVisible()).toBe(false);
    widths.push((await page.locator('.sheet').boundingBox())!.width);
    // On paper nothing can be scrolled into sight.
    const cut = await page
      .locator('.frame')
      .evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth + 1).length);
    expect(cut).toBe(0);
    // A short table is not torn by the end of a page.
    const torn = await page
      .locator('.sheet table')
      .evaluateAll((all) =>
        all
          .filter((one) => one.querySelectorAll('tbody tr').length <= 9)
          .map((one) => getComputedStyle(one).breakInside),
      );
    expect(torn.length).toBeGreaterThan(5);
    expect(new Set(torn)).toEqual(new Set(['avoid']));
    await page.context().close();
  }
  // 170 mm between the margins of A4.
  expect(widths.map((width) => Math.round((width / 96) * 25.4))).toEqual([170, 170]);
});

test('any span is chosen by its two days, by station, and stays in the address', async () => {
  const page = await openAt(browser, `${demo}/report?kind=month&day=2019-10-15&lang=zh`, { viewport: WIDE });
  await ready(page);
  await page.getByRole('radio', { name: '任意时段' }).click();
  await page.getByRole('heading', { name: '梅林街道政务服务大厅工作情况报告' }).waitFor();
  await page.getByLabel('起', { exact: true }).fill('2019-10-08');
  await page.getByText('2019年10月8日至10月31日', { exact: true }).waitFor();
  await page.getByRole('combobox', { name: '站点' }).selectOption('meifeng');
  await page.getByRole('heading', { name: '梅丰社区政务服务工作情况报告' }).waitFor();
  await ready(page);
  const { search } = new URL(page.url());
  expect(Object.fromEntries(new URLSearchParams(search))).toMatchObject({
    ...{ kind: 'span', from: '2019-10-08', to: '2019-10-31', station: 'meifeng' },
  });
  const href = await page.getByRole('link', { name: '表格 XLSX' }).getAttribute('href');
  expect(href).toContain('/api/report.xlsx?');
  expect(href).toContain('from=2019-10-08&to=2019-10-31&station=meifeng');
  await page.context().close();
});

test('an empty hall and a day without an event make a report that says so', async () => {
  for (const [query, says] of [
    ['kind=month', '台账没有任何登记'],
    ['kind=day&day=2019-02-07', '2019年2月7日（周四），台账没有任何登记。'],
  ] as const) {
    const page = await openAs(browser, empty, 'leader', `/report?${query}&lang=zh`, { viewport: WIDE });
    await page.getByText(says).waitFor();
    await ready(page);
    expect(await findProblems(page)).toEqual([]);
    expect(await page.locator('.sheet').innerText()).not.toMatch(/100%|0%|NaN|undefined/);
    await takePicture(page, `report-empty-${query.length}`, { fullPage: true });
    await page.context().close();
  }
});

test('a manager writes what the hall did, and it stands on the sheet with their name', async () => {
  const page = await openAs(browser, empty, 'manager', '/report?kind=month&day=2019-10-15&lang=zh', { viewport: WIDE });
  await ready(page);
  await page.getByText('填写工作动态').click();
  await page.getByLabel('工作动态（写进本期报告，并记下填写人）').fill('请回访张三，电话 13800138000');
  await page.getByRole('button', { name: '保存' }).click();
  await page.getByText('没有保存。').waitFor();
  await page.getByLabel('工作动态（写进本期报告，并记下填写人）').fill('10月开展服务礼仪培训一次。');
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, 'report-own-words');
  await page.getByRole('button', { name: '保存' }).click();
  await page.locator('.sheet').getByText('10月开展服务礼仪培训一次。').waitFor();
  expect(await page.locator('.sheet').innerText()).toMatch(/示例manager 于\d{4}-\d\d-\d\d \d\d:\d\d填写/);
  await page.context().close();
});

test('a manager chooses the sections of a kind and their order, and goes back to the standard', async () => {
  const page = await openAs(browser, empty, 'manager', '/report?kind=month&day=2019-10-15&lang=zh', { viewport: WIDE });
  const ask = async (who: 'manager' | 'leader', method: string, body?: unknown) =>
    (await empty.signIn(who)).ask(
      method,
      `/api/reports/sections${method === 'GET' ? '?kind=month' : ''}`,
      body,
    ) as Promise<{ status: number; body: ReportSections }>;
  const standard = (await ask('manager', 'GET')).body;
  expect(standard).toMatchObject({ isStandard: true });
  await ready(page);
  await page.getByRole('button', { name: '栏目' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: '工作动态' }).waitFor();
  const reset = dialog.getByRole('button', { name: '恢复标准栏目' });
  expect(await reset.isDisabled()).toBe(true);
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page)).toEqual([]);
  await takePicture(page, 'report-sections');
  await dialog.getByRole('checkbox', { name: '总体情况' }).uncheck();
  await dialog.getByRole('checkbox', { name: '次日安排' }).check();
  await dialog.getByRole('button', { name: '下移 受理渠道' }).click();
  await dialog.getByRole('button', { name: '保存' }).click();
  await dialog.waitFor({ state: 'detached' });
  const { body: changed } = await ask('manager', 'GET');
  expect(changed.isStandard).toBe(false);
  expect(changed.sections.slice(0, 2)).toEqual(['series', 'channels']);
  expect([changed.sections.includes('overview'), changed.sections.at(-1)]).toEqual([false, 'tomorrow']);
  expect(changed.sections.length).toBe(standard.sections.length);
  // What was seen before is no ground for a change.
  const stale = { version: standard.version, kind: 'month', sections: ['queue'] };
  expect((await ask('manager', 'PUT', stale)).status).toBe(409);
  expect((await ask('manager', 'PUT', { ...stale, sections: ['queue', 'queue'] })).status).toBe(400);
  expect((await ask('leader', 'PUT', stale)).status).toBe(403);
  await page.getByRole('button', { name: '栏目' }).click();
  await reset.click();
  await dialog.waitFor({ state: 'detached' });
  expect((await ask('manager', 'GET')).body).toMatchObject({ isStandard: true, sections: standard.sections });
  expect(empty.server.config.profile.reports).toBeUndefined();
  await page.context().close();
});

test('a page that shows a problem is never marked ready', async () => {
  for (const [who, query, says] of [
    ['clerk', 'kind=month', '登录后才能看报告。'],
    ['leader', 'kind=span', '地址里的日期或站点不对，没有生成报告。'],
  ] as const) {
    const page = await openAs(browser, empty, who, `/report?${query}&lang=zh`, { viewport: WIDE });
    await page.getByText(says).waitFor();
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    expect(await page.locator('html[data-ready]').count()).toBe(0);
    await page.context().close();
  }
});

test('the PDF is made by the page itself on A4, one at a time', async () => {
  const report = await ask<Report>(`/api/report?kind=month&day=2019-10-15`);
  const print = createPrint({ clientFolder, browser: describeBrowser().executablePath });
  const first = print(report);
  await expect(print(report)).rejects.toMatchObject({ problem: 'printing' });
  const bytes = Buffer.from(await first);
  expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
  const boxes = [...bytes.toString('latin1').matchAll(/\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/g)];
  expect(boxes.length).toBeGreaterThan(2);
  for (const [, width, height] of boxes) {
    expect(Math.abs(Number(width) - A4.width * 0.75)).toBeLessThan(1);
    expect(Math.abs(Number(height) - A4.height * 0.75)).toBeLessThan(1);
  }
  // No file holds an address.
  expect(bytes.toString('latin1')).not.toMatch(/\/URI|\/Subtype\s*\/Link/);
  // The product's own face is in it, for whoever has none.
  expect(bytes.toString('latin1')).toMatch(/\/FontName \/[A-Z]+\+NotoSansSC/);
  if (process.env['HALLPULSE_PICTURES'] !== undefined)
    await writeFile(join(process.env['HALLPULSE_PICTURES'], 'report.pdf'), bytes);
});

test('a page whose faces are missing, or that never gets ready, gives no PDF', async () => {
  const report = await ask<Report>(`/api/report?kind=day&day=2019-11-20`);
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-print-'));
  const program = describeBrowser().executablePath;
  // The page as it was built, without its faces.
  cpSync(join(clientFolder, 'report'), join(folder, 'faceless/report'), { recursive: true });
  cpSync(join(clientFolder, 'assets'), join(folder, 'faceless/assets'), {
    recursive: true,
    filter: (path) => !path.endsWith('.woff2'),
  });
  mkdirSync(join(folder, 'still/report'), { recursive: true });
  writeFileSync(join(folder, 'still/report/index.html'), '<!doctype html><p>500</p>');
  for (const name of ['faceless', 'still']) {
    const print = createPrint({ clientFolder: join(folder, name), browser: program, readyMs: 4_000 });
    await expect(print(report)).rejects.toMatchObject({ problem: 'not-printed' });
  }
  rmSync(folder, { recursive: true });
});
