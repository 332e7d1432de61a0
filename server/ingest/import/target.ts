/** Where an import's events go: a ledger in this process, or a server over HTTP. */
import type { Difference } from '../../../domain/events/difference.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import type { MappedEvent } from '../../../domain/mapping/mapping.ts';

/** An event as it is sent: without a `time` it happens when it arrives. */
export type SentEvent = Omit<MappedEvent['event'], 'time'> & { readonly time?: string };

export interface ImportItem {
  readonly sent: SentEvent;
  /** The same event as it passed the checks here. */
  readonly event: HallEvent;
  /** Paths of fields that its type does not know. */
  readonly dropped: readonly string[];
}

export interface Rejection {
  readonly reason: string;
  readonly field: string;
  /** Of a conflict: the fields that differ, where the target says so. */
  readonly differs?: readonly string[];
}

/** What became of an event, or would. `duplicate`: it is known already, with the same content. */
export type Outcome = 'new' | 'duplicate' | Rejection;

/** The largest batch that is handed to a target at once; a row is never cut in two, so one with more events is a batch. */
export const BATCH_LIMIT = 1_000;

/** Both answer with an outcome for each event of the batch, in its order. */
export interface ImportTarget {
  /** What `append` would answer, with nothing written. */
  check(batch: readonly ImportItem[]): Promise<readonly Outcome[]>;
  append(batch: readonly ImportItem[]): Promise<readonly Outcome[]>;
  /** Where the event that is known under this id, or one that has replaced it, parts from another; absent where the target cannot look. */
  compare?(id: string, event: HallEvent): Promise<readonly Difference[]>;
}
