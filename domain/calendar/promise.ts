/** A promise and the pauses that stretch it (spec C7). */
import type { LedgerEvent } from '../events/event.ts';

/** A pause from its beginning to its end, epoch ms; `Infinity` while it has not ended. */
export type Pause = readonly [start: number, end: number];

/** The pauses of a case, from its events in the order of C1. Repeated pauses and stray resumptions change nothing. */
export function toPauses(events: readonly LedgerEvent[]): Pause[] {
  const pauses: Pause[] = [];
  let start: number | undefined;
  for (const event of events) {
    if (event.type === 'hall.case.paused') start ??= event.at;
    else if (event.type === 'hall.case.resumed' && start !== undefined) {
      pauses.push([start, event.at]);
      start = undefined;
    }
  }
  if (start !== undefined) pauses.push([start, Infinity]);
  return pauses;
}

/**
 * The promise (epoch ms) moved by every pause that begins before it; `Infinity` while such a pause goes on.
 * A pause that begins at or after the promise, as stretched so far, comes too late to stretch it.
 */
export function stretchPromise(promise: number, pauses: readonly Pause[]): number {
  let due = promise;
  for (const [start, end] of pauses) if (start < due) due += end - start;
  return due;
}
