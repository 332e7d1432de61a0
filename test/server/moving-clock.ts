/** A hall's clock that runs as real time does, and goes wherever a test sets it. */
import type { Clock } from '../../server/clock.ts';

export interface MovingClock extends Clock {
  /** Goes on from `at`, epoch ms. */
  set(at: number): void;
}

/** @param at what it shows first, epoch ms */
export function createMovingClock(at: number): MovingClock {
  let ahead = at - performance.now();
  const now = (): number => Math.floor(performance.now() + ahead);
  return {
    now,
    untilMs: (moment) => moment - now(),
    set: (moment) => void (ahead = moment - performance.now()),
  };
}
