/** Whether the hall's clock can be believed at a look, by a second one that nobody sets. Pure: both are arguments. */
import { DAY_MS, MINUTE_MS } from '../calendar/zone.ts';

/** What both clocks show at one moment, ms. */
export interface Reading {
  /** The hall's clock, epoch ms: it may be set, and be wrong. */
  readonly wall: number;
  /** What has passed, from any beginning: never set, but it may stand still while the machine sleeps. */
  readonly passed: number;
}

export interface Trust {
  /** The last reading that was believed; absent where none was since the start. */
  readonly believed?: Reading;
  /** The first reading of a clock that is not believed yet; absent where it is. */
  readonly doubted?: Reading;
}

/** Two clocks that differ by no more, ms, agree: it is set by so much without harm. */
export const SLIP_MS = 10 * MINUTE_MS;
/** A clock that has moved is believed once it has run on for so long, ms: a machine that slept, or was set right. */
export const HELD_MS = 15 * MINUTE_MS;
/** A hall that was off for no longer, ms, is no wonder: a weekend and a day. */
export const OFF_MS = 4 * DAY_MS;

/** At a start. @param lastHeardAt when the ledger last took anything, epoch ms; `undefined` where it is empty */
export function beginTrust(reading: Reading, lastHeardAt: number | undefined): Trust {
  if (lastHeardAt === undefined) return { believed: reading };
  const off = reading.wall - lastHeardAt;
  return off >= -SLIP_MS && off <= OFF_MS ? { believed: reading } : { doubted: reading };
}

/** At a look behind it. */
export function goOn({ believed, doubted }: Trust, reading: Reading): Trust {
  if (believed && agree(believed, reading)) return { believed: reading };
  const since = doubted && agree(doubted, reading) ? doubted : reading;
  if (reading.passed - since.passed >= HELD_MS) return { believed: reading };
  return { ...(believed ? { believed } : {}), doubted: since };
}

function agree(before: Reading, after: Reading): boolean {
  return Math.abs(after.wall - before.wall - (after.passed - before.passed)) <= SLIP_MS;
}
