/** A station's windows and tickets as they stand on the board: what commands are judged by, and what its desk shows. */
import type { TicketEntry } from '../board/entries.ts';
import type { BoardState } from '../board/state.ts';
import { dayOf, type Zone } from '../calendar/zone.ts';
import type { WindowStatus } from '../events/schema.ts';
import { isInForce, type HallConfig } from '../profile/profile.ts';
import { queueSettings } from '../profile/queue.ts';
import { givesNumbers } from './hours.ts';
import { compareTaken, type CallingWindow, type WaitingTicket } from './next.ts';

/** A ticket on the board. */
export interface Ticket {
  readonly id: string;
  readonly entry: TicketEntry;
}

/** A window of the profile as it stands. */
export interface WindowNow extends CallingWindow {
  readonly label: string;
  readonly status: WindowStatus;
  /** Since when, epoch ms; absent where nothing was ever said of it. */
  readonly since?: number;
  readonly reason?: string;
  /** The staff id of whoever sits at it. */
  readonly holder?: string;
  /** Tickets that were called there and not let go, the latest call first. */
  readonly inHand: readonly Ticket[];
}

export interface StationNow {
  readonly windows: readonly WindowNow[];
  /** Of the day, in the order of taking. */
  readonly waiting: readonly Ticket[];
  /** Of the day, the latest first. */
  readonly passed: readonly Ticket[];
}

/**
 * @param day the hall's day, of which windows are in force and tickets wait
 * @param isOwn whether to read the tickets of the hall's own queue, or those of a queue machine
 */
export function readStation(
  state: BoardState,
  { profile }: HallConfig,
  station: string,
  day: string,
  isOwn: boolean,
): StationNow {
  const waiting: Ticket[] = [];
  const passed: Ticket[] = [];
  const inHand = new Map<string, Ticket[]>();
  for (const [id, entry] of state.entries.ticket) {
    if (entry.station !== station || (entry.own ?? false) !== isOwn) continue;
    if (entry.stage === 'serving') {
      const { window } = entry;
      if (window === undefined) continue;
      const others = inHand.get(window);
      if (others) others.push({ id, entry });
      else inHand.set(window, [{ id, entry }]);
    } else if (entry.day === day) (entry.stage === 'waiting' ? waiting : passed).push({ id, entry });
  }
  for (const tickets of inHand.values()) tickets.sort((a, b) => b.entry.since - a.entry.since || compareTickets(a, b));
  const windows = profile.windows
    .filter((window) => window.station === station && isInForce(window, day))
    .map(({ id, label, lines, kinds }): WindowNow => {
      const entry = state.entries.window.get(id);
      return {
        id,
        label,
        lines,
        kinds,
        status: entry?.status ?? 'closed',
        ...(entry ? { since: entry.since } : {}),
        ...(entry?.reason ? { reason: entry.reason } : {}),
        ...(entry?.staff ? { holder: entry.staff } : {}),
        inHand: inHand.get(id) ?? [],
      };
    });
  return {
    windows,
    waiting: waiting.sort(compareTickets),
    passed: passed.sort((a, b) => b.entry.since - a.entry.since || compareTickets(a, b)),
  };
}

/** A ticket as `nextTicket` weighs it. */
export function toWaiting({ id, entry }: Ticket): WaitingTicket {
  const { takenAt, line, green, appointment, dueAt, sentTo } = entry;
  return { ticket: id, takenAt, line, green, appointment: appointment !== undefined, dueAt, sentTo };
}

function compareTickets(a: Ticket, b: Ticket): number {
  return compareTaken({ takenAt: a.entry.takenAt, ticket: a.id }, { takenAt: b.entry.takenAt, ticket: b.id });
}

/** Whether a station has a queue at all on a day: the profile says since when tickets are taken there. */
export function takesTickets({ stations }: HallConfig, station: string, day: string): boolean {
  const from = stations.get(station)?.ticketsFrom;
  return from !== undefined && from <= day;
}

export function isQueueEnded({ entries }: BoardState, station: string, day: string): boolean {
  return [...entries.queue.values()].some((ended) => ended.station === station && ended.day === day);
}

/** Whether a station's own queue gives numbers at a moment: the doors are open, and nobody has ended it for the day. */
export function isQueueOpen(state: BoardState, config: HallConfig, zone: Zone, station: string, at: number): boolean {
  const day = dayOf(zone, at);
  if (isQueueEnded(state, station, day)) return false;
  const { closeMinutesBefore } = queueSettings(config.profile);
  return givesNumbers(zone, day, config.calendar.minutesOf(day, station), at, closeMinutesBefore);
}
