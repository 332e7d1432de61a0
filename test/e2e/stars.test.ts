// A month's end in a real browser: from a telephone photograph to the wall, and the poster as a PDF; a clerk sees their own score.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMovingClock } from '../server/moving-clock.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { telephonePhotograph } from '../server/stars/telephone.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { postEvents, wireEvent } from './hall-client.ts';
import { findFaults } from './inspect-screen.ts';
import { writeFaults } from './screens.ts';
import { findFaults as findTouchFaults, FINGER_PX, openAs, PHONE_SIZE, takePicture } from './staff-pages.ts';

let browser: Browser;
let hall: StaffedHall;
let folder: string;
beforeAll(async () => {
  const clock = createMovingClock(Date.parse('2019-11-04T09:00:00+08:00'));
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-telephone-'));
  writeFileSync(join(folder, 'IMG_0001.jpg'), await telephonePhotograph());
  [browser, hall] = await Promise.all([openBrowser(), openStaffedHall({ clock })]);
  const start = Date.parse('2019-10-09T09:30:00+08:00');
  const events = ['s11', 's12', 's13', 'clerk'].flatMap((staff, who) =>
    Array.from({ length: 14 - 2 * who }, (_, i) => {
      const [id, at] = [`${staff}-${i}`, start + i * 86_400_000];
      const place = { case: id, station: 'hall', window: `w0${(who % 3) + 1}`, staff };
      return [
        wireEvent(`${id}/a`, 'hall.case.accepted', { ...place, channel: 'window', item: 'mi-01' }, at),
        wireEvent(`${id}/f`, 'hall.case.finished', { case: id, outcome: 'approved', staff }, at + 600_000),
        wireEvent(`${id}/r`, 'hall.rating.given', { ...place, score: 5, medium: 'pad' }, at + 660_000),
      ];
    }).flat(),
  );
  expect((await postEvents(hall.url, events, { key: KEY })).body.rejected).toEqual([]);
});
afterAll(async () => {
  await browser.close();
  await hall.close();
  rmSync(folder, { recursive: true, force: true });
});

async function look(page: Page, name: string, leastPx?: number): Promise<void> {
  expect(await findProblems(page)).toEqual([]);
  expect(await findTouchFaults(page, leastPx)).toEqual([]);
  await takePicture(page, name);
  await takePicture(page, `${name}-whole`, { fullPage: true });
}

test('a month’s end, from a telephone photograph to the wall', async () => {
  const page = await openAs(browser, hall, 'manager', '/stars');
  const section = page.getByRole('region', { name: '业务标兵', exact: true });
  await section.getByText('100.00').or(section.locator('.score b')).first().waitFor();
  await section.locator('summary').first().click();
  await look(page, 'stars');
  await section.getByRole('button', { name: /^选用/ }).nth(1).click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles(join(folder, 'IMG_0001.jpg'));
  const frame = dialog.getByRole('application');
  await frame.waitFor();
  const pixel = () =>
    dialog
      .locator('canvas')
      .evaluate((canvas: HTMLCanvasElement) => [
        ...canvas.getContext('2d')!.getImageData(440, 40, 1, 1).data.slice(0, 3),
      ]);
  // Upright: what lay to the left is on top.
  expect((await pixel())[0]).toBeGreaterThan(180);
  await frame.focus();
  for (let i = 0; i < 3; i++) await frame.press('+');
  for (let i = 0; i < 30; i++) await frame.press('ArrowDown');
  expect((await pixel())[2]).toBeGreaterThan(150);
  await look(page, 'stars-crop');
  for (let i = 0; i < 60; i++) await frame.press('ArrowUp');
  await dialog.getByRole('button', { name: '使用这张照片' }).click();
  await dialog.getByText('已有照片。').waitFor();
  await dialog.getByLabel('事迹（一句话，上墙）').fill('带教新人上窗，全月承诺件全部按时办结');
  await dialog
    .getByLabel('评选理由（每行一条，最多 5 条，上墙）')
    .fill('办件量居前\n主动评价无差评\n承诺件全部按时办结');
  await dialog.getByRole('button', { name: '公布', exact: true }).click();
  await dialog.getByText('请写明不选第一名的理由。').waitFor();
  await dialog.getByLabel('为什么不选第一名（留存，不上墙）').fill('第一名上月已获评');
  await dialog.getByRole('article').getByRole('img').waitFor();
  await look(page, 'stars-choose');
  await dialog.getByRole('button', { name: '公布', exact: true }).click();
  await page.getByText('已公布，墙上即可看到。').waitFor();
  await section.getByText('未选第一名的理由：第一名上月已获评').waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await look(page, 'stars-published');

  const window = page.getByRole('region', { name: '红旗窗口', exact: true });
  await window.getByRole('button', { name: /^选用/ }).first().click();
  await dialog.getByRole('button', { name: '公布', exact: true }).click();
  await page.getByText('已公布，墙上即可看到。').waitFor();
  const conduct = page.getByRole('region', { name: '作风要求' });
  await conduct
    .getByLabel('条文（每行一条，每条最多 120 字）')
    .first()
    .fill(
      '示例条文：首问负责，一次讲清\n示例条文：按时办结，不让群众多跑\n示例条文：主件齐全的先收件，次要材料限期补交',
    );
  await conduct.getByRole('button', { name: '保存条文' }).click();
  await page.getByText('已保存。').waitFor();
  await page.context().close();

  for (const [name, width, height] of [
    ['wide', 1920, 1080],
    ['upright', 1080, 1920],
    ['three', 5760, 1080],
  ] as const) {
    const wall = await openAs(browser, hall, 'manager', '/?scene=stars', { viewport: { width, height } });
    await wall.locator('.pacesetter').getByText('办件量居前').waitFor();
    await wall.locator('.pacesetter img:not(.hidden)').waitFor();
    await wall.locator('.window').getByText('红旗窗口').waitFor();
    await wall.locator('.conduct').getByText('按时办结，不让群众多跑').waitFor();
    await takePicture(wall, `stars-wall-${name}`);
    await takePicture(wall, `stars-wall-${name}`);
    expect(await wall.locator('main').innerText()).not.toContain('第一名上月已获评');
    const faults = await findFaults(wall, { leastRem: 0, figures: 7, text: 4.5 });
    expect(writeFaults(faults), name).toEqual([]);
    await wall.context().close();
  }

  const poster = await openAs(browser, hall, 'manager', '/stars/sheet?month=2019-10&kind=pacesetter');
  await poster.locator('[data-ready] img:not(.hidden)').waitFor();
  expect(await findProblems(poster)).toEqual([]);
  await takePicture(poster, 'stars-poster', { fullPage: true });
  const pdf = (await poster.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  const [, width = '', height = ''] = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf)!;
  // A3 in points, to the rounding of a pixel.
  expect(Math.abs(Number(width) - 841.9)).toBeLessThan(1.5);
  expect(Math.abs(Number(height) - 1190.6)).toBeLessThan(1.5);
  expect(pdf).toMatch(/\/FontDescriptor/);
  await poster.context().close();
});

test('S9 cancelling a planned successor leaves the published star on the wall, and is said before', async () => {
  const api = await hall.signIn('manager');
  const base = { month: '2019-10', kind: 'expert', reasons: [], overrule: '测试' };
  const choose = (more: object) => api.ask('POST', '/api/stars', { ...base, ...more });
  expect(await choose({ id: 'e'.repeat(20), whose: 's11' })).toMatchObject({ status: 200 });
  const publishAt = Date.parse('2019-11-06T09:00:00+08:00');
  expect(await choose({ id: 'f'.repeat(20), whose: 's12', publishAt })).toMatchObject({ status: 200 });
  const wall = await openAs(browser, hall, 'manager', '/?scene=stars', { viewport: { width: 1920, height: 1080 } });
  await wall.locator('.expert').getByText('示例甲子').waitFor();

  const page = await openAs(browser, hall, 'manager', '/stars');
  const section = page.getByRole('region', { name: '岗位能手', exact: true });
  await section.getByText('定于 2019-11-06 09:00 公布').waitFor();
  const dialog = page.getByRole('dialog');
  await section.getByRole('button', { name: '撤下 岗位能手' }).click();
  await dialog.getByText(/定于 2019-11-06 09:00 公布的示例乙丑也一并取消。/).waitFor();
  await dialog.getByRole('button', { name: '关闭' }).click();
  await section.getByRole('button', { name: '取消定时公布 岗位能手' }).click();
  await dialog.getByText('取消后，墙上仍是已公布的示例甲子。').waitFor();
  await look(page, 'stars-unplan');
  await dialog.getByLabel('取消的理由（留存，不上墙）').fill('改主意了');
  await dialog.getByRole('button', { name: '取消定时公布', exact: true }).click();
  await page.getByText('已取消定时公布。').waitFor();
  await section.getByText('已公布', { exact: true }).waitFor();
  await expect.poll(() => section.getByText(/^定于/).count()).toBe(0);
  const board = await api.ask('GET', '/api/board?topic=stars');
  expect(board.body).toMatchObject({ data: { stars: { '2019-10:expert': { staffId: 's11' } } } });
  await wall.reload();
  await wall.locator('.expert').getByText('示例甲子').waitFor();
  await page.context().close();
  await wall.context().close();
});

test('weights say before they are saved what they do to scores that are shown, and then do it', async () => {
  const page = await openAs(browser, hall, 'manager', '/stars');
  const weights = page.getByRole('region', { name: '评分权重' });
  const score = page.getByRole('region', { name: '业务标兵', exact: true }).locator('.score b').first();
  const before = await score.innerText();
  await weights.getByLabel('业务标兵 主动评价满意率', { exact: true }).fill('90');
  await weights.getByRole('button', { name: '保存权重' }).click();
  const dialog = page.getByRole('dialog');
  const row = dialog.getByRole('row', { name: /^业务标兵/ });
  const [told = '', next = ''] = await row.getByRole('cell').allInnerTexts();
  expect(told).toContain(`示例甲子 ${before}`);
  expect(next).not.toBe(told);
  await look(page, 'stars-weights-effects');
  await dialog.getByRole('button', { name: '取消' }).click();
  expect(await score.innerText()).toBe(before);
  await weights.getByRole('button', { name: '保存权重' }).click();
  await dialog.getByRole('button', { name: '保存权重' }).click();
  await page.getByText('已保存。').waitFor();
  // The list is asked for anew once the weights are saved.
  await expect.poll(async () => next.includes(`示例甲子 ${await score.innerText()}`)).toBe(true);
  // Put back for whoever looks next: what it undoes is said as well.
  await weights.getByLabel('业务标兵 主动评价满意率', { exact: true }).fill('20');
  await weights.getByRole('button', { name: '保存权重' }).click();
  await dialog.getByRole('button', { name: '保存权重' }).click();
  await page.getByText('已保存。').waitFor();
  await page.context().close();
});

test('a clerk sees their own score on a telephone, and nobody else’s', async () => {
  const page = await openAs(browser, hall, 'clerk', '/stars', { viewport: PHONE_SIZE, hasTouch: true, isMobile: true });
  const mine = page.getByRole('region', { name: '我的得分' });
  await mine.getByText('主动评价满意率').first().waitFor();
  await mine
    .getByText(
      '评分权重（满分 100）：加权办件量 40、覆盖条线 15、主动评价满意率 20、按时办结 15、咨询解答 10。 办结不足 10 件或主动评价不足 5 次的不排名。',
    )
    .waitFor();
  await mine.getByText(/^有作风投诉属实的一票否决/).waitFor();
  expect(await page.getByRole('button', { name: /^选用/ }).count()).toBe(0);
  expect(await page.locator('main').innerText()).not.toContain('示例甲子');
  await look(page, 'stars-mine-phone', FINGER_PX);
  await page.context().close();
  const english = await openAs(browser, hall, 'manager', '/stars?lang=en', { colorScheme: 'dark' });
  await english.getByRole('region', { name: 'Model', exact: true }).locator('.score b').first().waitFor();
  await look(english, 'stars-en-dark');
  await english.context().close();
});

test('S10 the poster of whoever has left says what the wall says, without picture and place', async () => {
  const administrator = await hall.signIn('administrator');
  const { documents } = (await administrator.ask('GET', '/api/setup')).body as {
    documents: { profile: { version: string; value: { staff: { id: string }[]; stars?: object } } };
  };
  const { version, value } = documents.profile;
  const staff = value.staff.map((one) => (one.id === 's12' ? { ...one, until: '2019-11-03' } : one));
  const saved = await administrator.ask('PUT', '/api/setup/profile', { version, value: { ...value, staff } });
  expect(saved.status).toBe(200);
  const poster = await openAs(browser, hall, 'manager', '/stars/sheet?month=2019-10&kind=pacesetter');
  await poster.getByRole('heading', { name: '已离职' }).waitFor();
  expect(await poster.locator('main').innerText()).not.toContain('示例乙丑');
  expect(await poster.locator('main img').count()).toBe(0);
  expect(await findProblems(poster)).toEqual([]);
  await takePicture(poster, 'stars-poster-left', { fullPage: true });
  await poster.context().close();
});
