/** Refuses facts that another system is the feed of, and lets pass what the ledger has of them already. */
import { eventKey } from '../../domain/events/event.ts';
import { isFed, type Feeds } from '../../domain/profile/feed-of.ts';
import type { Ledger, PendingEvent } from '../ledger/port.ts';

/** How such an event is refused. */
export const UNFED = { field: 'source', reason: 'feed' } as const;

/**
 * Those of `pending` that are refused. One that was recorded before its feed was named, or came from a system that no
 * longer is the feed, is the duplicate or conflict that it always was.
 * @throws LedgerError
 */
export async function findUnfed(
  pending: readonly PendingEvent[],
  feeds: Feeds,
  ledger: Pick<Ledger, 'compare'>,
): Promise<ReadonlySet<PendingEvent>> {
  const unfed = pending.filter(({ event }) => !isFed(feeds, event));
  if (unfed.length === 0) return new Set();
  const outcomes = await ledger.compare(unfed);
  // Its own repeats in the batch, which compare as duplicates, are as new as it is.
  const fresh = new Set(unfed.filter((_, i) => outcomes[i] === 'new').map(keyOf));
  return new Set(unfed.filter((one) => fresh.has(keyOf(one))));
}

function keyOf({ event }: PendingEvent): string {
  return eventKey(event.source, event.id);
}
