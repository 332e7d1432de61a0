/** The figures of a closing behind which more has come in than is kept: folded once more from the first event, a day's cells in memory. */
import { headOf, type Cell } from '../../domain/board/cells.ts';
import { addDays, type Zone } from '../../domain/calendar/zone.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import { MonthSums } from '../../domain/measures/month-sums.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { StoredMeasureQuery } from '../ledger/port.ts';
import { replay, type ReplayedLedger } from './replay.ts';

/** What adds up from the ledger's first day on: of the days before the asked one only its sum is kept. */
const RUNNING = new Set(['open', 'overdue']);

/**
 * Measures of one day as of its closing, a place in the ledger. It reads the whole ledger up to there, between whatever
 * else is to be done, and keeps in memory what a day's work comes to, however much lies before and behind it.
 * @param queries of that day
 * @throws LedgerError
 */
export async function measureClosing(
  { ledger, config, zone }: { readonly ledger: ReplayedLedger; readonly config: HallConfig; readonly zone: Zone },
  { day, seq }: { readonly day: string; readonly seq: number },
  queries: readonly StoredMeasureQuery[],
  isStopped: () => boolean,
): Promise<readonly Measures[]> {
  const sums = new MonthSums(config, zone);
  let measures: readonly Measures[] = [];
  await replay(
    yielding(ledger, isStopped),
    zone,
    [seq],
    (cells) => {
      measures = queries.map((query) => sums.measure(cells, query));
    },
    (cell) => keepOf(cell, day),
  );
  return measures;
}

/** Nothing that lies behind the day is of it, and of what lies before it only what still stands. */
function keepOf(cell: Cell, day: string): Cell | undefined {
  if (cell.day > day) return undefined;
  const head = headOf(cell.name);
  if (cell.day === day) return cell;
  return RUNNING.has(head) ? { ...cell, day: addDays(day, -1), name: head } : undefined;
}

/** Requests come first, and whoever stops is not kept waiting. */
function yielding(ledger: ReplayedLedger, isStopped: () => boolean): ReplayedLedger {
  return {
    async read(after, limit) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (isStopped()) throw new Error('The hall was stopped while a day was frozen.');
      return ledger.read(after, limit);
    },
    historyOf: (keys, upTo) => ledger.historyOf(keys, upTo),
    latestOf: (keys, upTo) => ledger.latestOf(keys, upTo),
    find: (source, id, upTo) => ledger.find(source, id, upTo),
  };
}
