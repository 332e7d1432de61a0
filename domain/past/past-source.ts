/** What a look at a past moment reads of the ledger, whatever engine keeps it, all of it as of one position. */
import type { CellSource } from '../board/cell-source.ts';
import type { DatedRow } from '../board/entity-row.ts';
import type { LedgerEvent } from '../events/event.ts';
import type { EventType } from '../events/schema.ts';

/** Moments are epoch ms; of events only the living ones are told, those that no void names. */
export interface PastSource {
  readonly cells: CellSource;
  /** Rows that reach `day`, or that a board shows on it, as they are now; those that `at` makes no different may be missing. */
  reaching(day: string, at: number): Iterable<DatedRow>;
  /** What is filed under each key up to `at`, in the order of C1. Every key asked for is in the answer. */
  historiesUntil(keys: readonly string[], at: number): ReadonlyMap<string, readonly LedgerEvent[]>;
  /** As `historiesUntil`, of every entity of a kind of which there are few. */
  allUntil(kind: 'star', at: number): ReadonlyMap<string, readonly LedgerEvent[]>;
  /** Of every window the events up to `at`, the latest first. */
  windowsUntil(at: number): Iterable<readonly [key: string, latestFirst: Iterable<LedgerEvent>]>;
  /** Who said what of which station shortly before `at`, and when last; what was voided is among it. */
  heardBefore(at: number): Iterable<Heard>;
  /** Whether the hall opened `day`, which begins at `at`. */
  wasOpened(day: string, at: number): boolean;
  /** The moment of the first event of all; absent where there is none. */
  first(): number | undefined;
}

export interface Heard {
  readonly source: string;
  readonly type: EventType;
  readonly station: string;
  readonly at: number;
}
