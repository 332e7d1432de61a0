/** What the fold has made since a closing that is not frozen yet: taken out again, it leaves the sums as of the closing. */
import type { Cell } from '../../domain/board/cells.ts';

/** A hall's night, many times over: beyond it the oldest closing is told from the ledger instead, so that memory stays bounded. */
const MOST_CELLS = 100_000;

export class KeptCells {
  /** Places in the ledger, rising; from the first on cells are kept. */
  #closings: number[] = [];
  #cells: { readonly seq: number; readonly cell: Cell }[] = [];

  /** Whether a closing waits: until then a restart must be able to begin at it, and find the same cells. */
  get isHolding(): boolean {
    return this.#closings.length > 0;
  }

  constructor(private readonly mostCells = MOST_CELLS) {}

  /** From now on keeps what comes after `seq`. */
  hold(seq: number): void {
    this.#closings.push(seq);
  }

  add(seq: number, cell: Cell): void {
    if (!this.isHolding) return;
    this.#cells.push({ seq, cell });
    if (this.#cells.length > this.mostCells) this.release(this.#closings[0]!);
  }

  /** Forgets closings up to `seq`, and what only they asked for. */
  release(seq: number): void {
    this.#closings = this.#closings.filter((closing) => closing > seq);
    const first = this.#closings[0] ?? Infinity;
    this.#cells = this.#cells.filter((one) => one.seq > first);
  }

  /** What was made behind `after`, up to `upTo`; `undefined` where that is not kept. */
  between(after: number, upTo: number): Cell[] | undefined {
    const first = this.#closings[0];
    if (first === undefined || after < first) return undefined;
    return this.#cells.filter(({ seq }) => seq > after && seq <= upTo).map(({ cell }) => cell);
  }
}
