/** At what pace a page plays past moments. */
export const SPEEDS = [1, 10, 60, 600] as const;
export type Speed = (typeof SPEEDS)[number];

/** Between two questions of one that plays, ms: at a slow pace the figures change seldom. */
export const STEP_MS: Readonly<Record<Speed, number>> = { 1: 1_000, 10: 1_000, 60: 500, 600: 500 };

/** Moments are reckoned from where playing began and not from the last answer, so that slow answers make no slow clock. */
export class Pace {
  #at = 0;
  /** By this machine's monotonic clock. */
  #localMs = 0;

  /** Playing goes on from here. @param at epoch ms */
  anchor(at: number): void {
    this.#at = at;
    this.#localMs = performance.now();
  }

  /** The moment that has come by now, epoch ms. */
  reckon(speed: Speed): number {
    return this.#at + (performance.now() - this.#localMs) * speed;
  }
}
