/** Which feeds had sent nothing of a day when its books closed. */
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import type { SilentFeed } from '../../domain/frozen/silent-feeds.ts';
import type { Ledger } from '../ledger/port.ts';
import { isEntry } from './entries.ts';

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
  return (last?.data.silentFeeds ?? []).map(({ station, ...feed }) => ({ ...feed, ...(station ? { station } : {}) }));
}
