/** Which system is the feed of a kind of fact at a station: one, by the profile, or the desk while it stands in for it. */
import { dayOf, type Zone } from '../calendar/zone.ts';
import type { HallEvent } from '../events/event.ts';
import { isOwnSource } from '../events/own.ts';
import type { EventType } from '../events/schema.ts';
import { DESK_SOURCE } from '../desk/entry.ts';
import { FEED_FACTS, type FeedFact, type FeedSpan } from './feeds.ts';
import { isInForce, type Profile } from './profile.ts';

/** What is known of a hall's feeds. */
export interface Feeds {
  /** As the profile has them. */
  readonly named: readonly NonNullable<Profile['feeds']>[number][];
  /** Spans by their station. */
  readonly switches: ReadonlyMap<string, readonly FeedSpan[]>;
  readonly zone: Zone;
}

/** By the noun of an event's type. Windows, terminals, complaints, training and what the hall says of itself have no feed. */
const facts: ReadonlyMap<string, FeedFact> = new Map([
  ['ticket', 'tickets'],
  ['case', 'cases'],
  ['licence', 'cases'],
  ['consultation', 'consultations'],
  ['service', 'services'],
  ['appointment', 'appointments'],
  ['rating', 'ratings'],
  ['request', 'requests'],
]);

/** Which kind of fact an event of this type is; `undefined` where any system may send it, as it may a void. */
export function factOf(type: EventType): FeedFact | undefined {
  return facts.get(type.split('.')[1]!);
}

/**
 * The source that sends a kind of fact for a station at a moment (epoch ms), DESK_SOURCE while the desk stands in;
 * `undefined` where any may. A feed that is named for the station goes before one that is named for all.
 */
export function feedFor(feeds: Feeds, station: string, fact: FeedFact, at: number): string | undefined {
  const spans = feeds.switches.get(station) ?? [];
  if (spans.some((span) => span.fact === fact && isWithinSpan(span, at))) return DESK_SOURCE;
  const named = namedAt(feeds, fact, at);
  const own = named.find((one) => one.station === station);
  return (own ?? named.find((one) => one.station === undefined))?.source;
}

/** The systems that send facts for a station at a moment in the place of its desk, by the kind of fact. */
export function feedsElsewhere(feeds: Feeds, station: string, at: number): Partial<Record<FeedFact, string>> {
  const others = FEED_FACTS.flatMap((fact) => {
    const source = feedFor(feeds, station, fact, at);
    return speaksFor(DESK_SOURCE, source) ? [] : [[fact, source] as const];
  });
  return Object.fromEntries(others);
}

/**
 * Whether an event comes from the feed of its kind of fact, at its own time. Of an event that names no station, such as
 * a finish, no more can be asked than that its source is a feed of this kind somewhere, unless `station` tells.
 */
export function isFed(feeds: Feeds, event: HallEvent, station = stationOf(event)): boolean {
  if (feeds.named.length === 0 && feeds.switches.size === 0) return true;
  const fact = isSecondRound(event) ? undefined : factOf(event.type);
  if (fact === undefined) return true;
  if (station !== undefined) return speaksFor(event.source, feedFor(feeds, station, fact, event.at));
  const named = namedAt(feeds, fact, event.at);
  const isEverywhere = named.some((one) => one.station === undefined);
  return !isEverywhere || named.some(({ source }) => speaksFor(event.source, source));
}

/** It is entered where the rating was followed up, whoever sends the first. */
function isSecondRound({ type, data }: HallEvent): boolean {
  return type === 'hall.rating.given' && data.round === 2;
}

function namedAt({ named, zone }: Feeds, fact: FeedFact, at: number): Feeds['named'] {
  const ofFact = named.filter((one) => one.fact === fact);
  if (ofFact.length === 0) return ofFact;
  const day = dayOf(zone, at);
  return ofFact.filter((one) => isInForce(one, day));
}

/** Desk, queue and tablets are one system. */
function speaksFor(source: string, feed: string | undefined): boolean {
  return feed === undefined || feed === source || (isOwnSource(feed) && isOwnSource(source));
}

/** Whether a span goes on at a moment, epoch ms. */
export function isWithinSpan({ from, until }: FeedSpan, at: number): boolean {
  return from <= at && (until === undefined || at < until);
}

/** The station that an event names. */
export function stationOf({ data }: HallEvent): string | undefined {
  return 'station' in data && typeof data.station === 'string' ? data.station : undefined;
}
