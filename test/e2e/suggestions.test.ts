// 谏言 from the tablet's form to the wall and the citizen's receipt: written by a finger, read and answered by a lead, seen on the wall.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { suggestionsLanguages } from '../../client/words/suggestions.ts';
import { openVoiceStore } from '../../server/voices/store.ts';
import { openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findRoot } from './product.ts';
import { findFaults, openAs, PHONE_SIZE, takePicture } from './staff-pages.ts';
import { findTouchFaults } from './touch-faults.ts';

let hall: StaffedHall;
let browser: Browser;
beforeAll(async () => {
  const { build } = JSON.parse(readFileSync(join(findRoot(), 'dist/build.json'), 'utf8')) as { build: string };
  hall = await openStaffedHall({
    server: {
      build,
      outside: { port: 0, host: '127.0.0.1', address: 'http://localhost', trustProxy: 0 },
    },
  });
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

const SIZES = [
  { width: 1280, height: 800 },
  { width: 800, height: 1280 },
  { width: 600, height: 1024 },
];
async function check(page: Page, what: string): Promise<void> {
  for (const size of SIZES) {
    await page.setViewportSize(size);
    await takePicture(page, `say ${what} ${size.width}`);
    expect(await findProblems(page), what).toEqual([]);
    expect(await findTouchFaults(page), `${what} ${size.width}`).toEqual([]);
  }
  await page.setViewportSize(SIZES[0]!);
}
const view = (page: Page, name: string) => page.locator(`main[data-view=${name}]`).waitFor();
async function openTablet(): Promise<Page> {
  const { secret } = hall.access.displayTokens.add({ hall: 'meilin', audience: { say: 'hall' }, label: 'tablet' });
  const context = await browser.newContext({ viewport: SIZES[0]!, hasTouch: true });
  const page = await context.newPage();
  await page.goto(`${hall.url}/say?token=${secret}`);
  await view(page, 'choose');
  return page;
}

const WORDS = '希望等候区多设几排座位，老人站不住';
test('from the tablet to the wall, and back to whoever said it', async () => {
  const tablet = await openTablet();
  expect(tablet.url()).toBe(`${hall.url}/say`);
  await check(tablet, 'choose');
  await tablet.getByRole('button', { name: '提意见建议' }).tap();
  await view(tablet, 'write');
  await tablet.getByRole('button', { name: '提交' }).tap();
  await tablet.getByText('请先写几句话').waitFor();
  await tablet.getByRole('textbox').fill('请打 13812345678');
  await tablet.getByRole('button', { name: '提交' }).tap();
  await tablet.getByText(/这里像是写了姓名、电话/).waitFor();
  await check(tablet, 'write');
  await tablet.getByRole('textbox').fill(WORDS);
  await tablet.getByRole('button', { name: '提交' }).tap();
  await view(tablet, 'sent');
  const code = await tablet.locator('.receipt .code').innerText();
  expect(code).toMatch(/^[A-HJ-NP-Z2-9]{5}-[A-HJ-NP-Z2-9]{5}$/);
  await check(tablet, 'sent');
  await tablet.getByRole('button', { name: '完成' }).tap();
  await view(tablet, 'choose');

  const lead = await openAs(browser, hall, 'lead', '/suggestions');
  await lead.getByText(WORDS).waitFor();
  const { deeds } = suggestionsLanguages.zh.suggestions;
  await takePicture(lead, 'suggestions-waiting-zh-desk');
  expect(await findProblems(lead)).toEqual([]);
  expect(await findFaults(lead)).toEqual([]);
  await lead.getByRole('button', { name: new RegExp(`^${deeds.release}`) }).click();
  const dialog = lead.getByRole('dialog');
  await dialog.getByLabel('公开的文字').fill('希望等候区多设几排座位');
  await takePicture(lead, 'suggestions-release-zh-desk');
  expect(await findProblems(lead)).toEqual([]);
  await dialog.getByRole('button', { name: '放行' }).click();
  await lead.getByText('没有待审阅的。').waitFor();
  await lead.getByRole('radio', { name: /办理中/ }).click();
  await lead.getByText('审阅时有删改').waitFor();
  await lead.getByRole('button', { name: new RegExp(`^${deeds.assign}`) }).click();
  await dialog.getByLabel('承办人').selectOption({ label: '示例clerk' });
  await takePicture(lead, 'suggestions-assign-zh-desk');
  await dialog.getByRole('button', { name: '指定' }).click();
  await lead.getByText('承办 示例clerk').waitFor();
  await takePicture(lead, 'suggestions-open-zh-desk');
  await lead.getByRole('button', { name: new RegExp(`^${deeds.answer}`) }).click();
  await dialog.getByText('采纳', { exact: true }).click();
  await dialog.getByLabel('答复').fill('已在等候区添置二十把椅子，12 月 1 日起可用。');
  await takePicture(lead, 'suggestions-answer-zh-desk');
  expect(await findProblems(lead)).toEqual([]);
  await dialog.getByRole('button', { name: '答复' }).click();
  await lead.getByText('没有办理中的。').waitFor();
  await lead.getByRole('radio', { name: /已答复/ }).click();
  await lead.getByLabel('查找').fill('二十把');
  await lead.getByText('已采纳').waitFor();
  await takePicture(lead, 'suggestions-closed-zh-desk');
  await lead.context().close();

  const wall = await openAs(browser, hall, 'manager', '/?scene=stars', { viewport: { width: 1920, height: 1080 } });
  await wall.getByText('已采纳').waitFor();
  await wall.getByText('希望等候区多设几排座位').first().waitFor();
  await takePicture(wall, 'suggestions-wall');
  await wall.context().close();

  await tablet.getByRole('button', { name: '查看答复' }).tap();
  await tablet.getByRole('textbox').fill('AAAAA-AAAAA');
  await tablet.getByRole('button', { name: '查询' }).tap();
  await tablet.getByText('没有这个编号，请核对后再试').waitFor();
  await tablet.getByRole('textbox').fill(code.toLowerCase().replace('-', ' '));
  await check(tablet, 'look');
  await tablet.getByRole('button', { name: '查询' }).tap();
  await tablet.getByText('已在等候区添置二十把椅子，12 月 1 日起可用。').waitFor();
  await check(tablet, 'answer');
  await tablet.context().close();
});

test('on a telephone outside the hall: a station is chosen, and the receipt is a picture as well', async () => {
  const context = await browser.newContext({ viewport: PHONE_SIZE, hasTouch: true });
  const page = await context.newPage();
  const url = `http://127.0.0.1:${hall.server.outsidePort}`;
  await page.goto(`${url}/say?at=meifeng`);
  await view(page, 'choose');
  await takePicture(page, 'say choose phone', { fullPage: true });
  await page.getByRole('button', { name: '反映办不成事' }).tap();
  expect(await page.getByRole('combobox').inputValue()).toBe('meifeng');
  await page.getByRole('textbox').fill('医保转移跑了三趟还没办成');
  await takePicture(page, 'say write phone', { fullPage: true });
  expect(await findProblems(page)).toEqual([]);
  await page.getByRole('button', { name: '提交' }).tap();
  await view(page, 'sent');
  await page.locator('.receipt img').waitFor();
  await takePicture(page, 'say sent phone', { fullPage: true });
  expect(await findProblems(page)).toEqual([]);
  const code = await page.locator('.receipt .code').innerText();
  await page.goto('about:blank');
  await page.goto(`${url}/say#${code}`);
  await page.getByText('等待审阅').waitFor();
  await takePicture(page, 'say answer phone', { fullPage: true });
  expect(await findProblems(page)).toEqual([]);
  const cookies = await context.cookies();
  expect(cookies).toEqual([]);
  await context.close();
});

test.each([
  ['zh', 'light', { width: 1366, height: 768 }],
  ['en', 'dark', { width: 1366, height: 768 }],
  ['zh', 'dark', PHONE_SIZE],
  ['en', 'light', PHONE_SIZE],
] as const)('the page of whoever reads, in %s, %s', async (language, colorScheme, viewport) => {
  const own = suggestionsLanguages[language].suggestions;
  const manager = await openAs(browser, hall, 'manager', `/suggestions?lang=${language}`, { viewport, colorScheme });
  await manager.getByText('医保转移跑了三趟还没办成').waitFor();
  expect(await findProblems(manager)).toEqual([]);
  expect(await findFaults(manager)).toEqual([]);
  await takePicture(manager, `suggestions-${language}-${colorScheme}-${viewport.width}`, { fullPage: true });
  await manager.getByRole('button', { name: own.slip.open }).click();
  await manager.getByRole('dialog').getByLabel(own.slip.text).fill(`意见箱里的纸条 ${language}`);
  await takePicture(manager, `suggestions-slip-${language}-${colorScheme}-${viewport.width}`);
  expect(await findProblems(manager)).toEqual([]);
  expect(await findFaults(manager)).toEqual([]);
  await manager.context().close();
});

test('a clerk types in a slip, is told its code, and reads nothing of what waits', async () => {
  const clerk = await openAs(browser, hall, 'clerk', '/suggestions');
  await clerk.getByRole('button', { name: '录入纸条' }).click();
  await clerk.getByRole('dialog').getByLabel('纸条内容').fill('饮水机没有水');
  await clerk.getByRole('dialog').getByRole('button', { name: '录入' }).click();
  await clerk.getByText(/已录入，编号/).waitFor();
  expect(await clerk.getByText('饮水机没有水').count()).toBe(0);
  await clerk.context().close();
});

test('what is given to a clerk is counted at their desk, and they answer it', async () => {
  const own = suggestionsLanguages.zh.suggestions;
  const lead = await hall.signIn('lead');
  const text = '希望三号窗口前放两把椅子';
  const ask = async (method: string, path: string, body?: object) => {
    const { status, body: answer } = await lead.ask(method, `/api/suggestions${path}`, body);
    expect(status).toBe(200);
    return answer as { voices: { id: string; text?: string }[] };
  };
  await ask('POST', '', { code: 'GHJKL-MNPQR', kind: 'suggestion', text, station: 'hall' });
  const { id } = (await ask('GET', '?list=waiting')).voices.find((one) => one.text === text)!;
  await ask('POST', `/suggestion/${id}`, { deed: 'release', id: 'releasedforaclerk', text });
  await ask('POST', `/suggestion/${id}`, { deed: 'assign', id: 'assignedtoaclerk', owner: 'clerk' });
  const clerk = await openAs(browser, hall, 'clerk', '/desk');
  await clerk.locator('a', { hasText: /谏言待答复\s*1/ }).waitFor();
  await takePicture(clerk, 'suggestions-own-desk');
  for (const viewport of [{ width: 1366, height: 768 }, PHONE_SIZE]) {
    await clerk.setViewportSize(viewport);
    await clerk.goto(`${hall.url}/suggestions`);
    await clerk.getByText(text).waitFor();
    expect(await findProblems(clerk)).toEqual([]);
    expect(await findFaults(clerk)).toEqual([]);
    await takePicture(clerk, `suggestions-own-${viewport.width}`);
  }
  expect(await clerk.getByRole('article').getByRole('button').count()).toBe(1);
  await clerk.getByRole('button', { name: new RegExp(`^${own.deeds.answer}`) }).click();
  const dialog = clerk.getByRole('dialog');
  await dialog.getByText(own.answer.yes, { exact: true }).click();
  await dialog.getByLabel(own.answer.words).fill('已放两把椅子。');
  await dialog.getByRole('button', { name: own.answer.submit }).click();
  await clerk.getByText(own.ownEmpty).waitFor();
  await clerk.getByRole('radio', { name: own.lists.closed }).click();
  await clerk.getByText('已放两把椅子。').waitFor();
  await takePicture(clerk, 'suggestions-own-answered');
  await clerk.context().close();
});

test('what waits with a name and a number in it is offered masked, and so it is released', async () => {
  const store = openVoiceStore(hall.folder);
  const row = {
    kind: 'suggestion',
    id: 'maskedmaskedmaskedma',
    station: 'hall',
    topic: null,
    medium: 'tablet',
  } as const;
  store.keep({ ...row, at: Date.now(), actor: 'display:tablet', words: '我叫王小明，电话13812345678，等候区太冷' });
  store.close();
  await hall.restart();
  const lead = await openAs(browser, hall, 'lead', '/suggestions');
  const voice = lead.getByRole('article').filter({ hasText: '等候区太冷' });
  await voice
    .getByRole('button', { name: new RegExp(`^${suggestionsLanguages.zh.suggestions.deeds.release}`) })
    .click();
  const dialog = lead.getByRole('dialog');
  await dialog.getByText(/^原文有 2 处像是姓名、电话或证件号/).waitFor();
  const text = dialog.getByLabel('公开的文字');
  expect(await text.inputValue()).toBe('我叫＊＊＊，电话＊＊＊，等候区太冷');
  await takePicture(lead, 'suggestions-masked');
  expect(await findProblems(lead)).toEqual([]);
  // Whoever puts it back is told, and what they wrote stays.
  await text.fill('电话13812345678，等候区太冷');
  await dialog.getByRole('button', { name: '放行' }).click();
  await dialog.getByText(/像是/).nth(1).waitFor();
  expect(await text.inputValue()).toBe('电话13812345678，等候区太冷');
  await text.fill('等候区太冷');
  await dialog.getByRole('button', { name: '放行' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await lead.getByRole('radio', { name: /办理中/ }).click();
  await lead.getByText('等候区太冷').waitFor();
  expect(await lead.content()).not.toMatch(/王小明|13812345678/);
  await lead.context().close();
});
