/** The feeds of a hall as they stand: the profile's, and those for which a lead has made the desk stand in. */
import { contributeFeed } from '../../domain/board/parts/feed.ts';
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import { DAY_MS, dayOf, momentOf, type Zone } from '../../domain/calendar/zone.ts';
import { compareEvents, type EventOf, type HallEvent } from '../../domain/events/event.ts';
import { filingOf } from '../../domain/events/filing.ts';
import { isOwnSource } from '../../domain/events/own.ts';
import { EVENT_TYPES, type FeedStatus } from '../../domain/events/schema.ts';
import { factOf, stationOf, type Feeds } from '../../domain/profile/feed-of.ts';
import type { FeedFact, FeedSpan } from '../../domain/profile/feeds.ts';
import type { Profile } from '../../domain/profile/profile.ts';
import { digestData } from '../../domain/wire/digest.ts';
import type { Actor } from '../ledger/actor.ts';
import type { Ledger } from '../ledger/port.ts';
import { withTime, type RecordEvents } from '../record.ts';

/** Events that are read at once. */
const PAGE = 2_000;

export interface FeedChange {
  readonly facts: readonly FeedFact[];
  readonly status: FeedStatus;
  /** Of a `desk`. */
  readonly since?: 'last-sent' | undefined;
}

export interface FeedDesk {
  /** As they stand; the same spans whether or not the board is being counted anew. */
  read(): Feeds;
  /**
   * Makes a station's desk the feed of some facts, or gives them back to the systems that the profile names: from now
   * on, or from behind the last of these facts that a system sent of today, so that nothing is counted twice.
   * @throws LedgerError
   */
  change(station: string, change: FeedChange, actor: Actor): Promise<void>;
}

export interface FeedDeskOptions {
  readonly ledger: Pick<Ledger, 'head' | 'historyOf' | 'readSpan'>;
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
    async change(station, { facts, status, since }, actor) {
      const at = now();
      const isBefore = status === 'desk' && since !== undefined;
      const from = isBefore ? await findOutage(ledger, zone, station, facts, at) : undefined;
      await record(withTime([feedChangedEvent(station, facts, status, at, from)]), actor);
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

/**
 * The first moment of today, not after `at`, behind all that a system told of these facts at the station.
 * @throws LedgerError
 */
async function findOutage(
  ledger: Pick<Ledger, 'head' | 'historyOf' | 'readSpan'>,
  zone: Zone,
  station: string,
  facts: readonly FeedFact[],
  at: number,
): Promise<number> {
  const types = EVENT_TYPES.filter((type) => facts.some((fact) => factOf(type) === fact));
  const upTo = ledger.head();
  const from = momentOf(zone, dayOf(zone, at));
  let begin = from;
  for (let after = 0; ;) {
    const page = await ledger.readSpan({ types, from, until: at + DAY_MS, upTo, after, limit: PAGE });
    const sent = page.map(({ event }) => event).filter(({ source }) => !isOwnSource(source));
    const keyOf = (event: HallEvent) => filingOf(event, zone).entity ?? '';
    const unplaced = sent.filter((event) => stationOf(event) === undefined);
    const histories = await ledger.historyOf([...new Set(unplaced.map(keyOf).filter(Boolean))], upTo);
    for (const event of sent) {
      // A finish names no station; that of its acceptance does. What nobody can place may be of this station.
      const known = [event, ...(histories.get(keyOf(event)) ?? [])].map(stationOf).find((one) => one !== undefined);
      if (known === undefined || known === station) begin = Math.max(begin, event.at + 1);
    }
    if (page.length < PAGE) return Math.min(begin, at);
    after = page.at(-1)!.event.seq;
  }
}

/** The same change of one moment is one event. */
function feedChangedEvent(
  station: string,
  facts: readonly FeedFact[],
  status: FeedStatus,
  at: number,
  since: number | undefined,
): EventOf<'hall.feed.changed'> {
  const data = {
    station,
    facts: [...new Set(facts)].sort(),
    status,
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
  };
  return { source: HALL_DAY_SOURCE, id: `feed:${at}:${digestData(data)}`, type: 'hall.feed.changed', at, data };
}
