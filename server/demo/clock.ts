/** The demo's own clock: it starts where it is told and runs as many times faster than the real one as it is told. */

export interface DemoClock {
  /** The demo's present moment, whole epoch milliseconds. */
  now(): number;
  /** Real milliseconds until the demo's clock shows `at`; 0 where it has passed. */
  untilMs(at: number): number;
}

export interface DemoClockOptions {
  /** The demo's moment at the start, epoch ms. */
  readonly startAt: number;
  /** Demo milliseconds per real one, above 0. */
  readonly speed: number;
  /** Real milliseconds that never go back, such as `performance.now`. */
  readonly realNow: () => number;
}

export function createDemoClock({ startAt, speed, realNow }: DemoClockOptions): DemoClock {
  if (!(speed > 0) || !Number.isFinite(speed)) throw new RangeError(`a demo clock needs a speed above 0, not ${speed}`);
  const startedAt = realNow();
  const exact = (): number => startAt + (realNow() - startedAt) * speed;
  return {
    now: () => Math.floor(exact()),
    untilMs: (at) => Math.max(0, (at - exact()) / speed),
  };
}

/**
 * Where the demo's clock starts: at the moment given by the parameters, or after a restart where the ledger's last
 * demo event left off.
 * @param liveAt epoch ms
 * @param lastAt epoch ms of the latest event in the demo's ledger, if it has any
 */
export function demoStartsAt(liveAt: number, lastAt: number | undefined): number {
  return lastAt === undefined ? liveAt : Math.max(liveAt, lastAt);
}
