/** Cells that the fold has made since the last checkpoint: added in memory to what the ledger has stored. */
import { addToTable, type Cell, type CellTable } from '../../domain/board/cells.ts';
import { isWithin } from '../../domain/board/state.ts';

/** Cells made after one checkpoint and up to the next, by day. */
interface Generation {
  /** The checkpoint that these cells come after. */
  readonly afterSeq: number;
  readonly days: Map<string, CellTable>;
}

/**
 * A checkpoint takes time to be written. Until the ledger says which one its sums reflect, the cells on their way
 * are kept as a generation of their own, so that no sum misses them or holds them twice.
 */
export class CellOverlay {
  #generations: Generation[];

  constructor(checkpointSeq: number) {
    this.#generations = [{ afterSeq: checkpointSeq, days: new Map() }];
  }

  add(cell: Cell): void {
    const { days } = this.#generations[this.#generations.length - 1]!;
    let table = days.get(cell.day);
    if (!table) days.set(cell.day, (table = new Map()));
    addToTable(table, cell.station, cell.name, cell.n);
  }

  /**
   * Ends the current generation at `seq` and returns all cells not yet stored, to go with the checkpoint at `seq`:
   * those of a checkpoint that could not be written are among them.
   */
  cut(seq: number): Cell[] {
    const cells = [...this.cellsSince(0)];
    this.#generations.push({ afterSeq: seq, days: new Map() });
    return cells;
  }

  /** Forgets the generations that the checkpoint at `seq` holds. */
  settle(seq: number): void {
    this.#generations = this.#generations.filter((generation) => generation.afterSeq >= seq);
  }

  /** Every cell of a span of days that is not yet in sums which reflect the checkpoint `storedSeq`. */
  *cellsSince(storedSeq: number, span: { readonly from?: string; readonly to?: string } = {}): Generator<Cell> {
    for (const { afterSeq, days } of this.#generations) {
      if (afterSeq < storedSeq) continue;
      for (const [day, table] of days) {
        if (!isWithin(span, day)) continue;
        for (const [station, names] of table) for (const [name, n] of names) yield { day, station, name, n };
      }
    }
  }
}
