// A month's end played as the README tells it: a telephone's photograph in a manager's browser, the wall in another, the poster, the withdrawal.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { starsPageLanguages } from '../../client/words/choose-stars.ts';
import type { ChooseStarsWords } from '../../client/words/zh/choose-stars.ts';
import { createMovingClock, type MovingClock } from '../server/moving-clock.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { largePhotograph } from '../server/stars/telephone.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { postEvents, wireEvent } from './hall-client.ts';
import { findRoot } from './product.ts';
import { findFaults, FINGER_PX, openAs, openAt, PHONE_SIZE, takePicture } from './staff-pages.ts';

let manager: Browser;
let walls: Browser;
let hall: StaffedHall;
let folder: string;
let clock: MovingClock;
beforeAll(async () => {
  clock = createMovingClock(Date.parse('2019-11-04T09:00:00+08:00'));
  folder = mkdtempSync(join(tmpdir(), 'hallpulse-month-end-'));
  const photograph = await largePhotograph();
  expect(photograph.length).toBeGreaterThan(3_000_000);
  expect((await sharp(photograph).metadata()).exif!.includes('Telephone')).toBe(true);
  writeFileSync(join(folder, 'IMG_0001.JPG'), photograph);
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(4_000)]);
  writeFileSync(join(folder, 'IMG_0002.HEIC'), heic);
  const { build } = JSON.parse(readRoot('dist/build.json')) as { build: string };
  // A wall is another machine: two browsers that share nothing.
  [manager, walls, hall] = await Promise.all([
    openBrowser(),
    openBrowser(),
    openStaffedHall({ clock, server: { build, starsLookMs: 20 } }),
  ]);
  const start = Date.parse('2019-10-09T09:30:00+08:00');
  const day = 86_400_000;
  const events = ['s11', 's12', 's13', 'clerk'].flatMap((staff, who) =>
    Array.from({ length: 14 - 2 * who }, (_, i) => {
      const [id, at] = [`${staff}-${i}`, start + i * day];
      const place = { case: id, station: 'hall', window: `w0${(who % 3) + 1}`, staff };
      return [
        wireEvent(`${id}/a`, 'hall.case.accepted', { ...place, channel: 'window', item: 'mi-01' }, at),
        wireEvent(`${id}/f`, 'hall.case.finished', { case: id, outcome: 'approved', staff }, at + 600_000),
        wireEvent(`${id}/r`, 'hall.rating.given', { ...place, score: 5, medium: 'pad' }, at + 660_000),
      ];
    }).flat(),
  );
  events.push(
    wireEvent('x/r', 'hall.complaint.received', { complaint: 'x', station: 'hall', staff: 's13' }, start + day),
    wireEvent('x/a', 'hall.complaint.answered', { complaint: 'x', upheld: true }, start + 2 * day),
    wireEvent(
      'september',
      'hall.star.published',
      { month: '2019-09', kind: 'pacesetter', staff: 's11', citation: '材料一次讲清' },
      start - 3 * day,
    ),
    wireEvent('early', 'hall.case.accepted', { ...place(), case: 'early' }, start - 30 * day),
  );
  expect((await postEvents(hall.url, events, { key: KEY })).body.rejected).toEqual([]);
});
afterAll(async () => {
  await manager.close();
  await walls.close();
  await hall.close();
  rmSync(folder, { recursive: true, force: true });
});

const readRoot = (path: string): string => readFileSync(join(findRoot(), path), 'utf8');
const place = () => ({ station: 'hall', channel: 'window', item: 'mi-01', staff: 's11', window: 'w01' });

/** The steps as the README tells them, and nothing else of it. */
const told = [
  ['README.zh-CN.md', '## 月底评一次明星', starsPageLanguages.zh.own],
  ['README.md', '## Choose the stars of a month', starsPageLanguages.en.own],
].map(([path, title, labels]) => {
  const text = readRoot(path as string);
  const start = text.indexOf(`\n${title as string}\n`) + 1;
  return [text.slice(start, text.indexOf('\n## ', start)), labels as ChooseStarsWords] as const;
});
type Label = 'month' | 'choose' | 'pick' | 'useCrop' | 'citation' | 'reasons' | 'preview' | 'overrule';
/** A label as the README has it between its quotes, in both languages: what it does not tell, nobody presses here. */
function words(label: Label | 'publish' | 'later' | 'poster' | 'withdraw'): string {
  // What stands in brackets behind a label explains it, and is left out.
  const short = (text: string) => (label === 'poster' ? text : text.replace(/ ?[（(].*/, ''));
  for (const [steps, labels] of told) expect(steps).toContain(`“${short(labels[label])}”`);
  return told[0]![1][label];
}

async function openWall(width: number, height: number, language = 'zh'): Promise<Page> {
  const { secret } = hall.access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'lift' });
  const page = await openAt(walls, `${hall.url}/?token=${secret}`, { viewport: { width, height } });
  await page.goto(`${hall.url}/?scene=stars&lang=${language}`);
  await page.locator('.pacesetter').waitFor();
  // What a reload would take away.
  await page.evaluate(() => Object.assign(window, { neverReloaded: true }));
  return page;
}
const isSamePage = (page: Page): Promise<boolean> => page.evaluate(() => 'neverReloaded' in window);
/** Red, green, blue in the middle of the picture's upper edge, as it is drawn. */
const topOf = (picture: Locator): Promise<number[]> =>
  picture.evaluate((image: HTMLImageElement) => {
    const context = Object.assign(document.createElement('canvas'), { width: 880, height: 1100 }).getContext('2d')!;
    context.drawImage(image, 0, 0, 880, 1100);
    const { data } = context.getImageData(400, 20, 80, 80);
    return [0, 1, 2].map((i) => data.filter((_, at) => at % 4 === i).reduce((a, b) => a + b, 0) / 6_400);
  });
const expectRed = ([red = 0, , blue = 0]: number[]) => expect(red - blue).toBeGreaterThan(80);

test('from the telephone’s photograph to the wall, the poster, and off the wall again', async () => {
  const wall = await openWall(1920, 1080);
  await wall.locator('.pacesetter').getByText('示例甲子').waitFor();
  // What nobody put into English is Chinese on a wall in English, and said to be.
  const english = await openWall(1920, 1080, 'en');
  const citation = english.locator('.pacesetter blockquote');
  await citation.getByText('材料一次讲清').waitFor();
  expect(await citation.getAttribute('lang')).toBe('zh-CN');

  const page = await openAs(manager, hall, 'manager', '/stars');
  const section = page.getByRole('region', { name: '业务标兵', exact: true });
  // 1. The month that has just ended, in the order of the scores; each row says why.
  expect(await page.getByLabel(words('month')).inputValue()).toBe('2019-10');
  const names = section.locator('ol').first().locator('li .who b');
  await names.first().waitFor();
  expect(await names.allInnerTexts()).toEqual(['示例甲子', '示例乙丑']);
  await section.locator('summary').first().click();
  await section.getByText('主动评价满意率').first().waitFor();
  await section.getByText('14 / 14').first().waitFor();
  await section.getByText(/^未排名/).click();
  await section.getByText('有作风投诉属实，一票否决').waitFor();
  await section.getByText('办结件数不足').waitFor();
  // 2. The photograph.
  await section
    .getByRole('button', { name: new RegExp(`^${words('choose')}`) })
    .nth(1)
    .click();
  const dialog = page.getByRole('dialog');
  words('pick');
  await dialog.locator('input[type=file]').setInputFiles(join(folder, 'IMG_0002.HEIC'));
  await dialog.getByText(/这是 HEIC 格式的照片.*改存为 JPEG/).waitFor();
  await dialog.locator('input[type=file]').setInputFiles(join(folder, 'IMG_0001.JPG'));
  const frame = dialog.getByRole('application');
  await frame.waitFor();
  expect(await dialog.getByText(/HEIC/).count()).toBe(0);
  const box = (await frame.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 240, { steps: 4 });
  await page.mouse.up();
  await dialog.getByRole('button', { name: words('useCrop') }).click();
  await dialog.getByText('已有照片。').waitFor();
  // 3. Its words, and how the wall will show them.
  await dialog.getByLabel(words('citation')).fill('带教新人上窗，全月承诺件全部按时办结');
  await dialog.getByLabel(told[0]![1].citationEn).fill('Trained a newcomer, and was always on time');
  await dialog.getByLabel(words('reasons')).fill('办件量居前\n主动评价无差评');
  await dialog.getByText(words('preview')).waitFor();
  const preview = dialog.getByRole('article');
  await preview.getByText('办件量居前').waitFor();
  await preview.locator('img:not(.hidden)').waitFor();
  expectRed(await topOf(preview.locator('img')));
  await dialog.getByRole('button', { name: words('publish'), exact: true }).click();
  await dialog.getByText('请写明不选第一名的理由。').waitFor();
  await dialog.getByLabel(words('overrule')).fill('第一名上月已获评');
  words('later');
  await takePicture(page, 'month-end-choose');
  // 4. Published: the wall shows it by itself.
  expect(await wall.locator('.pacesetter').getByText('示例乙丑').count()).toBe(0);
  await dialog.getByRole('button', { name: '公布', exact: true }).click();
  await page.getByText('已公布，墙上即可看到。').waitFor();
  await wall.locator('.pacesetter').getByText('示例乙丑').waitFor();
  const photograph = wall.locator('.pacesetter img:not(.hidden)');
  await photograph.waitFor();
  expectRed(await topOf(photograph));
  await wall.locator('.pacesetter').getByText('主动评价无差评').waitFor();
  expect(await wall.locator('main').innerText()).not.toContain('第一名上月已获评');
  // The wall in English says it in English, and no other does.
  await citation.getByText('Trained a newcomer, and was always on time').waitFor();
  expect(await citation.getAttribute('lang')).toBeNull();
  await english.locator('.pacesetter .who').getByText('General window').waitFor();
  await takePicture(english, 'month-end-wall-english');
  await english.close();
  await wall.getByText('带教新人上窗，全月承诺件全部按时办结').waitFor();
  expect(await wall.locator('main').innerText()).not.toContain('Trained');
  await wall.getByText('往月之星').waitFor();
  expect(await isSamePage(wall)).toBe(true);
  await takePicture(wall, 'month-end-wall');
  // The very bytes that the wall was given: a small upright picture, and nothing of the telephone.
  const served = await wall.evaluate(async () => {
    const { src } = document.querySelector<HTMLImageElement>('.pacesetter img')!;
    const bytes = new Uint8Array(await (await fetch(src)).arrayBuffer());
    return [...bytes];
  });
  const bytes = Buffer.from(served);
  const { width, height, exif, icc, xmp, iptc, orientation, format } = await sharp(bytes).metadata();
  expect({ width, height, format }).toEqual({ width: 880, height: 1100, format: 'jpeg' });
  expect([exif, icc, xmp, iptc, orientation]).toEqual([undefined, undefined, undefined, undefined, undefined]);
  // Where metadata stands, before the picture itself, whose bytes may spell three letters by chance.
  const scanAt = bytes.indexOf(Buffer.from([0xff, 0xda]));
  expect(scanAt).toBeGreaterThan(0);
  expect(/Exif|GPS|Telephone|photoshop/i.test(bytes.subarray(0, scanAt).toString('latin1'))).toBe(false);
  expect(bytes.length).toBeLessThan(1_000_000);
  // The poster.
  const opening = page.context().waitForEvent('page');
  await section.getByRole('link', { name: words('poster') }).click();
  const poster = await opening;
  await poster.locator('[data-ready] img:not(.hidden)').waitFor();
  await poster.getByText('示例乙丑').waitFor();
  const pdf = await poster.pdf({ preferCSSPageSize: true, printBackground: true });
  if (process.env['HALLPULSE_PICTURES']) writeFileSync(join(process.env['HALLPULSE_PICTURES'], 'poster.pdf'), pdf);
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await poster.close();
  // 5. A mistake: withdrawn with its reason, and gone from the wall with its photograph.
  await section.getByRole('button', { name: new RegExp(`^${words('withdraw')}`) }).click();
  await dialog.getByLabel('撤下的理由（留存，不上墙）').fill('评错了');
  await dialog.getByRole('button', { name: '撤下', exact: true }).click();
  await page.getByText('已撤下。').waitFor();
  await wall.locator('.pacesetter').getByText('示例甲子').waitFor();
  expect(await wall.locator('main').innerText()).not.toContain('示例乙丑');
  expect(await isSamePage(wall)).toBe(true);
  expect(await wall.evaluate(async () => (await fetch('/photographs/s12')).status)).toBe(404);
  // Past months.
  await page.getByLabel('评选月份').selectOption('2019-09');
  await section.getByText('已公布', { exact: true }).waitFor();
  await section.getByText('示例甲子').first().waitFor();
  await page.context().close();
  await wall.context().close();
});

test('on a telephone held upright: chosen by a finger, at a time, and on an upright wall when it has come', async () => {
  const page = await openAs(manager, hall, 'manager', '/stars', {
    viewport: PHONE_SIZE,
    hasTouch: true,
    isMobile: true,
  });
  const section = page.getByRole('region', { name: '岗位能手', exact: true });
  await section.getByRole('button', { name: /^选用/ }).first().tap();
  const dialog = page.getByRole('dialog');
  await dialog.locator('input[type=file]').setInputFiles(join(folder, 'IMG_0001.JPG'));
  await dialog.getByRole('application').waitFor();
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page, FINGER_PX)).toEqual([]);
  await takePicture(page, 'month-end-phone-crop');
  await dialog.getByRole('button', { name: '使用这张照片' }).tap();
  await dialog.getByText('已有照片。').waitFor();
  await dialog.getByLabel('事迹（一句话，上墙）').fill('医保疑难件当日答复');
  await dialog.getByRole('article').locator('img:not(.hidden)').waitFor();
  await dialog.getByRole('article').scrollIntoViewIfNeeded();
  await takePicture(page, 'month-end-phone-preview');
  await dialog.getByText('定时', { exact: true }).tap();
  expect(await findProblems(page)).toEqual([]);
  expect(await findFaults(page, FINGER_PX)).toEqual([]);
  await dialog.getByRole('button', { name: '定时公布' }).tap();
  await page.getByText(/^已定于 2019-11-05 09:00 公布/).waitFor();
  await page.evaluate(() => scrollTo(0, 0));
  await takePicture(page, 'month-end-phone', { fullPage: true });
  expect(await findFaults(page, FINGER_PX)).toEqual([]);
  // An upright wall that hangs there all the while shows it when its moment has come, and not before.
  const wall = await openWall(1080, 1920);
  const chosen = wall.locator('.expert').getByText('医保疑难件当日答复');
  expect(await chosen.count()).toBe(0);
  clock.set(Date.parse('2019-11-05T09:01:00+08:00'));
  await chosen.waitFor();
  const photograph = wall.locator('.expert img:not(.hidden)');
  await photograph.waitFor();
  expectRed(await topOf(photograph));
  expect(await isSamePage(wall)).toBe(true);
  await takePicture(wall, 'month-end-upright');
  await wall.context().close();
  await page.reload();
  await section.getByText('已公布', { exact: true }).waitFor();
  await page.context().close();
});
