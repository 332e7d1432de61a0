// Alarms as a hall meets them: raised by events, taken at the wall or by telephone, ended, kept, and the playlist gives way.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { openAlarmHall, type AlarmHall, type AlarmHallOptions } from '../server/alarms/hall.ts';
import { openBrowser } from './browser.ts';
import { findRoot } from './product.ts';
import { readCode } from './read-code.ts';

const STRIP = 'main.wall > header .alarm.strip';
const PANEL = 'section .alarm.panel';
const WALL = { width: 1920, height: 1080 };
const PHONE = { width: 390, height: 844 };

let browser: Browser;
let hall: AlarmHall | undefined;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await hall?.close();
  hall = undefined;
});

/** A hall with a clock of its own that serves the built pages. */
async function openHall(options: AlarmHallOptions = {}): Promise<AlarmHall> {
  const dist = join(findRoot(), 'dist');
  const { build } = JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8')) as { build: string };
  hall = await openAlarmHall({ pages: { folder: join(dist, 'client'), build }, ...options });
  return hall;
}

async function openPage(address: string, viewport: { width: number; height: number }): Promise<Page> {
  const context = await browser.newContext({ viewport, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

async function openWall(address: string): Promise<Page> {
  const page = await openPage(address, WALL);
  await page.locator('main.wall').waitFor();
  return page;
}

/** The telephone's page, by what the picture on the wall says. */
async function scan(wall: Page, place: string): Promise<Page> {
  const { text } = await readCode(browser, wall.locator(`${place} img`));
  const { pathname } = new URL(text);
  return openPage(`${hall!.url}${pathname}`, PHONE);
}

const waitForText = (page: Page, place: string, text: string) =>
  page.locator(place).filter({ hasText: text }).waitFor({ timeout: 60_000 });
const typesOf = async () => (await hall!.events()).map(({ type }) => type);
const only = () => hall!.alarms()[0]![1];

test('an alarm raised by events stands on the wall, and Enter takes it there', async () => {
  await openHall();
  const wall = await openWall(`${hall!.url}/?scene=overview`);
  expect(await wall.locator(PANEL).count()).toBe(0);
  const id = await hall!.makeOvertime();
  await waitForText(wall, `${PANEL}.open`, '办理超时');
  expect(await wall.locator(`${PANEL} .lead`).innerText()).toBe('03');
  expect(await wall.locator(`${PANEL} .note`).innerText()).toBe('建议值班长到场');

  await wall.keyboard.press('Enter');
  await waitForText(wall, `${PANEL}.taken`, '已签收');
  expect(await typesOf()).toEqual(['hall.alarm.raised', 'hall.alarm.taken']);
  expect((await hall!.events())[1]!.data).toMatchObject({ alarm: id });
  // Once is enough: there is nothing left to take.
  await wall.keyboard.press('Enter');
  await hall!.goTo('10:21');
  expect(await typesOf()).toHaveLength(2);
});

test('Enter takes the alarm that is read, not a worse one behind it', async () => {
  await openHall();
  const wall = await openWall(`${hall!.url}/?scene=overview`);
  const overtime = await hall!.makeOvertime();
  const terminal = { terminal: 'terminal-traffic', station: 'hall', status: 'broken' };
  await hall!.tell('hall.terminal.changed', terminal);
  await hall!.goTo('10:20:45');
  await hall!.goTo('10:21:20');
  await wall.locator(`${PANEL}.open strong`).filter({ hasText: '故障' }).waitFor({ timeout: 60_000 });
  await wall.keyboard.press('Enter');
  await waitForText(wall, `${PANEL}.taken`, '故障');
  const taken = (await hall!.events()).filter(({ type }) => type === 'hall.alarm.taken');
  expect(taken).toHaveLength(1);
  expect(taken[0]!.data).not.toMatchObject({ alarm: overtime });
  // Pressed again while that one is still read, it takes no other.
  await wall.keyboard.press('Enter');
  await waitForText(wall, `${PANEL}.taken .note`, '已有人签收');
  expect((await hall!.events()).filter(({ type }) => type === 'hall.alarm.taken')).toHaveLength(1);
});

test('a code that cannot be had leaves no broken picture, and comes once it can', async () => {
  await openHall();
  const wall = await openWall(`${hall!.url}/?scene=overview`);
  await wall.route('**/code.svg', (route) => route.abort());
  const refused = wall.waitForEvent('requestfailed');
  await hall!.makeOvertime();
  await waitForText(wall, `${PANEL}.open`, '办理超时');
  await refused;
  await wall.locator(`${PANEL} img`).waitFor({ state: 'detached' });
  const came = wall.waitForResponse('**/code.svg');
  await wall.unroute('**/code.svg');
  expect((await came).status()).toBe(200);
  await wall.locator(`${PANEL} img`).waitFor({ timeout: 60_000 });
});

test('the code of a lone alarm stays in sight while its minutes go on', async () => {
  await openHall();
  await hall!.makeOvertime();
  const wall = await openWall(`${hall!.url}/?scene=overview`);
  for (const [clock, minutes] of [
    ['10:21:30', '21'],
    ['10:22:30', '22'],
  ] as const) {
    await hall!.goTo(clock);
    await waitForText(wall, `${PANEL} .value b`, minutes);
    await wall.locator(`${PANEL} img`).waitFor({ timeout: 20_000 });
    expect((await readCode(browser, wall.locator(`${PANEL} img`))).text).toMatch(/\/A\/[A-Z2-7]{16}$/);
  }
});

test('a wall that may not take alarms says so, and nothing is written', async () => {
  await openHall({ openReading: false });
  const access = hall!.access();
  const draw = (audience: 'management' | 'public') =>
    access.displayTokens.add({ hall: 'meilin', audience, label: audience }).secret;
  const [management, inPublic] = [draw('management'), draw('public')];
  access.close();
  const wall = await openWall(`${hall!.url}/?scene=overview&token=${management}`);
  await hall!.makeOvertime();
  await waitForText(wall, `${PANEL}.open`, '办理超时');
  await exchangeToken(wall.context(), inPublic);
  await wall.keyboard.press('Enter');
  await waitForText(wall, `${PANEL} .note`, '本屏不能签收');
  expect(await wall.getByRole('status').filter({ hasText: '本屏不能签收' }).count()).toBe(1);
  expect(await typesOf()).toEqual(['hall.alarm.raised']);
});

/** The screen's own cookie, with another display's token in it. */
async function exchangeToken(context: BrowserContext, token: string): Promise<void> {
  const cookies = await context.cookies();
  const found = cookies.find(({ name }) => name === 'hallpulse_display');
  expect(found).toBeDefined();
  await context.addCookies([{ ...found!, value: token }]);
}

test('a telephone takes and ends the alarm whose code it read off the wall', async () => {
  await openHall();
  const wall = await openWall(`${hall!.url}/?scene=overview`);
  await hall!.makeOvertime();
  const phone = await scan(wall, PANEL);
  await phone.getByRole('heading', { name: '03号窗 办理超时' }).waitFor();
  await phone.getByText('已联系').click();
  await phone.getByRole('button', { name: '签收' }).click();
  await phone.getByRole('alert').filter({ hasText: '请填工号' }).waitFor();
  await phone.getByLabel('工号').fill('s99');
  await phone.getByRole('button', { name: '签收' }).click();
  await phone.getByRole('alert').filter({ hasText: '没有这个工号' }).waitFor();
  expect(await typesOf()).toEqual(['hall.alarm.raised']);
  await phone.getByLabel('工号').fill('s01');
  await phone.getByRole('button', { name: '签收' }).click();
  await phone.getByRole('status').filter({ hasText: '已联系' }).waitFor();
  // The wall says who is at it, and does what.
  await waitForText(wall, `${PANEL}.taken .note`, '示例甲 已联系');

  await phone.getByLabel('处理结果').fill('已换人办理');
  await phone.getByRole('button', { name: '处理完毕' }).click();
  await phone.getByText('已结束，谢谢').waitFor();
  await waitForText(wall, `${PANEL}.ended`, '已换人办理');
  expect((await hall!.events()).map(({ type, data }) => ({ type, ...data }))).toMatchObject([
    { type: 'hall.alarm.raised', window: 'w03' },
    { type: 'hall.alarm.taken', by: 's01', measure: 'contacted' },
    { type: 'hall.alarm.ended', by: 's01', effect: '已换人办理', reason: 'by-hand' },
  ]);
});

test('an alarm ends by itself with its cause; what was done and what the waits did is kept', async () => {
  await openHall();
  const wall = await openWall(`${hall!.url}/?scene=overview`);
  await hall!.makeOvertime();
  const phone = await scan(wall, PANEL);
  await phone.getByLabel('工号').fill('s01');
  await phone.getByRole('button', { name: '签收' }).click();
  await waitForText(wall, `${PANEL}.taken .note`, '示例甲 已签收');
  await hall!.tell('hall.ticket.served', { ticket: 't1', station: 'hall', window: 'w03' }, '10:20:40');
  for (const ticket of ['t2', 't3']) await hall!.tell('hall.ticket.left', { ticket, station: 'hall' }, '10:20:40');
  await hall!.goTo('10:21');
  await hall!.goTo('10:22:10');
  await waitForText(wall, `${PANEL}.ended`, '办理超时 已结束');
  expect(await wall.locator(`${PANEL} .note`).innerText()).toBe('等候3人→1人，最长10分→12分');
  expect(await wall.locator(`${PANEL} img`).count()).toBe(0);
  await phone.getByText('这条告警已经结束').waitFor({ timeout: 60_000 });
  expect(only()).toMatchObject({ takenBy: '示例甲', endReason: 'cleared' });
  expect((await hall!.events()).at(-1)!.data).toMatchObject({ reading: { waiting: 1, longestMinutes: 12 } });
  // A minute later there is nothing more to say.
  await hall!.goTo('10:23:30');
  await wall.locator(PANEL).waitFor({ state: 'detached', timeout: 60_000 });
});

test('the playlist gives way to a new alarm and goes on afterwards, with its code in the header', async () => {
  await openHall({
    edit: {
      scenes: (scenes) =>
        (scenes['playlist'] = [
          { scene: 'communities', seconds: 300, when: 'always' },
          { scene: 'overview', seconds: 5, when: 'always' },
        ]),
    },
  });
  const wall = await openWall(hall!.url);
  const shows = (scene: string) => wall.locator(`main.wall[data-scene="${scene}"]`).waitFor({ timeout: 60_000 });
  await shows('communities');
  await hall!.makeOvertime();
  await shows('overview');
  await waitForText(wall, `${PANEL}.open`, '办理超时');
  // Two minutes later it is no news any more; nobody has taken it, and the header keeps saying so.
  await hall!.goTo('10:23');
  await shows('communities');
  await waitForText(wall, `${STRIP}.open`, '办理超时');
  const phone = await scan(wall, STRIP);
  await phone.getByLabel('工号').fill('s01');
  await phone.getByRole('button', { name: '签收' }).click();
  await waitForText(wall, `${STRIP}.taken .note`, '示例甲 已签收');
  expect(await wall.locator(`${STRIP} img`).count()).toBe(0);
});

test('a screen reader hears of an alarm once, whatever its minutes do', async () => {
  await openHall();
  const wall = await openWall(`${hall!.url}/?scene=communities`);
  await wall.evaluate(() => {
    const said: string[] = [];
    (window as unknown as { said: string[] }).said = said;
    // What a live region holds after each change in it, however deep.
    new MutationObserver((changes) => {
      for (const { target } of changes) {
        const element = target instanceof Element ? target : target.parentElement;
        const region = element?.closest('[role=alert], [role=status], [aria-live]');
        const text = region?.textContent?.trim() ?? '';
        if (text !== '') said.push(`${region!.getAttribute('role')}: ${text}`);
      }
    }).observe(document.querySelector('main.wall')!, { subtree: true, childList: true, characterData: true });
  });
  await hall!.makeOvertime();
  const value = wall.locator(`${STRIP} .value b`);
  await value.filter({ hasText: /^20/ }).waitFor();
  for (const [clock, minutes] of [
    ['10:21:30', '21'],
    ['10:22:30', '22'],
  ] as const) {
    await hall!.goTo(clock);
    await value.filter({ hasText: new RegExp(`^${minutes}`) }).waitFor({ timeout: 60_000 });
  }
  await wall.keyboard.press('Enter');
  await waitForText(wall, STRIP, '已签收');
  const said = () => wall.evaluate(() => (window as unknown as { said: string[] }).said);
  await expect.poll(said).toEqual(['alert: 请注意，03号窗办理超时，建议值班长到场', 'status: 办理超时，已签收']);
});

test('what was raised before a wall may speak is said at the first touch, once in either language', async () => {
  await openHall({ edit: { profile: (profile) => Object.assign(profile['alarms'] as object, { speech: true }) } });
  await hall!.makeOvertime();
  const context = await browser.newContext({ viewport: WALL, locale: 'zh-CN' });
  // A machine without a voice says nothing: what it is told to say is what counts.
  await context.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    speechSynthesis.speak = ({ text }) => void said.push(text);
  });
  const wall = await context.newPage();
  await wall.goto(hall!.url);
  const said = () => wall.evaluate(() => (window as unknown as { said: string[] }).said);
  await wall.locator('header .muted').waitFor();
  expect(await said()).toEqual([]);
  await wall.keyboard.press(' ');
  await expect.poll(said).toEqual(['请注意，03号窗办理超时，建议值班长到场']);
  await wall.locator('header').getByText('已暂停').waitFor();
  for (const key of ['l', 't']) await wall.keyboard.press(key);
  // What a hand holds is still held.
  await wall.locator('header').getByText('Paused').waitFor();
  expect(await said()).toHaveLength(1);
});

test('the header says that it is mute where the hall wants sound and nobody has touched the wall', async () => {
  const want = (sound: boolean) => (profile: Record<string, unknown>) =>
    Object.assign(profile['alarms'] as Record<string, unknown>, { sound });
  await openHall({ edit: { profile: want(true) } });
  const wall = await openWall(`${hall!.url}/?scene=communities`);
  const muted = wall.locator('header .muted');
  await muted.filter({ hasText: '静音，点一下屏幕' }).waitFor();
  await wall.mouse.click(900, 600);
  await muted.waitFor({ state: 'detached' });
  await hall!.close();

  await openHall({ edit: { profile: want(false) } });
  const silent = await openWall(`${hall!.url}/?scene=communities`);
  await hall!.makeOvertime();
  await waitForText(silent, `${STRIP}.open`, '办理超时');
  expect(await silent.locator('header .muted').count()).toBe(0);
});
