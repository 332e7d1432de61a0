/** Who was signed in last in this browser: a page that finds no server still knows who records, for half a day. */
import type { SignedIn } from '../../domain/wire/desk.ts';
import { BASE } from '../live/base.ts';
import type { Memory } from '../live/memory.ts';
import { readOwnHall } from '../live/own-hall.ts';

export interface KeptSession {
  readonly who: SignedIn;
  /** When the server last said so, by this PC's date, epoch ms. */
  readonly heardAt: number;
  /** How far the hall's clock was ahead of that date, ms. */
  readonly aheadMs: number;
}

export const KEPT_MS = 12 * 3_600_000;

const keyOf = (name: string): string => `hallpulse${BASE}:desk:${name}:${readOwnHall() ?? ''}`;

/** `undefined` where there is none, or it is older than half a day. A date that was set back by a little is not news. */
export function readKeptSession(memory: Memory, date: number): KeptSession | undefined {
  try {
    const kept = JSON.parse(memory.getItem(keyOf('signed-in')) ?? 'null') as KeptSession | null;
    const isWhole =
      typeof kept?.who?.staff === 'string' &&
      Array.isArray(kept.who.stations) &&
      typeof kept.who.hall?.id === 'string' &&
      typeof kept.aheadMs === 'number';
    return isWhole && Math.abs(date - kept.heardAt) <= KEPT_MS ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keepSession(memory: Memory, kept: KeptSession | undefined): void {
  memory.setItem(keyOf('signed-in'), JSON.stringify(kept ?? null));
}

/** Who has left and could not tell the server so: whichever page reaches it first does. `undefined`: nobody. */
export function noteLeaving(memory: Memory, staff: string | undefined): void {
  memory.setItem(keyOf('leaving'), staff ?? '');
}

export function readLeaving(memory: Memory): string | undefined {
  return memory.getItem(keyOf('leaving')) || undefined;
}
