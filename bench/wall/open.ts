/** One opening of a display: a browser that has never been there, and whose processor is four times slower, as a mini-PC's. */
import type { Browser, CDPSession } from 'playwright-core';

const SCREEN = { viewport: { width: 1920, height: 1080 }, locale: 'zh-CN' };
const THROTTLE = 4;

/** Milliseconds since the navigation began, unless it says otherwise. */
export interface Showing {
  /** What was waited for first has been drawn: the figures. */
  readonly figuresMs: number;
  /** The last chart has been drawn; of a page without any `NaN`. */
  readonly chartsMs: number;
  /** The page itself was there. */
  readonly pageMs: number;
  /** How long until the end the page's own thread ran scripts, and worked out styles and places. */
  readonly scriptMs: number;
  readonly layoutMs: number;
  /** All that came over the wire until the end, with headers. */
  readonly bytes: number;
}

interface Watched {
  figuresMs?: number;
  chartsMs?: number;
}

/** @param figures the selector of what is waited for; @param charts whether a chart is, as well */
export async function openDisplay(
  browser: Browser,
  url: string,
  { figures, charts }: { readonly figures: string; readonly charts: boolean },
): Promise<Showing> {
  const context = await browser.newContext(SCREEN);
  try {
    const page = await context.newPage();
    await page.addInitScript(watch, figures);
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
    await cdp.send('Performance.enable');
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    let bytes = 0;
    cdp.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength));
    await page.goto(url, { waitUntil: 'commit' });
    const wanted = charts ? 'chartsMs' : 'figuresMs';
    await page.waitForFunction(
      (what) => (window as unknown as { watched: Record<string, number> }).watched[what] !== undefined,
      wanted,
    );
    const work = await readWork(cdp);
    const times = await page.evaluate(() => {
      const { figuresMs, chartsMs = NaN } = (window as unknown as { watched: Watched }).watched;
      const [own] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      return { figuresMs: figuresMs!, chartsMs, pageMs: own!.responseEnd };
    });
    return { ...times, ...work, bytes };
  } finally {
    await context.close();
  }
}

/** Runs in the page before anything of its own, so it may use nothing from here. */
function watch(figures: string): void {
  const watched: Watched = {};
  Object.assign(window, { watched });
  // A message posted from a frame's callback is handled right after that frame was drawn.
  const drawn = (then: () => void): void => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = then;
      port2.postMessage(null);
    });
  };
  const seen = { figures: false, charts: false };
  new MutationObserver(() => {
    if (!seen.figures && document.querySelector(figures)) {
      seen.figures = true;
      drawn(() => (watched.figuresMs = performance.now()));
    }
    if (!seen.charts && document.querySelector('canvas')) {
      seen.charts = true;
      // Its place is there a frame before what is drawn into it.
      drawn(() => drawn(() => (watched.chartsMs = performance.now())));
    }
  }).observe(document, { childList: true, subtree: true });
}

async function readWork(cdp: CDPSession): Promise<Pick<Showing, 'scriptMs' | 'layoutMs'>> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const ms = (name: string): number => (metrics.find((one) => one.name === name)?.value ?? 0) * 1_000;
  return { scriptMs: ms('ScriptDuration'), layoutMs: ms('LayoutDuration') + ms('RecalcStyleDuration') };
}
