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
