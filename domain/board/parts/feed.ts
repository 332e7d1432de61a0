/** When a station's desk stood in for systems that were down (spec C18). */
import type { EventOf, LedgerEvent } from '../../events/event.ts';
import type { FeedFact, FeedSpan } from '../../profile/feeds.ts';
import { NOTHING, type Contribution } from '../contribution.ts';

/**
 * @param station the station's id
 * @param events its changes, live, in the order of C1: of each fact a `desk` begins a span unless one goes on, and
 * `restored` ends it; a `desk` that says since when lets it begin there
 */
export function contributeFeed(station: string, events: readonly LedgerEvent[]): Contribution {
  const begun = new Map<FeedFact, number>();
  const spans: FeedSpan[] = [];
  for (const event of events) {
    if (event.type !== 'hall.feed.changed') continue;
    for (const fact of event.data.facts) {
      const from = begun.get(fact);
      if (event.data.status === 'desk') begun.set(fact, Math.min(from ?? event.at, beginOf(event)));
      else if (from !== undefined) {
        begun.delete(fact);
        if (from < event.at) spans.push({ fact, from, until: event.at });
      }
    }
  }
  for (const [fact, from] of begun) spans.push({ fact, from });
  return spans.length === 0 ? NOTHING : { cells: [], entry: { kind: 'feed', id: station, value: spans } };
}

function beginOf({ at, data }: EventOf<'hall.feed.changed'>): number {
  return data.since ? Math.min(at, Date.parse(data.since)) : at;
}
