/** Feeds that a profile names and that have sent nothing of a day: what they alone send is then not known to be 0. */
import { isOwnSource } from '../events/own.ts';
import type { EventType } from '../events/schema.ts';
import { factOf } from '../profile/feed-of.ts';
import type { FeedFact } from '../profile/feeds.ts';
import { isInForce, type Profile } from '../profile/profile.ts';

/** Something of a day that came in: from whom, what, and of which station where it names one. */
export interface Heard {
  readonly source: string;
  readonly type: EventType;
  readonly station?: string | undefined;
}

export interface SilentFeed {
  readonly fact: FeedFact;
  readonly source: string;
  readonly station?: string | undefined;
}

/** What a feed had not sent on some days of a span when their books closed. */
export interface SilentDays {
  readonly fact: FeedFact;
  readonly source: string;
  readonly days: number;
  readonly first: string;
}

/** Each fact of each source once, by its first such day. @param days in their order */
export function countSilentDays(
  days: readonly { readonly day: string; readonly feeds: readonly SilentFeed[] }[],
): SilentDays[] {
  const found = new Map<string, SilentDays>();
  for (const { day, feeds } of days) {
    // One word for a day, of however many stations.
    const ofDay = new Map(feeds.map(({ fact, source }) => [JSON.stringify([fact, source]), { fact, source }]));
    for (const [key, feed] of ofDay) {
      const known = found.get(key);
      found.set(key, known ? { ...known, days: known.days + 1 } : { ...feed, days: 1, first: day });
    }
  }
  return [...found.values()];
}

/** @returns the profile's feeds in force on `day` of which nothing is among what was heard of it */
export function listSilentFeeds({ feeds = [] }: Profile, day: string, heard: readonly Heard[]): SilentFeed[] {
  return feeds
    .filter((feed) => isInForce(feed, day) && !heard.some((one) => isOf(feed, one)))
    .map(({ fact, source, station }) => ({ fact, source, ...(station === undefined ? {} : { station }) }));
}

/** What names no station, such as a finish, is a word from its feed for any. */
function isOf(feed: SilentFeed, { source, type, station }: Heard): boolean {
  const isSource = source === feed.source || (isOwnSource(source) && isOwnSource(feed.source));
  if (!isSource || factOf(type) !== feed.fact) return false;
  return feed.station === undefined || station === undefined || station === feed.station;
}
