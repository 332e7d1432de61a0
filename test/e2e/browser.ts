// A real Chromium, and what a person reads on a wall.
import { chromium, type Browser, type Page } from 'playwright-core';

export function openBrowser(): Promise<Browser> {
  return chromium.launch(describeBrowser());
}

/**
 * Every window of a whole Chromium loads the pages of its own address bar beside the wall's, though nobody types there;
 * that is half of what a window costs. The last such switch wins, so what Playwright turns off for the sake of tests is
 * named again.
 */
const OFF = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'NetworkTimeServiceQuerying',
  'OptimizationHints',
  'PaintHolding',
  'PreconnectToSearch',
  'ThirdPartyStoragePartitioning',
];

/** Which browser, and how it is started. */
export function describeBrowser(): { executablePath: string; args: string[] } {
  const executablePath = process.env['HALLPULSE_BROWSER'];
  if (!executablePath) throw new Error('No browser was found: `npm test` installs one, or HALLPULSE_BROWSER names it.');
  const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', `--disable-features=${OFF.join()}`];
  return { executablePath, args };
}

/** A wall's page in a context of its own; `prepare` runs before the page is opened. */
export async function openWall(
  browser: Browser,
  url: string,
  prepare: (page: Page) => Promise<void> = async () => {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1920, height: 1080 } });
  const page = await context.newPage();
  await prepare(page);
  await page.goto(url);
  await page.locator('main.wall').waitFor();
  return page;
}

/** The large figure of window cases, as it stands on the screen. */
export function windowCases(page: Page): Promise<string> {
  return page.locator('section.window .figure .figure').innerText();
}

/** Resolves with the milliseconds that it took until the figure read `text`. */
export async function waitForWindowCases(page: Page, text: string, timeoutMs: number): Promise<number> {
  const beganAt = performance.now();
  await page.waitForFunction(
    (expected) => document.querySelector('section.window .figure .figure')?.textContent === expected,
    text,
    { timeout: timeoutMs, polling: 'raf' },
  );
  return performance.now() - beganAt;
}

/** What stands in the header: the proof of freshness, or the band across it. */
export function readHeader(page: Page): Promise<string> {
  return page.locator('main.wall > header').innerText();
}
