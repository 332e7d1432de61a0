/** What lies in the browser's store of a hall's desk: under which name, and in which form. */
import type { Entry, EntryReason } from '../../domain/desk/entry.ts';
import type { SignedIn } from '../../domain/wire/desk.ts';
import { BASE } from '../live/base.ts';

export const ENTRIES = 'entries';

/** An entry as it lies here. In the order of `n` they were made, and are sent. */
export interface Row {
  readonly n: number;
  readonly id: string;
  readonly author: string;
  readonly entry: Entry;
  readonly state: 'waiting' | 'refused';
  /** Of a refused one. */
  readonly reason?: EntryReason;
  readonly field?: string;
}

/** A practice hall, a demonstration, and what lies behind another prefix, keep theirs apart: nothing of them ever goes to the hall of the same name. */
export function nameStore(hall: SignedIn['hall']): string {
  return `hallpulse${BASE}:desk:${hall.practice ? 'practice' : hall.demo ? 'demo' : 'hall'}:${hall.id}`;
}

/** A row of another version, or a damaged one, is left where it is. */
export function isRow(value: unknown): value is Row {
  const { n, id, author, state, entry } = (value ?? {}) as Partial<Record<keyof Row, unknown>>;
  return (
    typeof n === 'number' &&
    typeof id === 'string' &&
    typeof author === 'string' &&
    (state === 'waiting' || state === 'refused') &&
    typeof entry === 'object' &&
    entry !== null
  );
}
