/** Where an import's events go: a ledger in this process, or a server over HTTP. */
import type { HallEvent } from '../../../domain/events/event.ts';
import type { MappedEvent } from '../../../domain/mapping/mapping.ts';

export interface ImportItem {
  /** The event as it is sent. */
  readonly sent: MappedEvent['event'];
  /** The same event as it passed the checks here. */
  readonly event: HallEvent;
  /** Paths of fields that its type does not know. */
  readonly dropped: readonly string[];
}

export interface Rejection {
  readonly index: number;
  readonly reason: string;
  readonly field: string;
}

export interface BatchAnswer {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly Rejection[];
}

/** The largest batch that is handed to a target at once. */
export const BATCH_LIMIT = 1_000;

export interface ImportTarget {
  /** What `append` would answer, with nothing written. */
  check(batch: readonly ImportItem[]): Promise<BatchAnswer>;
  append(batch: readonly ImportItem[]): Promise<BatchAnswer>;
}
