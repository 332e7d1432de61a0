/** What lives on a day and was pruned while the board stood at another one: counted again from the ledger. */
import type { Entry } from '../../domain/board/contribution.ts';
import { contribute } from '../../domain/board/fold.ts';
import { Histories, type HistorySource } from '../../domain/board/histories.ts';
import { ALARM_DAYS, type BoardState } from '../../domain/board/state.ts';
import { addDays, endOfDay, momentOf, type Zone } from '../../domain/calendar/zone.ts';
import type { Ledger } from '../ledger/port.ts';

/** Entities whose histories are loaded at once. */
const CHUNK = 500;

/** Every moment that there is. */
const EVER = { from: -8.64e15, until: 8.64e15 };

/** Cases and tickets of the day and the next, alarms of the last month, appointments and feeds, as they stand at the fold's position. */
export async function recallEntries(
  day: string,
  state: BoardState,
  { ledger, source, zone }: { readonly ledger: Ledger; readonly source: HistorySource; readonly zone: Zone },
): Promise<Entry[]> {
  const common = { until: endOfDay(zone, addDays(day, 1)), upTo: state.seq };
  const keys = [
    ...(await ledger.entitiesOf({
      ...common,
      types: ['hall.case.accepted', 'hall.ticket.taken'],
      from: momentOf(zone, day),
    })),
    ...(await ledger.entitiesOf({
      ...common,
      types: ['hall.alarm.raised'],
      from: momentOf(zone, addDays(day, -ALARM_DAYS)),
    })),
    ...(await ledger.entitiesOf({
      ...EVER,
      upTo: state.seq,
      types: ['hall.appointment.booked', 'hall.feed.changed'],
    })),
  ];
  const entries: Entry[] = [];
  for (let i = 0; i < keys.length; i += CHUNK) {
    const chunk = keys.slice(i, i + CHUNK);
    // Not the fold's own: all that was ever booked would stay in memory.
    const histories = new Histories(zone);
    await histories.loadEntities(chunk, state, source);
    for (const key of chunk) {
      const entry = contribute(key, histories, zone)?.entry;
      if (entry) entries.push(entry);
    }
  }
  return entries;
}
