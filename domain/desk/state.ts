/** What the staff of one station see of it: its queue, windows, open cases, alarms and terminals, read off the board. */
import type { CaseEntry } from '../board/entries.ts';
import type { BoardState } from '../board/state.ts';
import { toAlarmCards } from '../board/topics/alarms.ts';
import { shorten } from '../board/topics/bounds.ts';
import { nameStaff, nameStation, type BoardView } from '../board/topics/view.ts';
import { dayOf } from '../calendar/zone.ts';
import type { DayBookShown } from '../queue/day-book.ts';
import { compareText } from '../events/event.ts';
import { isWithinSpan } from '../profile/feed-of.ts';
import { isInForce } from '../profile/profile.ts';
import {
  isQueueEnded,
  isQueueOpen,
  readStation,
  takesTickets,
  type StationNow,
  type Ticket,
  type WindowNow,
} from '../queue/station.ts';
import type { DeskAppointment, DeskCase, DeskServing, DeskState, DeskWaiting, DeskWindow } from '../wire/desk.ts';
import { UNDO_MS } from './entry.ts';
import { toDeskTicket } from './ticket.ts';

const WAITING_SHOWN = 100;
const PASSED_SHOWN = 20;
const CASES_SHOWN = 200;
const APPOINTMENTS_SHOWN = 100;

export interface DeskContext {
  readonly station: string;
  /** The hall's clock, epoch ms. */
  readonly now: number;
  /** Whether the hall itself gives the station's numbers at this moment, and no queue machine does. */
  readonly isOwnQueue: boolean;
  readonly feeds: DeskState['feeds'];
  /** Of the station's own queue today; absent where it has given no number. */
  readonly book?: DayBookShown | undefined;
  /** What a person is called, where the profile's staff are not all that there are. */
  readonly nameOf?: (staff: string) => string | undefined;
}

export function buildDeskState(view: BoardView, context: DeskContext): DeskState {
  const { state, config, zone } = view;
  const { station, now, feeds } = context;
  // A board that was not told yet that the day has turned shows the new one, as it is called and served by now.
  const day = dayOf(zone, now);
  const own = readStation(state, config, station, day, true);
  const machine = readStation(state, config, station, day, false);
  const { cases, caseCount } = listCases(view, station);
  return {
    hall: config.profile.hall,
    station,
    stationName: nameStation(view, station).name,
    seq: state.seq,
    now,
    day,
    ...(takesTickets(config, station, day) ? { queue: toQueue(view, context, own, machine) } : {}),
    windows: own.windows.map((window, i) => toWindow(view, context, window, machine.windows[i]!)),
    cases,
    caseCount,
    appointments: listAppointments(view, context, day),
    alarms: listAlarms(view, context),
    terminals: (config.profile.terminals ?? [])
      .filter((terminal) => terminal.station === station && isInForce(terminal, day))
      .map(({ id, name }) => ({ id, name, status: state.entries.terminal.get(id)?.status ?? 'working' })),
    feeds,
    ...listStandIns(view, context),
  };
}

/** A desk that stands in for a system must be told, so that a lead can give the facts back. */
function listStandIns({ state }: BoardView, { station, now }: DeskContext): Pick<DeskState, 'standIns'> {
  const spans = state.entries.feed.get(station) ?? [];
  const facts = spans.filter((span) => isWithinSpan(span, now)).map(({ fact }) => fact);
  return facts.length === 0 ? {} : { standIns: facts };
}

/** Whoever still waits with a number of ours is called by the desk, though a machine gives them by now. */
function toQueue(view: BoardView, context: DeskContext, own: StationNow, machine: StationNow): DeskState['queue'] {
  const { station, now, isOwnQueue } = context;
  const isOwn = isOwnQueue || own.waiting.length > 0;
  const { waiting } = isOwn ? own : machine;
  // Ours that were passed over come back by the desk all day; a machine's by the machine.
  const passed = isOwn ? own.passed : [...own.passed, ...machine.passed];
  const toTicket = ({ id, entry }: Ticket) => toDeskTicket(id, entry);
  const toWaiting = (ticket: Ticket): DeskWaiting => ({
    ...toTicket(ticket),
    ...(ticket.entry.calledAt === undefined ? {} : { wasCalled: true }),
  });
  return {
    isOwn,
    isOpen: isOwnQueue && isQueueOpen(view.state, view.config, view.zone, station, now),
    ...(isQueueEnded(view.state, station, dayOf(view.zone, now)) ? { isEnded: true } : {}),
    waiting: waiting.slice(0, WAITING_SHOWN).map(toWaiting),
    waitingCount: waiting.length,
    passed: passed.slice(0, PASSED_SHOWN).map(toTicket),
  };
}

function toWindow(view: BoardView, context: DeskContext, window: WindowNow, byMachine: WindowNow): DeskWindow {
  const { nameOf } = context;
  const { id, label, status, since, reason, holder, lines } = window;
  const [own] = window.inHand;
  const [other] = byMachine.inHand;
  const serving = own ? toServing(own) : other && { ...toServing(other), byMachine: true as const };
  return {
    id,
    label,
    status,
    ...(since === undefined ? {} : { since }),
    ...(reason === undefined ? {} : { reason: shorten(reason) }),
    ...(holder === undefined ? {} : { holder: { staff: holder, name: nameOf?.(holder) ?? nameStaff(view, holder) } }),
    ...(serving ? { serving } : findServed(window, context)),
    ...(lines ? { lines } : {}),
  };
}

/** Nobody is offered to take back what another did. */
function findServed({ id, holder }: WindowNow, { book, now }: DeskContext): Pick<DeskWindow, 'served'> {
  const { ticket, event } = book?.served.get(id) ?? {};
  const isTheirs = holder !== undefined && event?.data.staff === holder;
  return ticket && isTheirs && now - event.at <= UNDO_MS ? { served: { ...ticket, at: event.at } } : {};
}

function toServing({ id, entry }: Ticket): DeskServing {
  return { ...toDeskTicket(id, entry), calledAt: entry.calledAt ?? entry.since };
}

/** Open cases that a desk lists: those whose promise ends first; then those without one, the oldest first. */
export function listOpenCases(
  { entries }: BoardState,
  station: string,
): { readonly listed: readonly (readonly [id: string, entry: CaseEntry])[]; readonly count: number } {
  const open = [...entries.case].filter(([, entry]) => entry.open && entry.station === station);
  open.sort(
    ([idA, a], [idB, b]) =>
      compareMoments(a.dueAt ?? Infinity, b.dueAt ?? Infinity) || compareMoments(a.at, b.at) || compareText(idA, idB),
  );
  return { listed: open.slice(0, CASES_SHOWN), count: open.length };
}

function listCases({ state }: BoardView, station: string): { readonly cases: DeskCase[]; readonly caseCount: number } {
  const { listed, count } = listOpenCases(state, station);
  const cases = listed.map(([id, { item, at, dueAt, paused, ticket, channel }]): DeskCase => ({
    case: id,
    item,
    acceptedAt: at,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(paused ? { paused } : {}),
    ...(ticket === undefined ? {} : { ticket }),
    channel,
  }));
  return { cases, caseCount: count };
}

/** Whoever took one is called as people with an account are, who need not stand in the profile. */
function listAlarms(view: BoardView, { station, nameOf }: DeskContext): DeskState['alarms'] {
  return Object.entries(toAlarmCards(view).cards)
    .filter(([, alarm]) => alarm.station === station)
    .map(([id, alarm]) => {
      const by = view.state.entries.alarm.get(id)?.takenBy;
      const takenBy = by === undefined ? undefined : nameOf?.(by);
      return { id, alarm: takenBy === undefined ? alarm : { ...alarm, takenBy } };
    });
}

/** Those of today, and those that name no moment; whoever has come is of interest only where they still need a number. */
function listAppointments(
  { state }: BoardView,
  { station, isOwnQueue, book }: DeskContext,
  day: string,
): DeskAppointment[] {
  return [...state.entries.appointment]
    .filter(([, entry]) => entry.station === station && entry.day === day)
    .filter(([id, { kept }]) => !(kept && !isOwnQueue) && book?.numbered.has(id) !== true)
    .sort(([idA, a], [idB, b]) => compareMoments(a.at ?? Infinity, b.at ?? Infinity) || compareText(idA, idB))
    .slice(0, APPOINTMENTS_SHOWN)
    .map(([appointment, { item, at, kept }]) => ({
      appointment,
      ...(item === undefined ? {} : { item }),
      ...(at === undefined ? {} : { at }),
      ...(kept ? { kept } : {}),
    }));
}

/** Two that never end are as one. */
function compareMoments(a: number, b: number): number {
  return a === b ? 0 : a - b;
}
