/** The hall's clock as this page knows it: anchored at what the server says, moving at the pace that it was seen to move. */

/** A demonstration's clock may run faster than ours; an ordinary one runs at 1. */
export interface HallClock {
  /** The server's clock (epoch ms) and this machine's monotonic clock (ms) at the last word. */
  readonly serverMs: number;
  readonly localMs: number;
  readonly rate: number;
  /** The last observed paces, newest last. */
  readonly seen: readonly number[];
}

const KEPT = 3;
/** Two words closer than this say more about the network's jitter than about the clock's pace. */
const LEAST_GAP_MS = 2_000;
/** A pace this near to 1 is 1: the rest is jitter. */
const SNAP = 0.15;
const MOST_RATE = 10_000;

export function startClock(serverMs: number, localMs: number): HallClock {
  return { serverMs, localMs, rate: 1, seen: [] };
}

/** The clock after another word of the server. The pace is a median, so that one jump does not carry it away. */
export function hearClock(clock: HallClock, serverMs: number, localMs: number): HallClock {
  const gap = localMs - clock.localMs;
  if (gap < LEAST_GAP_MS) return gap < 0 ? startClock(serverMs, localMs) : clock;
  const pace = Math.min(Math.max((serverMs - clock.serverMs) / gap, 0), MOST_RATE);
  const seen = [...clock.seen, pace].slice(-KEPT);
  const sorted = [...seen].sort((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)]!;
  return { serverMs, localMs, rate: Math.abs(median - 1) < SNAP ? 1 : median, seen };
}

/** The hall's time (epoch ms) at a moment of this machine's monotonic clock. */
export function readClock(clock: HallClock, localMs: number): number {
  return clock.serverMs + (localMs - clock.localMs) * clock.rate;
}
