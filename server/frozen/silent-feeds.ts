/** Which feeds had sent nothing of a day when its books closed. */
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import type { EventData } from '../../domain/events/schema.ts';
import type { SilentFeed } from '../../domain/frozen/silent-feeds.ts';
import type { Span } from '../../domain/measures/build.ts';
import type { Ledger } from '../ledger/port.ts';
import { isEntry } from './entries.ts';
import { readEntries } from './frozen-days.ts';

/** Ids of one day: its opening, closing and figures, and those of days that were opened again. */
const MOST_IDS = 100;

/** @param at only of books that were closed by then, epoch ms */
export async function readSilentFeeds(
  ledger: Pick<Ledger, 'readOf'>,
  day: string,
  at: number,
): Promise<readonly SilentFeed[]> {
  const page = await ledger.readOf(HALL_DAY_SOURCE, `day:${day}:`, `day:${day}:~`, MOST_IDS);
  const entries = page.flatMap(({ event }) =>
    isEntry(event) && event.type === 'hall.day.frozen' && event.at <= at ? [event] : [],
  );
  // One that was opened again was frozen again.
  const last = entries.sort((a, b) => a.seq - b.seq).at(-1);
  return toFeeds(last?.data.silentFeeds);
}

/** The same of each day of a span, in their order, of which there are any. */
export async function readSilentDays(
  ledger: Pick<Ledger, 'readOf'>,
  { from, to }: Span,
  at: number,
): Promise<readonly { readonly day: string; readonly feeds: readonly SilentFeed[] }[]> {
  const entries = await readEntries(ledger, from, to);
  return entries.flatMap((entry) => {
    const feeds = entry.at <= at ? toFeeds(entry.data.silentFeeds) : [];
    return feeds.length === 0 ? [] : [{ day: entry.data.day, feeds }];
  });
}

function toFeeds(feeds: EventData['hall.day.frozen']['silentFeeds'] = []): SilentFeed[] {
  return feeds.map(({ station, ...feed }) => ({ ...feed, ...(station ? { station } : {}) }));
}
