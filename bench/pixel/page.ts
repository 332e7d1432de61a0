/** What is measured inside a page, by one clock: from the start of its own POST to the frame that shows the figure. */
import type { Page } from 'playwright-core';

export interface Timing {
  /** POST started → the figure's text changed. */
  readonly changedMs: number;
  /** POST started → the first frame after that was produced. */
  readonly shownMs: number;
}

export interface Shot {
  readonly selector: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Posts one event from the page and waits until the page shows it. Runs in the page, so it may use nothing from here. */
export function measureOnce(page: Page, shot: Shot): Promise<Timing> {
  return page.evaluate(async ({ selector, headers, body }) => {
    const figure = document.querySelector(selector);
    if (!figure) throw new Error(`the page shows no ${selector}`);
    const before = figure.textContent;
    let startedAt = 0;
    const seen = new Promise<{ changedMs: number; shownMs: number }>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the figure did not change in 60 s')), 60_000);
      const observer = new MutationObserver(() => {
        if (figure.textContent === before) return;
        observer.disconnect();
        clearTimeout(timer);
        const changedMs = performance.now() - startedAt;
        // A message posted from a frame's callback is handled right after that frame was drawn.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve({ changedMs, shownMs: performance.now() - startedAt });
          port2.postMessage(null);
        });
      });
      observer.observe(figure, { childList: true, characterData: true, subtree: true });
    });
    startedAt = performance.now();
    const answer = fetch('/api/events', { method: 'POST', headers, body });
    const timing = await seen;
    await (await answer).arrayBuffer();
    return timing;
  }, shot);
}
