// Every scene and the public screen in the states that a demo's quiet morning does not show, looked at as shapes.test.ts does.
import { LEAST_ANGLE, OVERVIEW_ANGLE } from '../../client/pages/self-test/legibility.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SCENES } from '../../domain/board/topics/data.ts';
import { openBrowser } from './browser.ts';
import { crowdDocuments, CROWDED_AT, readDocuments, tellCrowdedMorning, tellEvening } from './crowded-hall.ts';
import { acceptance, type WireEvent } from './hall-client.ts';
import { findFaults, findSmallCanvasText } from './inspect-screen.ts';
import { findSmallSigns, parseSize, prepareScreen, resize, settle, writeFaults } from './screens.ts';
import { openToldHall, type ToldHall } from './told-hall.ts';

const SIZES = ['1366x768', '1920x1080', '1080x1920'];
const SCREENS = [...SCENES, 'public'] as const;
type Screen = (typeof SCREENS)[number];

let browser: Browser;
let context: BrowserContext;
let empty: ToldHall;
let crowded: ToldHall;
let silent: ToldHall;
let morning: WireEvent[];
beforeAll(async () => {
  morning = tellCrowdedMorning(readDocuments());
  [browser, empty, crowded, silent] = await Promise.all([
    openBrowser(),
    openToldHall(CROWDED_AT),
    openToldHall(CROWDED_AT, morning, crowdDocuments),
    openToldHall(SILENT_AT, tellSilence()),
  ]);
  // One for all, so that the fonts are fetched once.
  context = await browser.newContext();
});
afterAll(async () => {
  await browser.close();
  await empty.close();
  await crowded.close();
  await silent.close();
});

const SILENT_AT = '2019-11-25T15:30:00+08:00';

/** A case at every station in the morning, and nothing since. */
function tellSilence(): WireEvent[] {
  const morning = Date.parse('2019-11-25T10:40:00+08:00');
  return readDocuments().profile.stations.map(({ id }, i) =>
    acceptance(`silent${i}`, { station: id, channel: 'online' }, morning - i * 60_000),
  );
}

async function open(hall: ToldHall, screen: Screen, language = 'zh'): Promise<Page> {
  const page = await context.newPage();
  await page.setViewportSize(parseSize(SIZES[0]!));
  await prepareScreen(page);
  await page.goto(`${hall.url}${screen === 'public' ? '/public?' : `/?scene=${screen}&`}lang=${language}`);
  await page.locator('main.picture').waitFor();
  await settle(page);
  return page;
}

async function inspect(page: Page, screen: Screen): Promise<void> {
  const isOverview = screen === 'overview';
  expect(await findSmallCanvasText(page, isOverview ? 1.4 : 1.16)).toEqual([]);
  for (const size of SIZES) {
    await resize(page, size);
    const where = `${screen} ${size}`;
    expect(writeFaults(await findFaults(page, { leastRem: 0, figures: 7, text: 4.5 })), where).toEqual([]);
    expect(await findSmallSigns(page, isOverview ? OVERVIEW_ANGLE : LEAST_ANGLE), where).toEqual([]);
  }
}

const look = (hall: () => ToldHall, language?: string) => async (screen: Screen) => {
  const page = await open(hall(), screen, language);
  await inspect(page, screen);
  await page.close();
};

describe('a hall that has heard nothing yet', () => {
  test.each(SCREENS)(
    '%s',
    look(() => empty),
  );
});

describe('an afternoon in which every station has fallen silent', () => {
  test.each(SCREENS)(
    '%s',
    look(() => silent),
  );
  test.each(SCREENS)(
    '%s, in English',
    look(() => silent, 'en'),
  );
});

describe('the worst morning', () => {
  test.each(SCREENS)(
    '%s',
    look(() => crowded),
  );
  test.each(SCREENS)(
    '%s, in English',
    look(() => crowded, 'en'),
  );

  // Last in here: what follows begins the server again.
  test('every screen, after its server has gone', async () => {
    const pages = await Promise.all(SCREENS.map((screen) => open(crowded, screen)));
    await crowded.leave();
    await Promise.all(pages.map((page) => page.locator('header.stopped, header.held').waitFor({ timeout: 60_000 })));
    for (const [i, screen] of SCREENS.entries()) {
      // A page behind another is drawn once a second.
      await pages[i]!.bringToFront();
      await inspect(pages[i]!, screen);
      await pages[i]!.close();
    }
  });
});

describe('the evening after it', () => {
  beforeAll(() => crowded.goTo('2019-11-25T19:30:00+08:00', tellEvening(morning)));
  test.each(SCREENS)(
    '%s',
    look(() => crowded),
  );
});

describe('the night after it', () => {
  beforeAll(() => crowded.goTo('2019-11-26T02:10:00+08:00'));
  test.each(SCREENS)(
    '%s',
    look(() => crowded),
  );
});
