/** The one way into the ledger, for senders, people and the hall itself: appends, and hands the board what is new. */
import type { HallEvent, LedgerEvent } from '../domain/events/event.ts';
import type { Board } from './board/board.ts';
import type { Actor } from './ledger/actor.ts';
import type { AppendOutcome, Ledger, PendingEvent } from './ledger/port.ts';

/**
 * Resolves once the events are on disk and the board has what is new of them, with an outcome for each. The board folds
 * it by itself, and tells whoever listens to it.
 * @throws LedgerError
 */
export type RecordEvents = (events: readonly PendingEvent[], actor: Actor) => Promise<readonly AppendOutcome[]>;

export interface RecorderOptions {
  readonly ledger: Ledger;
  /** Absent where nothing is shown: a command that works on the ledger alone. */
  readonly board?: Pick<Board, 'feed'>;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  /** Told of what is new, in its order, once it is on disk. */
  readonly onAppended?: (events: readonly LedgerEvent[]) => void;
}

export function createRecorder({ ledger, board, now, onAppended }: RecorderOptions): RecordEvents {
  return async (events, actor) => {
    if (events.length === 0) return [];
    const { outcomes } = await ledger.append(events, now(), actor);
    const appended: LedgerEvent[] = [];
    outcomes.forEach((outcome, i) => {
      if (typeof outcome === 'object') appended.push({ ...events[i]!.event, seq: outcome.seq });
    });
    board?.feed(appended);
    if (appended.length > 0) onAppended?.(appended);
    return outcomes;
  };
}

/** What the hall itself writes always says when. */
export function withTime(events: readonly HallEvent[]): PendingEvent[] {
  return events.map((event) => ({ event, timeGiven: true }));
}
