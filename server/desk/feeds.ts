/** The feeds of a hall as they stand: the profile's, and those for which a lead has made the desk stand in. */
import { contributeFeed } from '../../domain/board/parts/feed.ts';
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import type { Zone } from '../../domain/calendar/zone.ts';
import { compareEvents, type EventOf } from '../../domain/events/event.ts';
import type { FeedStatus } from '../../domain/events/schema.ts';
import type { Feeds } from '../../domain/profile/feed-of.ts';
import type { FeedFact, FeedSpan } from '../../domain/profile/feeds.ts';
import type { Profile } from '../../domain/profile/profile.ts';
import { digestData } from '../../domain/wire/digest.ts';
import type { Actor } from '../ledger/actor.ts';
import type { Ledger } from '../ledger/port.ts';
import { withTime, type RecordEvents } from '../record.ts';

export interface FeedDesk {
  /** As they stand; the same spans whether or not the board is being counted anew. */
  read(): Feeds;
  /**
   * Makes a station's desk the feed of some facts from now on, or gives them back to the systems that the profile names.
   * @throws LedgerError
   */
  change(station: string, facts: readonly FeedFact[], status: FeedStatus, actor: Actor): Promise<void>;
}

export interface FeedDeskOptions {
  readonly ledger: Pick<Ledger, 'head' | 'historyOf'>;
  readonly profile: () => Profile;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly record: RecordEvents;
}

/** @throws LedgerError */
export async function openFeedDesk({ ledger, profile, zone, now, record }: FeedDeskOptions): Promise<FeedDesk> {
  const switches = new Map(
    await readSwitches(
      ledger,
      profile().stations.map(({ id }) => id),
    ),
  );
  return {
    read: () => ({ named: profile().feeds ?? [], switches, zone }),
    async change(station, facts, status, actor) {
      await record(withTime([feedChangedEvent(station, facts, status, now())]), actor);
      const spans = (await readSwitches(ledger, [station])).get(station);
      if (spans) switches.set(station, spans);
      else switches.delete(station);
    },
  };
}

/** The spans of stations' desks, as the ledger has them; those without any are left out. @throws LedgerError */
export async function readSwitches(
  ledger: Pick<Ledger, 'head' | 'historyOf'>,
  stations: readonly string[],
): Promise<ReadonlyMap<string, readonly FeedSpan[]>> {
  const keys = new Map(stations.map((station) => [`feed:${station}`, station]));
  const histories = await ledger.historyOf([...keys.keys()], ledger.head());
  const found = new Map<string, readonly FeedSpan[]>();
  for (const [key, events] of histories) {
    const { entry } = contributeFeed(keys.get(key)!, [...events].sort(compareEvents));
    if (entry?.kind === 'feed') found.set(entry.id, entry.value);
  }
  return found;
}

/** The same change of one moment is one event. */
function feedChangedEvent(
  station: string,
  facts: readonly FeedFact[],
  status: FeedStatus,
  at: number,
): EventOf<'hall.feed.changed'> {
  const data = { station, facts: [...new Set(facts)].sort(), status };
  return { source: HALL_DAY_SOURCE, id: `feed:${at}:${digestData(data)}`, type: 'hall.feed.changed', at, data };
}
