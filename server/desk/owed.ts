/** What a station's cases still owe: papers of open ones, off the board and the ledger; papers and licences of finished ones, off the rows. */
import { addDays } from '../../domain/calendar/zone.ts';
import { DAYS_BACK } from '../../domain/checks/finding.ts';
import { readLicence, readPapers } from '../../domain/desk/owed.ts';
import { listOpenCases } from '../../domain/desk/state.ts';
import { compareEvents, type LedgerEvent } from '../../domain/events/event.ts';
import type { TermId } from '../../domain/measures/terms.ts';
import type { FoundPart } from '../../domain/rows/query.ts';
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

/** So many cases of a kind are looked through for papers that finished ones lack. */
const PAPERS_SOUGHT = 200;

/** @param most so many licences at once. @throws LedgerError; BoardRecounting */
export async function readOwed(station: string, most: number, options: OwedOptions): Promise<DeskOwed> {
  const { board, ledger, now, day } = options;
  const to = day();
  const find = (term: TermId, part: FoundPart, limit: number) =>
    board.rows({ term, part, order: 'newest', station, from: addDays(to, -DAYS_BACK), to, now: now(), limit });
  // As the daily checks find them (D1), and papers that are not due yet as well.
  const [found, ...lacking] = await Promise.all([
    find('licences', 'rest', most),
    find('deferredCases', 'n', PAPERS_SOUGHT),
    find('suppliedInTime', 'rest', PAPERS_SOUGHT),
  ]);
  const open = listOpenCases(board.state, station).listed.map(([id]) => `case:${id}`);
  const finished = found.rows.map(({ key }) => key);
  const deferred = new Set(lacking.flatMap(({ rows }) => rows.map(({ key }) => key)));
  for (const key of open) deferred.delete(key);
  const histories = await ledger.historyOf([...new Set([...open, ...finished, ...deferred])], ledger.head());
  const read = <T>(keys: readonly string[], one: (id: string, events: readonly LedgerEvent[]) => T | undefined): T[] =>
    keys.flatMap((key) => one(key.slice('case:'.length), [...histories.get(key)!].sort(compareEvents)) ?? []);
  const papers = [
    ...read(open, readPapers),
    ...read([...deferred], readPapers).filter(({ finishedAt }) => finishedAt !== undefined),
  ];
  return { papers, licences: read(finished, readLicence), licenceCount: found.count };
}
