/** What one entity adds to the board: cells to sum, and at most one entry in a list of living things. */
import type { Cell } from './cells.ts';
import type { Entries, EntryKind } from './entries.ts';

/** An entry of one of the board's lists, by kind and id. */
export type Entry = {
  [K in EntryKind]: { readonly kind: K; readonly id: string; readonly value: Entries[K] };
}[EntryKind];

export interface Contribution {
  readonly cells: readonly Cell[];
  readonly entry?: Entry;
}

export const NOTHING: Contribution = { cells: [] };

/**
 * Whether a contribution can be summed, stored and shown. Parts are made of what came through the door, yet an older
 * door let other things in: what is no text where a text belongs must not reach the sums that all share.
 */
export function isSound({ cells, entry }: Contribution): boolean {
  for (const { day, station, name, n } of cells) {
    if (typeof day !== 'string' || day.length !== 10 || typeof station !== 'string') return false;
    if (typeof name !== 'string' || !Number.isSafeInteger(n)) return false;
  }
  return (
    entry === undefined ||
    (typeof entry.id === 'string' && Object.values(entry.value).every((part) => isShowable(part)))
  );
}

/** Reasons of a star, the readings of an alarm, a span of a feed; and lists of such, as the lamps of a follow-up. */
function isShowable(value: unknown, depth = 2): boolean {
  switch (typeof value) {
    case 'string':
    case 'boolean':
    case 'undefined':
      return true;
    case 'number':
      return Number.isFinite(value);
    default:
      return (
        typeof value === 'object' &&
        value !== null &&
        Object.values(value).every((part) =>
          typeof part === 'object' ? depth > 1 && isShowable(part, depth - 1) : isShowable(part),
        )
      );
  }
}
