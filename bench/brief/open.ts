/** One opening of a page on a telephone: a browser that has never been there, and whose processor is four times slower. */
import type { Browser, CDPSession, Page } from 'playwright-core';

const TELEPHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'zh-CN' };
const THROTTLE = 4;

/** Milliseconds since the navigation began, unless it says otherwise. */
export interface Opening {
  /** The sentence has been drawn. */
  readonly saidMs: number;
  /** A number of it was pressed at once, and its definition has been drawn. */
  readonly answeredMs: number;
  /** The page itself was there. */
  readonly pageMs: number;
  /** The figures were there; of a page without any `NaN`. */
  readonly figuresMs: number;
  /** Its scripts, as sent. */
  readonly scriptBytes: number;
  /** How long until then the page's own thread ran scripts, and worked out styles and places. */
  readonly scriptMs: number;
  readonly layoutMs: number;
}

interface Watched {
  saidMs?: number;
  answeredMs?: number;
}

export async function openOnTelephone(browser: Browser, url: string): Promise<Opening> {
  const context = await browser.newContext(TELEPHONE);
  try {
    const page = await context.newPage();
    await page.addInitScript(watch);
    const cdp = await context.newCDPSession(page);
    await cdp.send('Network.enable');
    await cdp.send('Network.setCacheDisabled', { cacheDisabled: true });
    await cdp.send('Performance.enable');
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: THROTTLE });
    await page.goto(url, { waitUntil: 'commit' });
    await page.waitForFunction(() => (window as unknown as { watched?: Watched }).watched?.answeredMs !== undefined);
    return { ...(await readTimes(page)), ...(await readWork(cdp)) };
  } finally {
    await context.close();
  }
}

/** Runs in the page before anything of its own, so it may use nothing from here. */
function watch(): void {
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
  let isSeen = false;
  let isOpen = false;
  new MutationObserver(() => {
    const number = document.querySelector<HTMLElement>('p.sentence a');
    if (!isSeen && number) {
      isSeen = true;
      drawn(() => {
        watched.saidMs = performance.now();
        number.click();
      });
    }
    if (!isOpen && document.querySelector('dialog[open]')) {
      isOpen = true;
      drawn(() => (watched.answeredMs = performance.now()));
    }
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ['open'] });
}

function readTimes(page: Page): Promise<Omit<Opening, 'scriptMs' | 'layoutMs'>> {
  return page.evaluate(() => {
    const { saidMs, answeredMs } = (window as unknown as { watched: Required<Watched> }).watched;
    const [own] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const files = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const asked = files.find(({ name }) => new URL(name).pathname === '/api/brief');
    const scripts = files.filter(({ name, responseEnd }) => name.endsWith('.js') && responseEnd <= answeredMs);
    return {
      saidMs,
      answeredMs,
      pageMs: own!.responseEnd,
      figuresMs: asked?.responseEnd ?? NaN,
      scriptBytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
    };
  });
}

async function readWork(cdp: CDPSession): Promise<Pick<Opening, 'scriptMs' | 'layoutMs'>> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const ms = (name: string): number => (metrics.find((one) => one.name === name)?.value ?? 0) * 1_000;
  return { scriptMs: ms('ScriptDuration'), layoutMs: ms('LayoutDuration') + ms('RecalcStyleDuration') };
}
