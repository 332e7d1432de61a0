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
