/** Cells that the fold has made and the ledger has not stored yet, added up. */
import type { Cell } from '../../domain/board/cells.ts';

export class CellBuffer {
  readonly #days = new Map<string, Map<string, Map<string, number>>>();
  #size = 0;

  /** How many different cells there are. */
  get size(): number {
    return this.#size;
  }

  add({ day, station, name, n }: Cell): void {
    let stations = this.#days.get(day);
    if (!stations) this.#days.set(day, (stations = new Map()));
    let names = stations.get(station);
    if (!names) stations.set(station, (names = new Map()));
    const sum = names.get(name);
    if (sum === undefined) this.#size++;
    names.set(name, (sum ?? 0) + n);
  }

  *cells(): Generator<Cell> {
    for (const [day, stations] of this.#days)
      for (const [station, names] of stations)
        for (const [name, n] of names) if (n !== 0) yield { day, station, name, n };
  }

  /** Empties the buffer. */
  take(): Cell[] {
    const cells = [...this.cells()];
    this.#days.clear();
    this.#size = 0;
    return cells;
  }
}
