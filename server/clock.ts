/** The hall's clock: real time, or the demo's. */

export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Real milliseconds until the clock shows `at`. */
  untilMs(at: number): number;
}

export const realClock: Clock = { now: () => Date.now(), untilMs: (at) => at - Date.now() };
