// What people see in years that the official calendar does not know: the wall, the public screen and the self-test, drawn (K1).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addDays, momentOf } from '../../domain/calendar/zone.ts';
import { eventually, firstWeekday, openYearHall, zone, type YearHall } from '../server/calendar/year-hall.ts';
import { openBrowser } from './browser.ts';
import { findRoot } from './product.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await openBrowser();
});
afterAll(() => browser.close());

const dist = join(findRoot(), 'dist');
const openHall = (at: number, calendar?: object): Promise<YearHall> => {
  const { build } = JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8')) as { build: string };
  return openYearHall({ at, pages: { folder: join(dist, 'client'), build }, ...(calendar ? { calendar } : {}) });
};

async function openPage(address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' });
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

/** Everything that can be read on a page, once `holds` can. */
async function readPage(address: string, holds: string): Promise<string> {
  const page = await openPage(address);
  await page.getByText(holds).first().waitFor();
  const text = await page.locator('body').innerText();
  await page.context().close();
  return text;
}

async function readFact(url: string, key: string): Promise<string> {
  const page = await openPage(`${url}/wall/self-test`);
  const fact = page.locator(`[data-fact=${key}]:not([data-judgement=note])`);
  const text = `${await fact.getAttribute('data-judgement')} ${await fact.innerText()}`;
  await page.context().close();
  return text;
}

describe.each([2027, 2028, 2035])('in %i', (year) => {
  const monday = firstWeekday(`${year}-03-01`, 1);

  test('a hall that nobody has told the holidays of is open, and its self-test says so', async () => {
    const hall = await openHall(momentOf(zone, monday, 600));
    try {
      const opened = momentOf(zone, addDays(monday, -7), 600);
      await hall.tell('hall.followup.opened', { followup: 'f1', about: 'rating', station: 'meifeng' }, opened);
      const wall = await readPage(`${hall.url}/?scene=overview`, '督办事项');
      expect(wall).not.toMatch(/今日休息|休息日/);
      // Due at the end of this very day: six hours of work, of which the first minute may have begun.
      expect(wall).toMatch(/剩(6小时|5小时59分)/);
      const screen = await readPage(`${hall.url}/public`, '现在没有叫号');
      expect(screen).not.toMatch(/今日休息|未知/);
      expect(await readFact(hall.url, 'calendar')).toMatch(new RegExp(`^warning [^]*节假日安排未知（${year}年）`));
    } finally {
      await hall.close();
    }
  });

  test('one whose document knows the day is shut on it, and walls that stand open follow its edit', async () => {
    const calendar = { version: 1, years: [year], daysOff: [{ from: monday }] };
    const hall = await openHall(momentOf(zone, monday, 600), calendar);
    try {
      expect(await readFact(hall.url, 'calendar')).toMatch(/^good [^]*已知/);
      const wall = await openPage(`${hall.url}/?scene=overview`);
      const screen = await openPage(`${hall.url}/public`);
      for (const page of [wall, screen]) await page.getByText('今日休息').first().waitFor();
      hall.write({ version: 2, years: [year] });
      for (const page of [wall, screen])
        await eventually(async () => expect(await page.locator('body').innerText()).not.toContain('今日休息'));
      await screen.getByText('现在没有叫号').first().waitFor();
    } finally {
      await hall.close();
    }
  });
});
