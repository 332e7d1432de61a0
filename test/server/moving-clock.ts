/** A hall's clock that runs as real time does, and goes wherever a test sets it. */
import type { Clock } from '../../server/clock.ts';

export interface MovingClock extends Clock {
  /** Goes on from `at`, epoch ms: all the time up to it has passed, unless it lies behind. */
  set(at: number): void;
  /** Shows `at` from now on, epoch ms, and no time has passed. */
  jump(at: number): void;
}

/** @param at what it shows first, epoch ms */
export function createMovingClock(at: number): MovingClock {
  let ahead = at - performance.now();
  let skipped = 0;
  const now = (): number => Math.floor(performance.now() + ahead);
  return {
    now,
    untilMs: (moment) => moment - now(),
    passedMs: () => performance.now() + skipped,
    set: (moment) => {
      skipped += Math.max(0, moment - now());
      ahead = moment - performance.now();
    },
    jump: (moment) => void (ahead = moment - performance.now()),
  };
}
