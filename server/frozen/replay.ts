/** The figures of past days derived again: the events are folded once more from the first, and asked at each closing on the way. */
import type { CellQuery, CellSource, Days } from '../../domain/board/cell-source.ts';
import { headOf, type Cell } from '../../domain/board/cells.ts';
import { foldEvent } from '../../domain/board/fold.ts';
import { Histories, type HistorySource } from '../../domain/board/histories.ts';
import { createBoardState } from '../../domain/board/state.ts';
import { BEHIND_DAYS, type Zone } from '../../domain/calendar/zone.ts';
import type { LedgerEvent } from '../../domain/events/event.ts';

const SLICE = 500;
/** What the histories in memory may weigh, roughly in bytes. */
const HISTORY_BYTES = 64_000_000;

type Soon<T> = T | Promise<T>;

/** What a replay reads of a ledger: nothing that a fold has stored. */
export interface ReplayedLedger {
  read(afterSeq: number, limit: number): Soon<readonly LedgerEvent[]>;
  historyOf(keys: readonly string[], upTo: number): Soon<ReadonlyMap<string, readonly LedgerEvent[]>>;
  latestOf(keys: readonly string[], upTo: number): Soon<ReadonlyMap<string, LedgerEvent>>;
  find(source: string, id: string, upTo: number): Soon<LedgerEvent | undefined>;
}

/**
 * Folds up to the last of `stops`, places in the ledger in rising order, and calls `look` at each, once everything up to
 * it is counted. Rows that are missing are passed over: it is for others to say that they are.
 * @param keep the cell that stands for one in memory; `undefined`: none. Without it all are kept as they are.
 */
export async function replay(
  ledger: ReplayedLedger,
  zone: Zone,
  stops: readonly number[],
  look: (cells: CellSource, stop: number) => void,
  keep: (cell: Cell) => Cell | undefined = (cell) => cell,
): Promise<void> {
  const state = createBoardState();
  const histories = new Histories(zone);
  const cells = new MemoryCells(() => [...state.uncounted]);
  for (const stop of stops) {
    while (cells.seq < stop) {
      const read = await ledger.read(cells.seq, Math.min(SLICE, stop - cells.seq));
      const events = read.filter(({ seq }) => seq <= stop);
      if (events.length === 0) cells.seq = stop;
      else {
        await histories.load(events, state, sourceOf(ledger, state.seq));
        for (const event of events) {
          state.seq = event.seq - 1;
          foldEvent(state, event, histories, zone, {
            cell: (made) => {
              const cell = keep(made);
              if (cell) cells.add(event.seq, cell);
            },
            row: () => undefined,
          });
        }
        cells.seq = events.at(-1)!.seq;
        histories.trim(HISTORY_BYTES);
      }
    }
    look(cells, stop);
  }
}

function sourceOf(ledger: ReplayedLedger, upTo: number): HistorySource {
  return {
    historyOf: async (keys) => ledger.historyOf(keys, upTo),
    latestOf: async (keys) => ledger.latestOf(keys, upTo),
    find: async (source, id) => ledger.find(source, id, upTo),
  };
}

type Names = Map<string, { readonly station: string; readonly name: string; n: number }>;

/** Cells as a ledger stores them, in memory. */
class MemoryCells implements CellSource {
  readonly fold = 'replay';
  seq = 0;
  readonly #heads = new Map<string, Map<string, Names>>();
  readonly #changed = new Map<string, number>();

  constructor(readonly uncounted: () => readonly string[]) {}

  add(seq: number, { day, station, name, n }: Cell): void {
    const head = headOf(name);
    let days = this.#heads.get(head);
    if (!days) this.#heads.set(head, (days = new Map<string, Names>()));
    let names = days.get(day);
    if (!names) days.set(day, (names = new Map()));
    const key = `${station.length}:${station}${name}`;
    const known = names.get(key);
    if (!known) names.set(key, { station, name, n });
    else if (known.n + n === 0) names.delete(key);
    else known.n += n;
    this.#changed.set(day.slice(0, 7), seq);
  }

  changedMonths(after: number): string[] {
    return [...this.#changed].filter(([, seq]) => seq > after).map(([month]) => month);
  }

  *cells({ heads, station, ...days }: CellQuery): Generator<readonly [string, string, string, number]> {
    for (const head of new Set<string>(heads))
      for (const [day, one] of this.#within(head, days))
        if (station === undefined || one.station === station) yield [day, one.station, one.name, one.n];
  }

  monthly(heads: readonly string[], days: Days): (readonly [string, string, string, number])[] {
    return heads.flatMap((head) =>
      [...this.#within(head, days)].map(([day, { station, n }]) => [day.slice(0, 7), station, head, n] as const),
    );
  }

  *#within(head: string, { from = '', to = BEHIND_DAYS }: Days) {
    for (const [day, names] of this.#heads.get(head) ?? [])
      if (day >= from && day <= to) for (const one of names.values()) yield [day, one] as const;
  }
}
