// From a figure of the wall to its definition and rows, for whoever is signed in: each figure equals its rows, on the demo's scenes, in both languages; a display's wall is left as it is.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Scene } from '../../domain/board/topics/data.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import { formatCount, formatShare, formatWholeShare } from '../../domain/measures/numbers.ts';
import { wilsonLowerBound } from '../../domain/measures/spread.ts';
import { TERMS, type TermId } from '../../domain/measures/terms.ts';
import { KEY, openStaffedHall, type StaffedHall } from '../server/staffed-hall.ts';
import { findProblems } from './axe.ts';
import { openBrowser } from './browser.ts';
import { findDemo } from './demo.ts';
import { findFaults } from './inspect-screen.ts';
import { findRoot } from './product.ts';
import { prepareScreen, resize, SIZES, writeFaults } from './screens.ts';
import { openAs, openAt, takePicture } from './staff-pages.ts';

const WALL_SIZE = { width: 1920, height: 1080 };
let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

interface Shown {
  readonly text: string;
  readonly of: Readonly<Record<string, string>>;
}

const readFigures = (page: Page): Promise<Shown[]> =>
  page.locator('main.wall [data-term]').evaluateAll((found) =>
    found.map((element) => ({
      text: (element as HTMLElement).dataset['value'] ?? element.textContent.replace(/\s+/g, ' ').trim(),
      of: Object.fromEntries(Object.entries((element as HTMLElement).dataset)) as Record<string, string>,
    })),
  );

const PLACES = ['station', 'line', 'item', 'window'];

/** What the figure should read, by its rows; where it is a time, by the measure and as many rows as it has. */
async function tellRows(url: string, day: string, { of }: Shown): Promise<(text: string) => boolean> {
  const term = of['term'] as TermId;
  const query = new URLSearchParams({ term, from: of['from'] ?? day, to: of['to'] ?? day });
  for (const place of PLACES) if (of[place] !== undefined) query.set(place, of[place]);
  const count = async (part: string): Promise<number> => {
    const response = await fetch(`${url}/api/rows?${query.toString()}&part=${part}&limit=1`);
    expect(response.status).toBe(200);
    return ((await response.json()) as { count: number }).count;
  };
  const { kind } = TERMS[term];
  if (kind === 'spread') {
    const measures = (await (await fetch(`${url}/api/measures?${query.toString()}`)).json()) as Measures;
    const { medianMs, p90Ms, n } = measures[term as 'wait'];
    expect(await count('n')).toBe(n);
    const ms = of['order'] === 'largest' ? p90Ms : medianMs;
    return (text) => text === String(Math.ceil((ms ?? NaN) / 60_000));
  }
  if (term === 'satisfiedLowerBound') {
    const low = wilsonLowerBound(await count('n'), await count('of'));
    return (text) => text === (low === null ? '—' : `${Math.floor(low * 100)}%`);
  }
  if (kind !== 'ratio' || of['part'] !== undefined) {
    const n = formatCount(await count(of['part'] ?? 'n'));
    return (text) => /[\d,]+/.exec(text)?.[0] === n;
  }
  const ratio = { n: await count('n'), of: await count('of') };
  const sums = `${formatCount(ratio.n)}/${formatCount(ratio.of)}`;
  const shares = [formatShare(ratio), formatWholeShare(ratio)].map((share) => `${share}%`);
  return (text) => {
    if (text.includes('/')) return text === sums;
    const share = /[\d.]+%/.exec(text)?.[0];
    return share === undefined ? ratio.of === 0 && text === '—' : shares.includes(share);
  };
}

/** Figures that are not what their rows are. */
async function findDifferences(page: Page, url: string): Promise<string[]> {
  const { data } = (await (await fetch(`${url}/api/board?topic=overview`)).json()) as {
    data: { day: { day: string } };
  };
  const known = new Map<string, (text: string) => boolean>();
  const wrong: string[] = [];
  for (const shown of await readFigures(page)) {
    const { of: _name, ...scope } = shown.of;
    const key = JSON.stringify(scope);
    if (!known.has(key)) known.set(key, await tellRows(url, data.day.day, shown));
    if (!known.get(key)!(shown.text)) wrong.push(`${shown.text} ${key}`);
  }
  return wrong;
}

/** How many figures of a scene lead somewhere, at least. */
const LEAST: Readonly<Record<Scene, number>> = { overview: 25, communities: 60, medical: 60, ratings: 60, stars: 0 };

describe.each(['zh', 'en'])('in the language %s', (language) => {
  test.each(Object.entries(LEAST))('on the scene %s each figure is what its rows are', async (scene, least) => {
    const url = await findDemo();
    const page = await openAt(browser, `${url}/?scene=${scene}&lang=${language}`, { viewport: WALL_SIZE });
    await page.locator(`main.wall[data-scene="${scene}"]`).waitFor();
    const figures = await readFigures(page);
    console.log(`${scene}: ${figures.length} figures`);
    expect(figures.length).toBeGreaterThanOrEqual(least);
    // The demo lives: what changes between the two looks is looked at again.
    await expect.poll(() => findDifferences(page, url), { timeout: 60_000 }).toEqual([]);
    await page.context().close();
  });
});

describe('a hall with people', () => {
  /** A Tuesday at ten. */
  const NOW = Date.parse('2019-11-26T10:00:00+08:00');
  let hall: StaffedHall;
  let told = 0;
  beforeAll(async () => {
    // A wall of another build would open itself anew in the middle of a test.
    const { build } = JSON.parse(readFileSync(join(findRoot(), 'dist/build.json'), 'utf8')) as { build: string };
    hall = await openStaffedHall({ clock: { now: () => NOW, untilMs: (at) => at - NOW }, server: { build } });
    for (let i = 0; i < 12; i++)
      await tell('hall.case.accepted', `2019-11-26T09:${30 + i}:00+08:00`, {
        ...{ case: `c${i}`, station: i % 4 === 0 ? 'meifeng' : 'hall', channel: i % 3 === 0 ? 'online' : 'window' },
        ...{ item: 'mi-02', promisedBy: '2019-12-05T18:00:00+08:00' },
      });
    for (let i = 0; i < 9; i++)
      await tell('hall.rating.given', `2019-11-26T09:5${i}:00+08:00`, { score: 5, station: 'hall', medium: 'pad' });
  });
  afterAll(() => hall.close());
  async function tell(type: string, time: string, data: object): Promise<void> {
    const event = { specversion: '1.0', source: 'urn:other', id: `e${told++}`, type, time, data };
    const { status } = await hall.browser().ask('POST', '/api/events', event, { Authorization: `Bearer ${KEY}` });
    expect(status).toBe(200);
  }
  const cards = (page: Page) => page.locator('.heroes [role="button"][data-term]');
  const keysOf = (page: Page) => page.locator('main.wall [tabindex], main.wall [role="button"]').count();
  const chunksOf = (page: Page) =>
    page.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => name.includes('/Lead-')).length);
  const cursorOf = (page: Page) => page.evaluate(() => getComputedStyle(document.body).cursor);

  test.each([
    ['a laptop', { width: 1440, height: 900 }],
    ['a wall', WALL_SIZE],
  ])('on %s a card leads to its definition, and from there to its rows', async (name, viewport) => {
    const page = await openAs(browser, hall, 'leader', '/?scene=overview', { viewport });
    await cards(page).first().waitFor();
    await page.getByRole('button', { name: '受理 3：看口径和明细' }).waitFor();
    expect(await cursorOf(page)).toBe('auto');
    expect(await findProblems(page)).toEqual([]);
    await page.locator('section.window .figure[data-term]').click();
    const dialog = page.getByRole('dialog', { name: '窗口受理' });
    expect(await dialog.innerText()).toContain(TERMS.windowCases.definition.zh);
    expect(await dialog.innerText()).toContain('11月26日 · 全厅');
    expect(await findProblems(page)).toEqual([]);
    await takePicture(page, `wall-definition-${name}`);
    await dialog.getByRole('link', { name: '看明细' }).click();
    await page.getByRole('heading', { name: '窗口受理' }).waitFor();
    await page.getByText('8 件', { exact: true }).waitFor();
    await page.context().close();
  });

  test.each([
    ['zh', 'zh-CN'],
    ['en', 'en-GB'],
  ])(
    'of a day with few ratings, all of them good, every card holds what it says, at every size, in %s',
    async (lang, locale) => {
      const page = await openAs(browser, hall, 'leader', `/?scene=overview&lang=${lang}`, {
        viewport: WALL_SIZE,
        locale,
      });
      await page.locator('section.satisfied [data-term="satisfiedLowerBound"]').waitFor();
      await prepareScreen(page);
      for (const size of SIZES) {
        await resize(page, size);
        expect(writeFaults(await findFaults(page, { leastRem: 0, figures: 7, text: 4.5 })), size).toEqual([]);
      }
      await page.context().close();
    },
  );

  test('a share leads to the rows of either sum, a station to its own, and the keyboard does too', async () => {
    const page = await openAs(browser, hall, 'manager', '/?scene=overview&lang=en', {
      viewport: WALL_SIZE,
      locale: 'en-GB',
    });
    const share = page.locator('section.online .note [data-term="onlineShare"]').first();
    await share.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Online share' });
    const of = await dialog.getByRole('link', { name: 'Rows of the denominator' }).getAttribute('href');
    expect(of).toBe('/rows?term=onlineShare&from=2019-11-26&to=2019-11-26&part=of&lang=en');
    await takePicture(page, 'wall-definition-english');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    expect(await share.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.locator('.stations [data-station="meifeng"]').click();
    const rows = page.getByRole('dialog', { name: 'Accepted' }).getByRole('link', { name: 'See the rows' });
    expect(new URL((await rows.getAttribute('href'))!, hall.url).searchParams.get('station')).toBe('meifeng');
    await page.context().close();
  });

  test('the title of a picture leads to what it draws, a floor to both sums of its share', async () => {
    const page = await openAs(browser, hall, 'manager', '/?scene=overview', { viewport: WALL_SIZE });
    const addresses = async (): Promise<string[]> => {
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      const found = await dialog
        .getByRole('link')
        .evaluateAll((links) => links.map((one) => one.getAttribute('href')!));
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      return found;
    };
    await page.locator('h2 [data-term="accepted"]').click();
    expect(await page.getByRole('dialog').locator('.value').innerText()).toBe('12');
    expect(await addresses()).toEqual(['/rows?term=accepted&from=2019-11-26&to=2019-11-26']);
    await page.locator('main.wall .satisfied [data-term="satisfiedLowerBound"]').click();
    const floor = '/rows?term=satisfiedLowerBound&from=2019-11-26&to=2019-11-26';
    expect(await addresses()).toEqual([floor, `${floor}&part=of`]);
    await page.context().close();
    const leader = await hall.signIn('leader');
    const { body } = await leader.ask('GET', `/api${floor}&part=of`);
    expect(body).toMatchObject({ count: 9, shown: { term: 'activelySatisfied', part: 'of' } });
  });

  test('a definition that nobody uses closes itself after a minute, one in use does not, and a new alarm closes it', async () => {
    const page = await openAs(browser, hall, 'leader', '/?scene=overview', { viewport: WALL_SIZE });
    await cards(page).first().waitFor();
    await page.clock.install();
    await page.locator('section.window .figure[data-term]').click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.clock.runFor(50_000);
    await page.mouse.move(300, 300);
    await page.clock.runFor(50_000);
    expect(await dialog.count()).toBe(1);
    await page.clock.runFor(11_000);
    await dialog.waitFor({ state: 'detached' });
    await page.clock.resume();
    await page.locator('section.online .figure[data-term]').click();
    await dialog.waitFor();
    await tell('hall.alarm.raised', '2019-11-26T09:59:00+08:00', { alarm: 'a1', kind: 'queue', station: 'hall' });
    await dialog.waitFor({ state: 'detached' });
    await page.context().close();
  });

  test('nothing is different on a wall without a session, by a display’s token, or for whoever may not read rows', async () => {
    const { secret } = hall.access.displayTokens.add({ hall: 'meilin', audience: 'management', label: 'wall' });
    const display = await openAt(browser, `${hall.url}/?token=${secret}&scene=overview`, { viewport: WALL_SIZE });
    await display.locator('main.wall').waitFor();
    const figure = display.locator('section.window .figure[data-term]');
    const stands = async (page: Page) => ({
      keys: await keysOf(page),
      chunks: await chunksOf(page),
      cursor: await cursorOf(page),
    });
    const nothing = { keys: 0, chunks: 0, cursor: 'none' };
    await figure.click();
    await display.waitForLoadState('networkidle');
    expect(await stands(display)).toEqual(nothing);
    expect(await display.getByRole('dialog').count()).toBe(0);
    // A display's browser in which somebody signs in stays a display: its token leads to no rows.
    const { cookie } = await hall.signIn('leader');
    const [name = '', value = ''] = cookie.split('=');
    await display.context().addCookies([{ name, value, url: hall.url }]);
    const again = await display.context().newPage();
    await again.goto(`${hall.url}/?scene=overview`);
    await again.locator('section.window .figure[data-term]').waitFor();
    await again.waitForLoadState('networkidle');
    expect(await stands(again)).toEqual(nothing);
    await display.context().close();
    const clerk = await hall.signIn('clerk');
    expect((await clerk.ask('GET', '/')).body as string).not.toContain('name="reader"');
  });

  test('a past moment shows the definition alone', async () => {
    const page = await openAs(browser, hall, 'leader', '/?at=2019-11-26T09:45&scene=overview', { viewport: WALL_SIZE });
    await page.locator('main.wall section.window .figure[role="button"]').click();
    const dialog = page.getByRole('dialog', { name: '窗口受理' });
    await dialog.getByText('回放只看口径').waitFor();
    expect(await dialog.getByRole('link').count()).toBe(0);
    await takePicture(page, 'wall-definition-past');
    await page.context().close();
  });
});
