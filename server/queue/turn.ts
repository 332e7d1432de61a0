/** One command's turn: the station as it stands on the board caught up, who asks, and what they may be answered. */
import type { BoardState } from '../../domain/board/state.ts';
import { toDeskTicket } from '../../domain/desk/ticket.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { DayBook } from '../../domain/queue/day-book.ts';
import type { CallingWindow } from '../../domain/queue/next.ts';
import type { StationNow, Ticket, WindowNow } from '../../domain/queue/station.ts';
import type { QueueAnswer, QueueRefusal } from '../../domain/wire/desk.ts';
import type { AppendOutcome } from '../ledger/port.ts';

export interface Refused {
  readonly ok: false;
  readonly reason: QueueRefusal;
  /** Of `held`: the staff id of whoever holds the window. */
  readonly holder?: string;
  /** Of `identity` and `text`: of the request. */
  readonly field?: string;
}

export type Done = (QueueAnswer & { readonly ok: true }) | Refused;

export interface Turn {
  readonly station: string;
  /** The hall's clock, epoch ms, and its day. */
  readonly now: number;
  readonly day: string;
  readonly config: HallConfig;
  readonly state: BoardState;
  /** The staff id of whoever asks; absent where nobody is signed in, as at a display that gives out numbers. */
  readonly staff: string | undefined;
  /** Its windows, and the tickets of the hall's own queue. */
  readonly seen: StationNow;
  /** Whether the queue is the hall's own, and whether it gives numbers. */
  readonly isOwn: boolean;
  readonly isOpen: boolean;
  /** Whether what becomes of the station's appointments is said here, and not by another system. */
  readonly isKeptHere: boolean;
  readonly book: () => Promise<DayBook>;
  /** Whether any event was ever filed under a ticket. */
  readonly isKnown: (ticket: string) => Promise<boolean>;
  /** What ended the queue of this day and stands, with those who left by it. */
  readonly ending: () => Promise<readonly HallEvent[]>;
  /** An event that the queue recorded. */
  readonly find: (id: string) => Promise<HallEvent | undefined>;
  /** Resolves once the events are on disk and the board has them. @throws LedgerError */
  readonly write: (events: readonly HallEvent[]) => Promise<readonly AppendOutcome[]>;
}

export const OK: Done = { ok: true };

export function refuse(reason: QueueRefusal, more: Pick<Refused, 'holder' | 'field'> = {}): Refused {
  return { ok: false, reason, ...more };
}

/** The window, if there is one and nobody else holds it. */
export function findWindow({ seen, staff }: Turn, id: string, takeOver = false): WindowNow | Refused {
  const window = seen.windows.find((one) => one.id === id);
  if (!window) return refuse('unknown-window');
  const { holder } = window;
  return holder === undefined || holder === staff || takeOver ? window : refuse('held', { holder });
}

export function isRefused<T extends object>(found: T | Refused): found is Refused {
  return 'reason' in found && 'ok' in found;
}

export function listOpen({ seen }: Turn): readonly CallingWindow[] {
  return seen.windows.filter(({ status }) => status === 'open');
}

/**
 * Each step of a thing has a later moment than the one before, though the clock stood still or was set back: it is by
 * their moments that steps are read.
 */
export function momentAfter({ now }: Pick<Turn, 'now'>, since: number | undefined): number {
  return since === undefined ? now : Math.max(now, since + 1);
}

export function answerTicket({ id, entry }: Ticket): Done {
  return { ok: true, ticket: toDeskTicket(id, entry) };
}
