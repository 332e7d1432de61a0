/** How long somebody who takes a ticket now is likely to wait: a range, never one hopeful number. */
import { countOf, nearestRank } from './spread.ts';

export interface WaitFacts {
  /** Today's waits, first call − taken, ms. */
  readonly waits: ReadonlyMap<number, number>;
  /** Today's times at a window, served − last call, ms. */
  readonly handling: ReadonlyMap<number, number>;
  /** People who wait already. */
  readonly ahead: number;
  /** Windows at which somebody is being served. */
  readonly windows: number;
}

export interface WaitRange {
  readonly lowMs: number;
  readonly highMs: number;
}

/** Fewer values than this say nothing about the next one. */
const LEAST = 5;

/**
 * The envelope of two readings, so that neither can make the other look better:
 * what four of five people of today waited (nearest rank, 10th to 90th percentile), and
 * what those ahead still take at today's pace: `ahead` × the 10th percentile of the times at a window ÷ windows,
 * up to (`ahead` + 1) × the 90th ÷ windows.
 * The second is read only where somebody waits and a window is at work. Both need five values of today.
 *
 * @returns milliseconds; `undefined` where today has too few calls to say anything
 */
export function toWaitRange({ waits, handling, ahead, windows }: WaitFacts): WaitRange | undefined {
  if (countOf(waits) < LEAST) return undefined;
  const lowMs = nearestRank(waits, 0.1)!;
  const highMs = nearestRank(waits, 0.9)!;
  if (ahead === 0 || windows === 0 || countOf(handling) < LEAST) return { lowMs, highMs };
  return {
    lowMs: Math.min(lowMs, Math.floor((ahead * nearestRank(handling, 0.1)!) / windows)),
    highMs: Math.max(highMs, Math.ceil(((ahead + 1) * nearestRank(handling, 0.9)!) / windows)),
  };
}
