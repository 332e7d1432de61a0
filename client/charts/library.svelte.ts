/** What draws charts: fetched once the figures stand, for all charts of a page, and again for as long as it does not come. */
import { afterNextFrame } from '../ui/after-frame.ts';
import type * as echarts from './echarts.ts';

type Library = typeof echarts;

/** A server that is gone for a moment is there again soon; one that is gone for long is asked seldom. */
const FIRST_RETRY_MS = 5_000;
const MOST_RETRY_MS = 60_000;

class ChartLibrary {
  loaded: Library | undefined = $state.raw();
  /** Whether it was asked for and did not come. */
  isMissing = $state(false);
  /** The charts that wait for it. */
  #waiting = 0;
  #isAsking = false;
  #waitMs = FIRST_RETRY_MS;

  /** Sees to it that it comes; the answer calls that off, for this chart. */
  want(): () => void {
    this.#waiting++;
    this.#ask();
    return () => {
      this.#waiting--;
    };
  }

  /** One question at a time, and none while no chart is in sight. */
  #ask(): void {
    if (this.loaded || this.#isAsking || this.#waiting === 0) return;
    this.#isAsking = true;
    afterNextFrame(() => void this.#load());
  }

  async #load(): Promise<void> {
    try {
      this.loaded = await import('./echarts.ts');
      this.isMissing = false;
    } catch {
      this.isMissing = true;
      setTimeout(() => {
        this.#isAsking = false;
        this.#ask();
      }, this.#waitMs);
      this.#waitMs = Math.min(2 * this.#waitMs, MOST_RETRY_MS);
    }
  }
}

export const chartLibrary = new ChartLibrary();
