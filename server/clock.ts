/** The hall's clock: real time, or the demo's. */

export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Real milliseconds until the clock shows `at`. */
  untilMs(at: number): number;
  /** What has passed, ms, whatever is done to the clock; absent: as the process counts it. */
  passedMs?(): number;
}

export const realClock: Clock = { now: () => Date.now(), untilMs: (at) => at - Date.now() };
