// The hall's memory in a real browser: a past moment on the wall and on the brief, played, scrubbed, honest about a lost network, and nothing to be taken for now.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Measures } from '../../domain/measures/measures.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { openBrowser } from './browser.ts';
import { findFaults } from './inspect-screen.ts';
import { writeFaults } from './screens.ts';
import { openAs, PHONE_SIZE, takePicture } from './staff-pages.ts';

/** A Friday afternoon; what is looked at is the Wednesday before. */
const NOW = Date.parse('2019-06-07T15:00:00+08:00');
const WALL_SIZE = { width: 1920, height: 1080 };
let hall: StaffedHall;
let browser: Browser;
beforeAll(async () => {
  hall = await openStaffedHall({ clock: { now: () => NOW, untilMs: (at) => at - NOW } });
  browser = await openBrowser();
  for (const day of ['2019-05-29', '2019-06-05', '2019-06-06'])
    for (let i = 0; i < 48; i++) {
      const time = `${day}T${String(9 + Math.floor(i / 8)).padStart(2, '0')}:${String((i * 7) % 60).padStart(2, '0')}`;
      const [id, station] = [`${day}-${i}`, i % 5 === 0 ? 'meifeng' : 'hall'];
      await tell('hall.ticket.taken', `${time}:00+08:00`, { ticket: id, station });
      if (i % 7 !== 0)
        await tell('hall.ticket.called', `${time}:50+08:00`, { ticket: id, station, window: `w0${1 + (i % 8)}` });
      await tell('hall.case.accepted', `${time}:55+08:00`, {
        ...{ case: id, ticket: id, station, channel: i % 4 === 0 ? 'online' : 'window', item: `mi-0${1 + (i % 9)}` },
        ...{ line: 'medical-insurance', promisedBy: `${day}T18:00:00+08:00` },
      });
      if (i % 3 === 0) await tell('hall.case.finished', `2019-06-07T09:00:00+08:00`, { case: id, outcome: 'approved' });
    }
  for (let i = 1; i <= 8; i++)
    await tell('hall.window.changed', '2019-06-05T08:50:00+08:00', {
      window: `w0${i}`,
      station: 'hall',
      status: 'open',
    });
  await tell('hall.alarm.raised', '2019-06-05T10:10:00+08:00', { alarm: 'a1', kind: 'queue', station: 'hall' });
  await tell('hall.alarm.ended', '2019-06-05T11:40:00+08:00', { alarm: 'a1', reason: 'cleared' });
});
afterAll(async () => {
  await browser.close();
  await hall.close();
});

let told = 0;
async function tell(type: string, time: string, data: object): Promise<void> {
  const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time, data };
  const { status, body } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
  expect([status, body]).toMatchObject([200, {}]);
}

const open = (path: string, options: object = {}): Promise<Page> =>
  openAs(browser, hall, 'manager', path, { viewport: WALL_SIZE, ...options });
const shownAt = (page: Page) => page.locator('main.wall').getAttribute('data-at');
const clockOf = (page: Page) => page.locator('.replay-band .when b').innerText();

test('a past moment stands on the wall with the same scenes, under a mark, and asks for nothing live', async () => {
  const page = await open('/?at=2019-06-05T10:30&scene=overview');
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(socket.url()));
  await page.locator('main.wall[data-scene="overview"]').waitFor();
  expect(Number(await shownAt(page))).toBe(Date.parse('2019-06-05T10:30:00+08:00'));
  expect(await page.locator('.replay-band .mark').innerText()).toContain('回放');
  expect(await page.locator('.replay-band .when').innerText()).toMatch(/2019年6月5日 周三\s+10:30/);
  expect(await page.locator('.wall .clock').innerText()).toBe('10:30');
  // What had come by half past ten, beside the end of that day: its books were never closed here.
  await page.locator('.published [data-term="accepted"]').waitFor();
  await expect.poll(() => page.locator('.published .figures').innerText()).toMatch(/此刻 → 当日终了\s+受理 12 → 48/);
  await takePicture(page, 'replay-wall');
  expect(await page.title()).toMatch(/^回放/);
  // Nothing can be taken, nothing sounds, and nothing is fetched but moments.
  expect(await page.locator('.alarm img').count()).toBe(0);
  expect(sockets).toEqual([]);
  for (const scene of ['communities', 'medical', 'ratings', 'stars']) {
    await page.getByLabel('画面').selectOption(scene);
    await page.locator(`main.wall[data-scene="${scene}"]`).waitFor();
    expect(await clockOf(page)).toBe('10:30');
  }
  expect(new URL(page.url()).searchParams.get('scene')).toBe('stars');
  await page.context().close();
});

test('it is scrubbed, stepped by days, played at a pace without drift, and stands still where nobody looks', async () => {
  const page = await open('/?at=2019-06-05T09:00&scene=overview&speed=600');
  await page.locator('main.wall').waitFor();
  await page.getByLabel('一天中的时刻').fill('660');
  await expect.poll(() => clockOf(page)).toBe('11:00');
  await page.getByRole('button', { name: '后一天' }).click();
  await expect.poll(() => page.locator('.replay-band .when').innerText()).toMatch(/6月6日 周四\s+11:00/);
  await page.getByRole('button', { name: '前一天' }).click();
  await expect.poll(() => page.locator('.replay-band .when').innerText()).toMatch(/6月5日 周三\s+11:00/);
  const startedAt = Date.now();
  const from = Number(await shownAt(page));
  await page.getByRole('button', { name: '播放', exact: true }).click();
  await expect.poll(() => shownAt(page).then(Number), { timeout: 20_000 }).toBeGreaterThan(from + 40 * 60_000);
  const [at, passedMs] = [Number(await shownAt(page)), Date.now() - startedAt];
  // Six hundred times as fast, however long the answers took; what is shown may be a step behind.
  expect(at - from).toBeLessThanOrEqual(passedMs * 600);
  expect(at - from).toBeGreaterThan((passedMs - 2_500) * 600);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: true, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.waitForTimeout(1_500);
  expect(asked.filter((url) => url.includes('/api/at')).length).toBeLessThanOrEqual(1);
  const stood = Number(await shownAt(page));
  await page.evaluate(() => {
    Object.defineProperty(document, 'hidden', { value: false, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });
  await expect.poll(() => shownAt(page).then(Number)).toBeGreaterThan(stood);
  await page.getByRole('button', { name: '暂停' }).click();
  await page.getByRole('link', { name: '回到现在' }).click();
  await page.locator('main.wall').waitFor();
  expect(await page.getByText('回放').count()).toBe(0);
  await page.context().close();
});

test('a network that breaks while it plays is said, and it goes on from where it stood', async () => {
  const page = await open('/?at=2019-06-05T10:00&scene=overview&speed=60');
  await page.locator('main.wall').waitFor();
  await page.getByRole('button', { name: '播放', exact: true }).click();
  await expect.poll(() => shownAt(page).then(Number)).toBeGreaterThan(Date.parse('2019-06-05T10:00:00+08:00'));
  await page.context().setOffline(true);
  await page
    .getByRole('alert')
    .getByText(/连接中断，停在 10:\d\d，正在重连/)
    .waitFor();
  const stood = Number(await shownAt(page));
  await takePicture(page, 'replay-wall-lost');
  await page.context().setOffline(false);
  await page.getByRole('alert').waitFor({ state: 'detached' });
  const next = Number(await shownAt(page));
  expect(next - stood).toBeGreaterThanOrEqual(0);
  expect(next - stood).toBeLessThan(3 * 60_000);
  await page.context().close();
});

test.each([
  ['2019-06-08T10:00', '这一刻还没有到'],
  ['gestern', '地址里的时刻不对，应写成 2019-06-05T10:30'],
  ['2012-01-01T00:00', '账本从2019年5月29日 周三开始，之前没有记录'],
])('%s gets a clear answer', async (at, words) => {
  const page = await open(`/?at=${at}`);
  await page.getByRole('alert').getByText(words).waitFor();
  expect(await page.locator('main.wall').count()).toBe(0);
  if (at.startsWith('2012')) {
    await page.getByRole('button', { name: '到第一天' }).click();
    await page.locator('main.wall').waitFor();
  }
  await page.context().close();
});

test('whoever is not signed in, and a display, see no past; the public page knows none', async () => {
  const page = await browser.newPage({ viewport: WALL_SIZE });
  await page.goto(`${hall.url}/?at=2019-06-05T10:30`);
  await page.getByRole('alert').getByText('登录后才能回放').waitFor();
  expect(await page.locator('main.wall').count()).toBe(0);
  const { secret: token } = hall.access.displayTokens.add({
    ...{ hall: 'meilin', audience: 'management', label: 'wall' },
  });
  await page.goto(`${hall.url}/?at=2019-06-05T10:30&token=${token}`);
  await page.getByRole('alert').getByText('登录后才能回放').waitFor();
  await page.goto(`${hall.url}/public?at=2019-06-05T10:30`);
  await page.locator('main').waitFor();
  expect(await page.getByText('回放').count()).toBe(0);
  await page.close();
});

test('on a telephone, in English and on the brief', async () => {
  const page = await open('/?at=2019-06-05T10:30', { viewport: PHONE_SIZE });
  await page.locator('main.wall').waitFor();
  await page.locator('.published [data-term="accepted"]').waitFor();
  await takePicture(page, 'replay-wall-phone');
  // What steers it takes a quarter of the screen; the whole picture can be brought above it, and nothing in it is cut.
  const { height } = PHONE_SIZE;
  expect((await page.locator('.band').boundingBox())!.y).toBeGreaterThan(height * 0.75);
  const faults = await findFaults(page, { leastRem: 0, figures: 0, text: 0 });
  expect(writeFaults(faults.filter(({ fault, place }) => fault !== 'outside' && !/band/.test(place)))).toEqual([]);
  // What was published of the day has come: it makes the band higher.
  await page.locator('.published .key').getByText('→').waitFor();
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  const [picture, band] = [await page.locator('main.wall').boundingBox(), await page.locator('.band').boundingBox()];
  expect(picture!.y + picture!.height).toBeLessThanOrEqual(band!.y + 1);
  expect(band!.y + band!.height).toBeLessThanOrEqual(height + 1);
  await takePicture(page, 'replay-wall-phone-end');
  await page.getByRole('link', { name: '看当时的简报' }).click();
  await page.locator('.sentence').getByText('2019年6月5日（周三）截至10:30受理').waitFor();
  expect(await page.getByRole('complementary', { name: '回放' }).innerText()).toContain('2019年6月5日 10:30');
  expect(await page.locator('.sentence').innerText()).not.toContain('今日');
  await takePicture(page, 'replay-brief-phone');
  await page.context().close();
  const english = await open('/brief?at=2019-06-05T10:30', { locale: 'en-GB', viewport: { width: 1440, height: 900 } });
  await english.getByText('These are not the figures of now').waitFor();
  await takePicture(english, 'replay-brief-en');
  await english.goto(`${hall.url}/?at=2019-06-05T10:30&lang=en`);
  await english.locator('.replay-band .mark').getByText('Replay').waitFor();
  await english.setViewportSize(WALL_SIZE);
  await english.locator('.published [data-term="accepted"]').waitFor();
  await takePicture(english, 'replay-wall-en');
  await english.context().close();
});

test('the brief is stepped, scrubbed and played, beside what was published of the day', async () => {
  const page = await open('/brief?at=2019-06-05T10:30', { viewport: PHONE_SIZE });
  const mark = page.getByRole('complementary', { name: '回放' });
  const when = async (): Promise<string> => /\d+月\d+日 \d\d:\d\d/.exec(await mark.innerText())![0];
  await expect.poll(() => page.locator('.figures[class] .key').first().innerText()).toBe('此刻 → 当日终了');
  expect(await page.locator('[data-term="accepted"]').first().innerText()).toBe('受理 12 → 48');
  await mark.getByRole('button', { name: '后一天' }).click();
  await expect.poll(when).toBe('6月6日 10:30');
  await mark.getByLabel('一天中的时刻').fill('660');
  await mark.getByLabel('一天中的时刻').dispatchEvent('change');
  await expect.poll(when).toBe('6月6日 11:00');
  expect(new URL(page.url()).searchParams.get('at')).toBe('2019-06-06T11:00');
  await mark.getByRole('button', { name: '前一天' }).click();
  await expect.poll(when).toBe('6月5日 11:00');
  await mark.getByLabel('播放速度').selectOption('600');
  await mark.getByRole('button', { name: '播放', exact: true }).click();
  await expect.poll(async () => Number((await when()).slice(-5, -3)), { timeout: 30_000 }).toBeGreaterThanOrEqual(13);
  // While it plays the address stands: it names a moment that somebody chose.
  expect(new URL(page.url()).searchParams.get('at')).toBe('2019-06-05T11:00');
  // Out of reach it stands where it stood, says so, and goes on by itself.
  await page.context().setOffline(true);
  await page.getByRole('alert').waitFor();
  const stood = await when();
  await page.context().setOffline(false);
  await page.getByRole('alert').waitFor({ state: 'detached' });
  await expect.poll(when, { timeout: 30_000 }).not.toBe(stood);
  await mark.getByRole('button', { name: '暂停' }).click();
  await expect.poll(() => new URL(page.url()).searchParams.get('at')).toMatch(/^2019-06-05T1[3-9]:/);
  await takePicture(page, 'replay-brief-played');
  // Into the present, where it stands.
  await mark.getByRole('button', { name: '后一天' }).click();
  await mark.getByRole('button', { name: '后一天' }).click();
  await expect.poll(when).toMatch(/^6月7日/);
  await mark.getByRole('button', { name: '播放', exact: true }).click();
  await expect.poll(when, { timeout: 30_000 }).toBe('6月7日 15:00');
  await mark.getByRole('button', { name: '播放', exact: true }).waitFor();
  // Too far back: said, with the last moment still in sight.
  await page.goto(`${hall.url}/brief?at=2019-05-29T10:30`);
  await expect.poll(when).toBe('5月29日 10:30');
  await mark.getByRole('button', { name: '前一天' }).click();
  await page.getByRole('alert').getByText('这一刻还没有任何记录').waitFor();
  expect(await when()).toBe('5月29日 10:30');
  await page.context().close();
});

test('of a station what was published of it stands beside its past day', async () => {
  const page = await open('/brief?at=2019-06-05T10:30&station=meifeng', { viewport: PHONE_SIZE });
  const query = 'from=2019-06-05&to=2019-06-05&station=meifeng';
  const whole = (await (await page.request.get(`${hall.url}/api/measures?${query}`)).json()) as Measures;
  expect(whole.accepted).toBeGreaterThan(0);
  const accepted = page.locator('.figures[class] [data-term="accepted"]').first();
  await expect.poll(() => accepted.innerText()).toMatch(new RegExp(`^受理 \\d+ → ${whole.accepted}$`));
  await page.context().close();
});
