// The staff's pages in a real browser: opened as somebody, and looked over for what is cut, too small or told to nobody.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { PASSWORD, type StaffedHall, type Who } from '../server/staffed-hall.ts';

export const DESK_SIZE = { width: 1366, height: 768 };
export const PHONE_SIZE = { width: 390, height: 844 };

/** A page in a browser of its own, at a desk and in Chinese unless `options` say otherwise. */
export async function openAt(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: DESK_SIZE, locale: 'zh-CN', ...options });
  const page = await context.newPage();
  await page.goto(url);
  return page;
}

/** Signs in by the form that stands there: on the page, or in the dialog over it. */
export async function giveNameAndPassword(where: Page | Locator, staff: string, password: string): Promise<void> {
  await where.getByLabel('工号').fill(staff);
  await where.getByLabel('密码', { exact: true }).fill(password);
  await where.getByLabel('密码', { exact: true }).press('Enter');
}

/** Somebody's browser, signed in and on `path`. */
export async function openAs(
  browser: Browser,
  hall: StaffedHall,
  who: Who,
  path: string,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const { cookie } = await hall.signIn(who);
  const [name = '', value = ''] = cookie.split('=');
  const context = await browser.newContext({ viewport: DESK_SIZE, locale: 'zh-CN', ...options });
  await context.addCookies([{ name, value, url: hall.url }]);
  const page = await context.newPage();
  await page.goto(hall.url + path);
  return page;
}

/** What is pressed on a desk with a mouse, and what is pressed with a finger; 16 px text. */
const LEAST_TARGET_PX = 40;
export const FINGER_PX = 44;
const LEAST_TEXT_PX = 14;

/** What is wider than the screen, too small to be pressed, or too small to be read. */
export function findFaults(page: Page, leastTargetPx = LEAST_TARGET_PX): Promise<string[]> {
  return page.evaluate(
    ([target, text]) => {
      const faults: string[] = [];
      const { scrollWidth } = document.documentElement;
      if (scrollWidth > innerWidth) faults.push(`scrolls sideways: ${scrollWidth} of ${innerWidth}`);
      const top = document.querySelector('dialog[open]') ?? document.body;
      for (const element of top.querySelectorAll(
        'button, a, select, summary, input:not([type=radio], [type=checkbox], .visually-hidden), label:has([type=radio], [type=checkbox])',
      )) {
        const { width, height } = element.getBoundingClientRect();
        if (width > 0 && (width < target || height < target))
          faults.push(`small target: ${element.textContent?.trim()} ${width}×${height}`);
      }
      const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement!;
        if (node.textContent!.trim() === '' || element.closest('script, style, .visually-hidden, option')) continue;
        const px = parseFloat(getComputedStyle(element).fontSize);
        if (px < text) faults.push(`small text: ${node.textContent!.trim()} ${px}px`);
      }
      return faults;
    },
    [leastTargetPx, LEAST_TEXT_PX] as const,
  );
}

export { PASSWORD };

/** Where pictures are wanted, a folder. */
const PICTURES = process.env['HALLPULSE_PICTURES'];

export async function takePicture(page: Page, name: string, more: { fullPage?: boolean } = {}): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ ...more, path: join(PICTURES, `${name}.png`) });
}
