/** What a station's cases still owe: papers of open ones, off the board and the ledger; licences of finished ones, off the rows. */
import { addDays } from '../../domain/calendar/zone.ts';
import { DAYS_BACK } from '../../domain/checks/finding.ts';
import { readLicence, readPapers } from '../../domain/desk/owed.ts';
import { listOpenCases } from '../../domain/desk/state.ts';
import { compareEvents, type LedgerEvent } from '../../domain/events/event.ts';
import type { DeskOwed } from '../../domain/wire/desk.ts';
import type { Board } from '../board/board.ts';
import type { Ledger } from '../ledger/port.ts';

export interface OwedOptions {
  readonly board: Pick<Board, 'rows' | 'state'>;
  readonly ledger: Pick<Ledger, 'head' | 'historyOf'>;
  /** The hall's clock, epoch ms, and its day. */
  readonly now: () => number;
  readonly day: () => string;
}

/** @param most so many licences at once. @throws LedgerError; BoardRecounting */
export async function readOwed(station: string, most: number, options: OwedOptions): Promise<DeskOwed> {
  const { board, ledger, now, day } = options;
  const to = day();
  // As the daily checks find them (D1).
  const found = await board.rows({
    ...{ term: 'licences', part: 'rest', order: 'newest' },
    ...{ station, from: addDays(to, -DAYS_BACK), to, now: now(), limit: most },
  });
  const open = listOpenCases(board.state, station).listed.map(([id]) => `case:${id}`);
  const finished = found.rows.map(({ key }) => key);
  const histories = await ledger.historyOf([...open, ...finished], ledger.head());
  const read = <T>(keys: readonly string[], one: (id: string, events: readonly LedgerEvent[]) => T | undefined): T[] =>
    keys.flatMap((key) => one(key.slice('case:'.length), [...histories.get(key)!].sort(compareEvents)) ?? []);
  return { papers: read(open, readPapers), licences: read(finished, readLicence), licenceCount: found.count };
}
