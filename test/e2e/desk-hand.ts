// Somebody's hand at a desk: what they click and type there, and what they wait to see.
import type { Browser, Locator, Page } from 'playwright-core';
import type { StaffedHall, Who } from '../server/staffed-hall.ts';
import { giveNameAndPassword, openAt, PASSWORD } from './staff-pages.ts';

export type Part = '窗口' | '在办' | '排队' | '其他登记' | '告警' | '更正';

export interface Hand {
  readonly page: Page;
  readonly header: Locator;
  readonly dialog: Locator;
  /** A sheet of the desk, by its heading. */
  sheet(heading: string | RegExp): Locator;
  goTo(part: Part): Promise<void>;
  press(name: string | RegExp, within?: Locator): Promise<void>;
  goToStation(name: string): Promise<void>;
  /** Opens a window, `01` for example, in the place of whoever holds it where `from` says who that is. */
  open(label: string, from?: string): Promise<void>;
  /** Gives a number in 排队, which must be this one. */
  take(number: string): Promise<void>;
  /** Calls the next number, which must be this one. */
  call(number: string): Promise<void>;
  finish(): Promise<void>;
  /** Finds an item by what is typed, chooses among what may be said of it, and writes the case down. */
  record(query: string, name: string, more?: { chips?: readonly string[]; papers?: string }): Promise<void>;
  /** What was written down last under this title, in 刚才. */
  line(title: string): Locator;
  /** An open case's row in 在办. */
  row(name: string): Locator;
  /** Lets the page learn the hall's time, as it does by itself within a quarter of a minute. */
  hearTime(): Promise<void>;
  leave(): Promise<void>;
}

export function createHand(page: Page): Hand {
  const header = page.locator('header').first();
  const dialog = page.getByRole('dialog');
  const place = page.locator('.place').getByRole('button').first();
  const sheet = (heading: string | RegExp): Locator =>
    page.locator('section', { has: page.getByRole('heading', { name: heading, exact: typeof heading === 'string' }) });
  const press = (name: string | RegExp, within: Locator | Page = page): Promise<void> =>
    within.getByRole('button', { name, exact: typeof name === 'string' }).click();
  return {
    page,
    header,
    dialog,
    sheet,
    press,
    goTo: (part) => press(new RegExp(`^${part}`), page.getByRole('navigation')),
    async goToStation(name) {
      await place.click();
      await press(name, dialog);
      await dialog.waitFor({ state: 'detached' });
      await place.getByText(name).waitFor();
    },
    async open(label, from) {
      await place.click();
      await press(`${from === undefined ? '开窗' : '接管'} ${label}号窗`, dialog);
      if (from !== undefined) {
        await dialog.getByText(`${label}号窗现在由 ${from} 使用`).waitFor();
        await press('接管', dialog);
      }
      await header.getByText('营业中').waitFor();
    },
    async take(number) {
      await press('取号');
      await page.locator('footer').getByText(`取到 ${number}`).waitFor();
    },
    async call(number) {
      await press(/呼叫下一位/);
      await page.locator('.number', { hasText: number }).first().waitFor();
    },
    async finish() {
      await press(/办完，请评价/);
      await page.getByText('窗口空闲').waitFor();
    },
    async record(query, name, { chips = [], papers } = {}) {
      await page.getByRole('combobox').fill(query);
      await page.getByRole('option', { name, selected: true }).waitFor();
      for (const chip of chips) await page.locator('.chips').getByText(chip, { exact: true }).click();
      if (papers !== undefined) await page.getByLabel(/缺哪些材料/).fill(papers);
      await page.getByRole('combobox').press('Enter');
      await page.getByText(`已登记：${name}`).waitFor();
    },
    line: (title) => sheet('刚才').locator('li', { hasText: title }).first(),
    row: (name) => page.locator('tr', { hasText: name }),
    async hearTime() {
      // What it heard last it keeps for the next page.
      const before = await page.evaluate(() => {
        dispatchEvent(new Event('focus'));
        return JSON.stringify(localStorage);
      });
      await page.waitForFunction((kept) => JSON.stringify(localStorage) !== kept, before);
    },
    async leave() {
      await press('退出登录');
      await goOn(dialog, '不关窗，退出登录');
      await page.waitForURL('**/sign-in**');
    },
  };
}

/** Whoever has a window open is asked first. */
async function goOn(dialog: Locator, name: string): Promise<void> {
  const without = dialog.getByRole('button', { name, exact: true });
  if ((await without.count()) > 0) await without.click();
}

/** Signs in by the form, in a browser of one's own, and waits for the desk to be heard. */
export async function sitDown(browser: Browser, hall: StaffedHall, who: Who): Promise<Hand> {
  const page = await openAt(browser, `${hall.url}/sign-in?next=/desk`);
  await giveNameAndPassword(page, who, PASSWORD);
  await page.waitForURL('**/desk');
  await page.getByText('已连接').waitFor();
  return createHand(page);
}

/** 换人: another person at the same PC. */
export async function switchTo({ page, press, dialog, header }: Hand, who: Who): Promise<void> {
  await press('换人', header);
  await goOn(dialog, '不关窗，换人');
  await giveNameAndPassword(page, who, PASSWORD);
  await dialog.waitFor({ state: 'detached' });
  await header.getByText(`示例${who}`).waitFor();
}
