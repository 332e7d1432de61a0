/** The hall's own queue: commands of desks and kiosks, one after another, each judged by the board caught up. Every refusal is a value. */
import { dayOf, endOfDay, type Zone } from '../../domain/calendar/zone.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import { isInForce, type HallConfig } from '../../domain/profile/profile.ts';
import { noteEvent, type DayBook, type DayBookShown } from '../../domain/queue/day-book.ts';
import { ticketStepEvent, windowChangedEvent } from '../../domain/queue/events.ts';
import { QUEUE_SOURCE } from '../../domain/queue/source.ts';
import { isQueueOpen, readStation } from '../../domain/queue/station.ts';
import type { QueueCommand } from '../../domain/wire/desk.ts';
import type { Board } from '../board/board.ts';
import { createTurns } from '../in-turn.ts';
import type { Actor } from '../ledger/actor.ts';
import type { Ledger } from '../ledger/port.ts';
import { withTime, type RecordEvents } from '../record.ts';
import type { QueueRequests } from './commands.ts';
import { readDayBook, readEnding } from './day-book.ts';
import { endQueue, reopenQueue, takeNumber, withdrawNumber } from './numbers.ts';
import { callTicket, finishTicket, passTicket, recallTicket, transferTicket } from './tickets.ts';
import { momentAfter, refuse, type Done, type Turn } from './turn.ts';
import { closeWindow, openWindow, pauseWindow } from './windows.ts';

const BY_MIDNIGHT: Actor = { kind: 'hall', id: 'queue' };

export interface QueueOptions {
  readonly board: Board;
  readonly ledger: Pick<Ledger, 'find' | 'head' | 'historyOf' | 'readOf'>;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly record: RecordEvents;
  /** Whether the hall itself gives a station's numbers at a moment (epoch ms), and no queue machine does. */
  readonly isOwnQueue: (station: string, at: number) => boolean;
  /** Whether what becomes of a station's appointments at a moment (epoch ms) is said here, and not by another system. */
  readonly isKeptHere: (station: string, at: number) => boolean;
}

export interface Queue {
  /** Reads what today's queues came to before this start. @throws LedgerError */
  recall(): Promise<void>;
  /** To be called with all that was appended, as it was, before the board tells of it. */
  hear(events: readonly HallEvent[]): void;
  /** Of today; nothing where no number was given yet. */
  shown(station: string): DayBookShown | undefined;
  /**
   * What the one who asks may do at the station is the asker's to have made sure of.
   * @throws LedgerError; BoardRecounting
   */
  command<C extends QueueCommand>(command: C, request: QueueRequests[C], actor: Actor): Promise<Done>;
  /**
   * Ends what of the days before today is still open: to be called before those days are closed, so that it is no
   * correction of them. Whoever waits or was in hand has left: that they were served, or for how long, nobody has said.
   */
  endPast(): Promise<void>;
  /** Of somebody who leaves: their windows are closed, and whoever is in hand there waits again in the old place. */
  leave(staff: string, actor: Actor): Promise<void>;
}

const COMMANDS: { readonly [C in QueueCommand]: (turn: Turn, request: QueueRequests[C]) => Promise<Done> } = {
  open: openWindow,
  pause: pauseWindow,
  close: closeWindow,
  call: callTicket,
  recall: recallTicket,
  pass: passTicket,
  transfer: transferTicket,
  finish: finishTicket,
  take: takeNumber,
  withdraw: withdrawNumber,
  end: endQueue,
  reopen: reopenQueue,
};

export function createQueue(options: QueueOptions): Queue {
  const { board, ledger, config, zone, now, record, isOwnQueue, isKeptHere } = options;
  /** Of today, by station. */
  const books = new Map<string, DayBook>();

  /** Of two clerks who call in the same moment each gets a ticket of their own. */
  const inTurn = createTurns(() => board.caughtUp());
  const write = async (events: readonly HallEvent[], actor: Actor) => {
    const outcomes = await record(withTime(events), actor);
    await board.caughtUp();
    return outcomes;
  };
  const openBook = async (station: string, day: string): Promise<DayBook> => {
    const known = books.get(station);
    if (known?.day === day) return known;
    const book = await readDayBook(ledger, day, station);
    books.set(station, book);
    return book;
  };
  const beginTurn = (station: string, actor: Actor): Turn => {
    const at = now();
    const day = dayOf(zone, at);
    const { state } = board;
    return {
      station,
      now: at,
      day,
      config: config(),
      state,
      staff: actor.kind === 'staff' ? actor.id : undefined,
      seen: readStation(state, config(), station, day, true),
      isOwn: isOwnQueue(station, at),
      isOpen: isQueueOpen(state, config(), zone, station, at),
      isKeptHere: isKeptHere(station, at),
      book: () => openBook(station, day),
      async isKnown(ticket) {
        const key = `ticket:${ticket}`;
        return (await ledger.historyOf([key], ledger.head())).get(key)!.length > 0;
      },
      ending: () => readEnding(ledger, day, station),
      find: (id) => ledger.find(QUEUE_SOURCE, id, ledger.head()),
      write: (events) => write(events, actor),
    };
  };

  return {
    async recall() {
      const day = dayOf(zone, now());
      for (const station of config().stations.keys()) await openBook(station, day);
    },
    hear(events) {
      for (const event of events) for (const book of books.values()) noteEvent(book, event);
    },
    shown(station) {
      const book = books.get(station);
      return book?.day === dayOf(zone, now()) ? book : undefined;
    },
    command: (command, request, actor) =>
      inTurn(async () => {
        const { station } = request;
        const known = config().stations.get(station);
        if (!known || !isInForce(known, dayOf(zone, now()))) return refuse('unknown-station');
        return COMMANDS[command](beginTurn(station, actor), request);
      }),
    endPast: () =>
      inTurn(async () => {
        const events = listPast(board, zone, dayOf(zone, now()));
        if (events.length > 0) await write(events, BY_MIDNIGHT);
      }),
    leave: (staff, actor) =>
      inTurn(async () => {
        const events = listHeld(board, staff, now());
        if (events.length > 0) await write(events, actor);
      }),
  };
}

/** By their ids, what was written already is written once. */
function listPast({ state }: Board, zone: Zone, today: string): HallEvent[] {
  const events: HallEvent[] = [];
  const lastMoment = (day: string, since: number): number => momentAfter({ now: endOfDay(zone, day) - 1 }, since);
  for (const [id, { own, day, stage, station, since }] of state.entries.ticket)
    if (own && day < today && stage !== 'passed')
      events.push(ticketStepEvent('left', id, { station, at: lastMoment(day, since) }));
  for (const [id, { staff, station, since }] of state.entries.window) {
    const day = dayOf(zone, since);
    // One that was opened at a desk is somebody's no longer than for their day.
    if (staff !== undefined && day < today)
      events.push(windowChangedEvent(id, 'closed', { station, at: lastMoment(day, since) }));
  }
  return events;
}

function listHeld({ state }: Board, staff: string, now: number): HallEvent[] {
  const events: HallEvent[] = [];
  for (const [id, { staff: holder, station, status, since }] of state.entries.window) {
    if (holder !== staff || status === 'closed') continue;
    for (const [ticket, entry] of state.entries.ticket)
      if (entry.own && entry.stage === 'serving' && entry.window === id)
        events.push(ticketStepEvent('transferred', ticket, { station, at: momentAfter({ now }, entry.since) }));
    events.push(windowChangedEvent(id, 'closed', { station, at: momentAfter({ now }, since) }));
  }
  return events;
}
