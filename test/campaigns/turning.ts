// A wall that is turned by its key, and what its page then holds.
import { setTimeout as wait } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';

/** A turn that has not come by then never will: the wall itself gives one up after 8 s and asks anew. */
export const TURN_LIMIT_MS = 30_000;

/** What a page holds after collection; all but the heap are counted one by one. */
export interface PageCounts {
  /** Bytes. */
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
  readonly documents: number;
  readonly canvases: number;
  readonly charts: number;
}

/** Presses the key for the next scene; resolves with the scene, or with nothing where it does not come. */
export async function turnOnce(page: Page): Promise<{ scene: string; ms: number } | undefined> {
  const wall = page.locator('main.wall');
  const before = await wall.getAttribute('data-scene');
  const beganAt = performance.now();
  await page.keyboard.press('ArrowRight');
  try {
    const handle = await page.waitForFunction(
      (scene) => {
        const shown = document.querySelector<HTMLElement>('main.wall')?.dataset['scene'];
        return shown !== undefined && shown !== scene && shown;
      },
      before,
      { timeout: TURN_LIMIT_MS },
    );
    return { scene: (await handle.jsonValue()) as string, ms: performance.now() - beganAt };
  } catch {
    return undefined;
  }
}

/** Always on 总览: what is then still held by other scenes is leaked. */
export async function countOnOverview(page: Page, cdp: CDPSession): Promise<PageCounts> {
  await page.keyboard.press('1');
  await page.locator('main.wall[data-scene="overview"]').waitFor({ timeout: TURN_LIMIT_MS });
  // Its chart comes once the figures stand; where none is drawn there is nothing to wait for.
  await page
    .locator('main.wall canvas')
    .first()
    .waitFor({ timeout: 5_000 })
    .catch(() => undefined);
  await wait(200);
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage');
  const { metrics } = await cdp.send('Performance.getMetrics');
  const read = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  const [canvases, charts] = await page.evaluate(() => [
    document.querySelectorAll('canvas').length,
    document.querySelectorAll('[_echarts_instance_]').length,
  ]);
  return {
    heap: read('JSHeapUsedSize'),
    nodes: read('Nodes'),
    listeners: read('JSEventListeners'),
    documents: read('Documents'),
    canvases: canvases!,
    charts: charts!,
  };
}
