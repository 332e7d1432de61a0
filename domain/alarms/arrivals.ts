/** How many people came in the last hour: read off a count that only grows, by looking at it now and then. */

const HOUR_MS = 3_600_000;
const SPAN_MS = HOUR_MS;
/** Looks closer together than this say nothing new. */
const STEP_MS = 60_000;
/** A shorter memory than this says too little. */
const LEAST_MS = HOUR_MS / 4;

/** What was counted when, the oldest first; of one station and one day. */
export interface ArrivalLog {
  readonly day: string;
  readonly looks: readonly (readonly [at: number, count: number])[];
}

/** The log with one look more; a new day begins anew. `count` is that of the day so far. */
export function logArrivals(log: ArrivalLog | undefined, day: string, at: number, count: number): ArrivalLog {
  if (log?.day !== day) return { day, looks: [[at, count]] };
  const [lastAt] = log.looks.at(-1)!;
  if (at - lastAt < STEP_MS) return log;
  return { day, looks: [...log.looks.filter(([then]) => at - then <= SPAN_MS), [at, count]] };
}

/**
 * People an hour, over the last hour at most; where the log is younger than a quarter of an hour, the day's mean.
 * @param openMs how long the hall has been open today
 */
export function arrivalsPerHour(log: ArrivalLog | undefined, at: number, count: number, openMs: number): number {
  const first = log?.looks[0];
  if (first && at - first[0] >= LEAST_MS) return (Math.max(0, count - first[1]) / (at - first[0])) * HOUR_MS;
  return openMs > 0 ? (count / Math.max(openMs, LEAST_MS)) * HOUR_MS : 0;
}
