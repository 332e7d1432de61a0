// A page worked by its keys alone: the focus is somebody's to see at each step, and nothing is ever pressed by a mouse.
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** More steps than any way through a page has. */
const MOST_STEPS = 80;

export interface Focus {
  /** What it is called, as a reader hears it. */
  readonly name: string;
  readonly tag: string;
  /** Why somebody does not see it; nothing where they do. */
  readonly faults: readonly string[];
}

/** To be called before the page's first script: whatever a mouse or a finger does is counted. */
export async function countPointers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    for (const type of ['mousedown', 'pointerdown', 'touchstart'])
      addEventListener(type, () => sessionStorage.setItem('pointed', type), true);
  });
}

export async function expectNoPointer(page: Page): Promise<void> {
  expect(await page.evaluate(() => sessionStorage.getItem('pointed'))).toBeNull();
}

export function readFocus(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body) return { name: '', tag: 'body', faults: ['nothing has the focus'] };
    const field = element as HTMLInputElement;
    const label = field.labels?.[0];
    const name = element.getAttribute('aria-label') ?? label?.textContent ?? element.textContent ?? '';
    // A choice that is drawn by its label is seen there.
    const isDrawnByLabel = field.type === 'radio' && getComputedStyle(field).opacity === '0';
    const seen = isDrawnByLabel && label ? label : element;
    const { outlineStyle, outlineWidth } = getComputedStyle(seen);
    const { left, right, top, bottom, width, height } = seen.getBoundingClientRect();
    const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    const faults = [
      ...(outlineStyle === 'none' || parseFloat(outlineWidth) < 1 ? ['it has no ring'] : []),
      ...(width === 0 || height === 0 ? ['it has no size'] : []),
      ...(left < 0 || top < 0 || right > innerWidth || bottom > innerHeight ? ['it is out of sight'] : []),
      ...(middle === null || !(seen.contains(middle) || middle.contains(seen)) ? ['something lies on it'] : []),
    ];
    return { name: name.replace(/\s+/g, ' ').trim(), tag: element.localName, faults };
  });
}

/** That the focus is on something, and seen. */
export async function expectFocus(page: Page, name?: string | RegExp): Promise<void> {
  await expect.poll(() => readFocus(page), { timeout: 10_000 }).toMatchObject({ faults: [] });
  if (name !== undefined)
    await expect.poll(async () => (await readFocus(page)).name, { timeout: 10_000 }).toMatch(name);
}

/** Goes with Tab, or Shift Tab, to what is called so; each stop on the way is seen. */
export async function tabTo(page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const passed: string[] = [];
  for (let i = 0; i < MOST_STEPS; i++) {
    await page.keyboard.press(key);
    const focus = await readFocus(page);
    // Behind the last thing of a page the browser itself has the focus.
    if (focus.tag === 'body') continue;
    expect(focus).toMatchObject({ faults: [] });
    if (typeof name === 'string' ? focus.name === name : name.test(focus.name)) return;
    passed.push(focus.name);
  }
  throw new Error(`no key leads to ${String(name)}, but to ${passed.join(', ')}`);
}

/** Goes there and presses Enter. */
export async function enter(page: Page, name: string | RegExp, key?: 'Tab' | 'Shift+Tab'): Promise<void> {
  await tabTo(page, name, key);
  await page.keyboard.press('Enter');
}
