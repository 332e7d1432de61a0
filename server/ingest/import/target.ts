/** Where an import's events go: a ledger in this process, or a server over HTTP. */
import type { Difference } from '../../../domain/events/difference.ts';
import type { HallEvent } from '../../../domain/events/event.ts';
import type { PendingEvent } from '../../ledger/port.ts';

/** An event that has passed the checks here. */
export interface ImportItem extends PendingEvent {
  /** Its data as they are sent, where the event is kept under other ones: of a ticket that is told with its day. */
  readonly sentData?: CloudEvent['data'];
}

/** Without a `time` it happens when it arrives. */
export interface CloudEvent {
  readonly specversion: '1.0';
  readonly source: string;
  readonly id: string;
  readonly type: string;
  readonly time?: string;
  readonly subject?: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export function toCloudEvent({ event, timeGiven, sentData }: ImportItem): CloudEvent {
  const { source, id, type, at, subject, data } = event;
  return {
    specversion: '1.0',
    source,
    id,
    type,
    ...(timeGiven && { time: new Date(at).toISOString() }),
    ...(subject !== undefined && { subject }),
    data: sentData ?? { ...data },
  };
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
