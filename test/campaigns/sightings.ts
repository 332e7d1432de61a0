// When each position of the ledger stood on a wall: watched inside the page, where nothing is seen too late.
import type { Page } from 'playwright-core';

/** Epoch milliseconds by the page's own clock. */
export interface Sighting {
  readonly seq: number;
  /** The text was in the document. */
  readonly changedAt: number;
  /** The frame after that had been made. */
  readonly shownAt: number;
}

interface Watching {
  readonly sightings: { seq: number; changedAt: number; shownAt: number }[];
}

/** Begins to note each position of the ledger that the wall has drawn. */
export function watchPositions(page: Page): Promise<void> {
  return page.evaluate(() => {
    const now = () => performance.timeOrigin + performance.now();
    const wall = document.querySelector<HTMLElement>('main.wall')!;
    const watching: Watching = { sightings: [] };
    const pending: Watching['sightings'] = [];
    // A message posted from a frame's callback is handled right after that frame was drawn.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      const shownAt = now();
      for (const sighting of pending.splice(0)) sighting.shownAt = shownAt;
    };
    const look = () => {
      const seq = Number(wall.dataset['seq']);
      if (seq === watching.sightings.at(-1)?.seq) return;
      const sighting = { seq, changedAt: now(), shownAt: Infinity };
      watching.sightings.push(sighting);
      if (pending.push(sighting) === 1) requestAnimationFrame(() => port2.postMessage(null));
    };
    look();
    new MutationObserver(look).observe(wall, { attributeFilter: ['data-seq'] });
    Object.assign(window, { watching });
  });
}

/** What was seen until `seq` stood on the wall, or until the limit. */
export async function readSightings(page: Page, seq: number, limitMs: number): Promise<Sighting[]> {
  await page
    .waitForFunction(
      (wanted) =>
        (window as unknown as { watching: Watching }).watching.sightings.some(
          (one) => one.seq >= wanted && one.shownAt < Infinity,
        ),
      seq,
      { timeout: limitMs, polling: 200 },
    )
    .catch(() => undefined);
  const sightings = await page.evaluate(() => (window as unknown as { watching: Watching }).watching.sightings);
  // A last one whose frame is still to come crosses from the page as null.
  return sightings.filter(({ shownAt }) => Number.isFinite(shownAt));
}
