/** What others wrote down at a station in the last days, for whoever may void it: by day and person. */
import { addDays, type Zone } from '../../domain/calendar/zone.ts';
import { authorOf } from '../../domain/desk/check-entry.ts';
import { nameEntry } from '../../domain/desk/entry.ts';
import { entryOf, toDeskLines, type DeskLine } from '../../domain/desk/from-events.ts';
import { compareText, type HallEvent } from '../../domain/events/event.ts';
import { stationOf } from '../../domain/profile/feed-of.ts';
import type { DeskWritten } from '../../domain/wire/desk.ts';
import type { IdentifiedEvent, Ledger } from '../ledger/port.ts';
import { createHomes } from './homes.ts';
import { LINE_DAYS, readBelow } from './read-below.ts';
import { mayVoidOthers } from './review.ts';

export interface WrittenOptions {
  readonly ledger: Pick<Ledger, 'head' | 'historyOf' | 'readOf'>;
  readonly zone: Zone;
  readonly nameOf: (staff: string) => string | undefined;
}

export interface WrittenQuery {
  readonly station: string;
  readonly day: string;
  /** Whose entries are told; without it only how many there are of each. */
  readonly staff?: string | undefined;
  /** So many at most. */
  readonly lines: number;
}

/** Whether entries of a day are still shown. */
export function isShown(day: string, today: string): boolean {
  return addDays(today, 1 - LINE_DAYS) <= day && day <= today;
}

/** @param asker whose own entries are not among them. @throws LedgerError */
export async function readWritten(
  { station, day, staff, lines }: WrittenQuery,
  asker: string,
  { ledger, zone, nameOf }: WrittenOptions,
): Promise<DeskWritten> {
  const entries = new Map<string, IdentifiedEvent[]>();
  for (const one of await readBelow(staff === undefined ? `${day}/` : nameEntry(day, staff, ''), ledger)) {
    const id = entryOf(one.event.id);
    const events = entries.get(id);
    if (events) events.push(one);
    else entries.set(id, [one]);
  }
  const everything = [...entries.values()].flat().map(({ event }) => event);
  const homes = createHomes(ledger, zone);
  await homes.learn(everything);
  const read = await readComplaints(everything, ledger);
  const here: IdentifiedEvent[] = [];
  for (const events of entries.values()) {
    const { event } = events[0]!;
    const home = stationOf(event) ?? (await homes.find(event))?.station;
    const target = events.map((one) => one.event);
    // An undoing is of no station and has no line: it says of another's that it was one.
    const isUndoing = event.type === 'hall.event.voided' && event.data.undo === true;
    if (isUndoing || (home === station && (await mayVoidOthers(target, asker, read)))) here.push(...events);
  }
  const byAuthor = new Map<string, DeskLine[]>();
  for (const line of toDeskLines(here)) {
    const author = authorOf(line.entry);
    if (author === undefined || author === asker) continue;
    const others = byAuthor.get(author);
    if (others) others.push(line);
    else byAuthor.set(author, [line]);
  }
  return {
    people: [...byAuthor]
      .map(([one, { length }]) => ({ staff: one, name: nameOf(one) ?? one, count: length }))
      .sort((a, b) => compareText(a.staff, b.staff)),
    lines: staff === undefined ? [] : (byAuthor.get(staff) ?? []).slice(0, lines),
  };
}

/** Complaints that entries are about, read at once. */
async function readComplaints(
  events: readonly HallEvent[],
  ledger: WrittenOptions['ledger'],
): Promise<(key: string) => Promise<readonly HallEvent[]>> {
  const keys = events.flatMap((event) =>
    event.type === 'hall.complaint.received' || event.type === 'hall.complaint.answered'
      ? [`complaint:${event.data.complaint}`]
      : [],
  );
  const histories = await ledger.historyOf(keys, ledger.head());
  return (key) => Promise.resolve(histories.get(key)!);
}
