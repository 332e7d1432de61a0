/** A station's day book, read from the ledger: so a restart neither gives a number twice nor forgets whose turn it is, or what may still be taken back. */
import type { HallEvent } from '../../domain/events/event.ts';
import { ticketsOf } from '../../domain/events/tickets.ts';
import { noteEvent, noteNumber, openDayBook, type DayBook } from '../../domain/queue/day-book.ts';
import { nameQueue } from '../../domain/queue/events.ts';
import { QUEUE_SOURCE } from '../../domain/queue/source.ts';
import type { IdentifiedEvent, Ledger } from '../ledger/port.ts';

/** So many events are read at once. */
const PAGE = 1_000;

/** @throws LedgerError */
export async function readDayBook(ledger: Pick<Ledger, 'readOf'>, day: string, station: string): Promise<DayBook> {
  const book = openDayBook(day, station);
  const events: HallEvent[] = [];
  for await (const { event, voided } of readDay(ledger, day, station)) {
    if (!voided) events.push(event);
    else if (event.type === 'hall.ticket.taken') noteNumber(book, event.id);
  }
  events.sort((a, b) => a.at - b.at);
  // What was taken back is not among them: its void says nothing more.
  for (const event of events) if (event.type !== 'hall.event.voided') noteEvent(book, event);
  return book;
}

/** What ended a station's queue of a day and stands, with those who left by it. @throws LedgerError */
export async function readEnding(
  ledger: Pick<Ledger, 'head' | 'historyOf' | 'readOf'>,
  day: string,
  station: string,
): Promise<readonly HallEvent[]> {
  const key = `queue:${nameQueue(day, station)}`;
  const ended = (await ledger.historyOf([key], ledger.head())).get(key)!;
  if (ended.length === 0) return [];
  const left: HallEvent[] = [];
  // Before midnight nobody leaves but by the end of the queue.
  for await (const { event, voided } of readDay(ledger, day, station))
    if (event.type === 'hall.ticket.left' && !voided) left.push(event);
  return [...left, ...ended];
}

async function* readDay(ledger: Pick<Ledger, 'readOf'>, day: string, station: string): AsyncGenerator<IdentifiedEvent> {
  const prefix = ticketsOf(day, station);
  // `0` is the character behind the slash.
  const until = `${prefix.slice(0, -1)}0`;
  for (let next = prefix; ;) {
    const page = await ledger.readOf(QUEUE_SOURCE, next, until, PAGE);
    yield* page;
    const last = page.at(-1);
    if (!last || page.length < PAGE) return;
    next = `${last.event.id}\u{1}`;
  }
}
