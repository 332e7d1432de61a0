// The screens that are looked at: their sizes, how they are opened, and when they have come to rest.
import type { Browser, Page } from 'playwright-core';
import { FAR_ANGLE, measureAngle, usualInches } from '../../client/pages/self-test/legibility.ts';
import { measureSigns } from '../../client/pages/self-test/signs.ts';
import { PAGE_MS } from '../../client/ui/pages.svelte.ts';
import { watchCanvasText, type Fault } from './inspect-screen.ts';

export const SIZES = ['1366x768', '1920x1080', '3840x2160', '3840x1080', '5760x1080', '1080x1920'] as const;

export function parseSize(size: string): { width: number; height: number } {
  const [width = 0, height = 0] = size.split('x').map(Number);
  return { width, height };
}

/** A page on `address`, drawn and at rest. Lists that are too long for their place turn only by `turnLists`. */
export async function openScreen(browser: Pick<Browser, 'newPage'>, address: string, size: string): Promise<Page> {
  const page = await browser.newPage({ viewport: parseSize(size) });
  await prepareScreen(page);
  await page.goto(address);
  await page.locator('main').waitFor();
  await settle(page);
  return page;
}

/** To be called before a page is opened. */
export async function prepareScreen(page: Page): Promise<void> {
  await watchCanvasText(page);
  // A hall lives on while it is looked at: a figure that changes must not be measured in the middle of its mark.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.addInitScript((pageMs) => {
    const turns = new Set<() => void>();
    Object.assign(globalThis, { turnLists: () => turns.forEach((turn) => turn()) });
    const { setInterval } = globalThis;
    const keep = (turn: () => void, ms?: number, ...args: unknown[]) => {
      if (ms === pageMs) turns.add(turn);
      return ms === pageMs ? setInterval(() => undefined, 2 ** 30) : setInterval(turn, ms, ...args);
    };
    Object.assign(globalThis, { setInterval: keep });
  }, PAGE_MS);
}

/** Every list shows its next page. */
export async function turnLists(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as { turnLists: () => void }).turnLists());
}

export async function resize(page: Page, size: string): Promise<void> {
  await page.setViewportSize(parseSize(size));
  await settle(page);
}

/** Until the fonts of what is shown are here and two frames have been drawn with them. */
export async function settle(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    await document.fonts.ready;
    // Charts are drawn after the frame with the figures, once what draws them has come.
    const charts = () => [...document.querySelectorAll('.chart')];
    while (charts().some((chart) => !chart.querySelector('canvas'))) await new Promise(requestAnimationFrame);
    if (charts().length > 0) await new Promise((resolve) => setTimeout(resolve, 100));
  });
}

export const writeFaults = (faults: readonly Fault[]): string[] =>
  faults.map(({ fault, text, place, detail }) => `${fault}: “${text}” in ${place}: ${detail}`);

/** What on 75 inches and from 6 metres is seen under a smaller angle than it is to have, in minutes of arc. */
export async function findSmallSigns(page: Page, leastAngle: number): Promise<string[]> {
  const { width, height } = page.viewportSize()!;
  const viewing = { inches: usualInches({ width, height }), metres: 6, widthPx: width, heightPx: height };
  // Handed over as text: it hangs on nothing outside itself.
  const signs = await page.evaluate<ReturnType<typeof measureSigns>>(`(${String(measureSigns)})(document)`);
  if (signs.length === 0) throw new Error('no writing was found');
  return signs.flatMap(({ text, heightPx, isFar, place }) => {
    const angle = measureAngle(heightPx, viewing);
    const least = isFar ? FAR_ANGLE : leastAngle;
    return angle < least ? [`“${text}” ${isFar ? 'from afar ' : ''}${angle.toFixed(2)}′ in ${place}`] : [];
  });
}
