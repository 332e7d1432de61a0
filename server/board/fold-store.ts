/** What the fold has made and what the ledger has of it: cells go over in portions, the state now and then. */
import type { Cell, CellTable } from '../../domain/board/cells.ts';
import type { RowChange } from '../../domain/board/entity-row.ts';
import { FOLD_VERSION } from '../../domain/board/fold.ts';
import { addToRange } from '../../domain/board/range-sums.ts';
import { readCheckpoint } from '../../domain/board/read-checkpoint.ts';
import { createBoardState, serializeState, type BoardState, type RangeSpec } from '../../domain/board/state.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { PastAnswer, PastQuery } from '../../domain/past/past-query.ts';
import type { RowAnswer, RowQuery } from '../../domain/rows/query.ts';
import type { StarQuery } from '../../domain/stars/tally.ts';
import type {
  Figures,
  FiguresQuery,
  FoldStep,
  Ledger,
  StoredFold,
  StoredMeasureQuery,
  TalliedStars,
} from '../ledger/port.ts';
import { CellBuffer } from './cell-buffer.ts';
import { RowBuffer } from './row-buffer.ts';
import type { KeptCells } from './kept-cells.ts';

/** Cells that are made before they go to the ledger: a few milliseconds' work on either side. */
const STORE_CELLS = 4_000;
/** The fold waits for the ledger where it has so many cells in hand. */
const MOST_CELLS = 4 * STORE_CELLS;
/** Rows that are made before they go to the ledger. */
const STORE_ROWS = 2_000;

export class FoldStore {
  /** Made after `#storedSeq`; whatever is changed in either happens in the chain `#storing`. */
  readonly #cells = new CellBuffer();
  readonly #rows = new RowBuffer();
  #storedSeq: number;
  #checkpointSeq: number;
  #storing: Promise<void> = Promise.resolve();
  #isQueued = false;

  /** @param cellsUpTo up to here the ledger has the cells, although the state may be behind: it is saved less often */
  constructor(
    private readonly ledger: Ledger,
    private readonly state: BoardState,
    readonly cellsUpTo: number,
  ) {
    this.#storedSeq = cellsUpTo;
    this.#checkpointSeq = state.seq;
  }

  /** Events that a restart would fold again. */
  get sinceCheckpoint(): number {
    return this.state.seq - this.#checkpointSeq;
  }

  /** Takes a cell that the event at `seq` has made. */
  add(seq: number, cell: Cell): void {
    if (seq > this.cellsUpTo) this.#cells.add(cell);
  }

  /** Takes a row that the event at `seq` has changed. */
  addRow(seq: number, change: RowChange): void {
    if (seq > this.cellsUpTo) this.#rows.add(change);
  }

  /** Between two slices of the fold: stores what has come together, and waits where that is too much. */
  async storeWhereDue(isCheckpointDue: boolean, onTrouble: (error: unknown) => void): Promise<void> {
    if (this.state.seq < this.cellsUpTo) return;
    const isMuch = this.#cells.size >= STORE_CELLS || this.#rows.size >= STORE_ROWS;
    if (!isCheckpointDue && (!isMuch || this.#isQueued)) return;
    // A full disk stops writing, not the picture: the next slice tries again, with the same cells.
    const stored = this.store(isCheckpointDue).catch(onTrouble);
    if (isCheckpointDue || this.#cells.size >= MOST_CELLS || this.#rows.size >= 4 * STORE_ROWS) await stored;
  }

  /** Hands the ledger what the fold has made since the last time; with the state, a restart begins here. */
  store(withState: boolean): Promise<void> {
    this.#isQueued = true;
    return this.#inTurn(async () => {
      this.#isQueued = false;
      const { seq } = this.state;
      const isNew = seq > this.#storedSeq || (withState && seq > this.#checkpointSeq);
      if (!isNew || seq < this.cellsUpTo) return;
      const cells = this.#cells.take();
      const rows = this.#rows.take();
      try {
        const step = { ...this.#toStep(cells), rows };
        await this.ledger.saveFold(withState ? { ...step, state: serializeState(this.state) } : step);
      } catch (error) {
        for (const cell of cells) this.#cells.add(cell);
        this.#rows.putBack(rows);
        throw error;
      }
      this.#storedSeq = seq;
      if (withState) this.#checkpointSeq = seq;
    });
  }

  /** Measures of everything that the fold has made by now. */
  measure(queries: readonly StoredMeasureQuery[], config: HallConfig): Promise<readonly Measures[]> {
    return this.#ask((unsaved) => this.ledger.measure(queries, config, unsaved));
  }

  figures(query: FiguresQuery, config: HallConfig): Promise<Figures> {
    return this.#ask((unsaved) => this.ledger.figures(query, config, unsaved));
  }

  async #ask<T>(question: (unsaved?: FoldStep) => Promise<T>): Promise<T> {
    const isStored = await this.store(false).then(
      () => true,
      () => false,
    );
    if (isStored) return question();
    // On a full disk what could not be stored goes with the question, and nothing is stored between the two.
    return this.#inTurn(() => question(this.#toStep([...this.#cells.cells()])));
  }

  /** Rows behind a figure, of everything that the fold has made by now. @throws LedgerError where that cannot be stored */
  async rows(query: RowQuery, config: HallConfig): Promise<RowAnswer> {
    await this.store(false);
    return this.ledger.rows(query, config);
  }

  /** What everybody did in a month, of everything that the fold has made by now. @throws LedgerError where that cannot be stored */
  async tallyStars(query: StarQuery, config: HallConfig): Promise<TalliedStars> {
    await this.store(false);
    return this.ledger.tallyStars(query, config);
  }

  /** A past moment, by everything that the fold has made by now; on a full disk by what is stored. */
  async lookAt(query: PastQuery, config: HallConfig): Promise<PastAnswer> {
    await this.store(false).catch(() => undefined);
    return this.ledger.lookAt(query, config);
  }

  /** Measures as of an earlier place, behind which all that was made is in `kept`; `undefined` where it is not. */
  async measureAsOf(
    seq: number,
    queries: readonly StoredMeasureQuery[],
    config: HallConfig,
    kept: KeptCells,
  ): Promise<readonly Measures[] | undefined> {
    await this.store(false);
    return this.#inTurn(async () => {
      const since = kept.between(seq, this.#storedSeq);
      if (since === undefined) return undefined;
      const cells = since.map((cell) => ({ ...cell, n: -cell.n }));
      return this.ledger.measure(queries, config, { foldVersion: FOLD_VERSION, after: this.#storedSeq, seq, cells });
    });
  }

  /** Measures by each of some configurations, all of one position: nothing is stored between them. */
  async measureUnder(
    configs: readonly HallConfig[],
    queries: readonly StoredMeasureQuery[],
  ): Promise<(readonly Measures[])[]> {
    await this.store(false);
    return this.#inTurn(async () => {
      const answers: (readonly Measures[])[] = [];
      for (const config of configs) answers.push(await this.ledger.measure(queries, config));
      return answers;
    });
  }

  /** Sums of what the ledger has stored, and of the cells that it has not: no store may come between the two. */
  sumRanges(day: string, specs: readonly RangeSpec[], config: HallConfig): Promise<ReadonlyMap<string, CellTable>> {
    return this.#inTurn(async () => {
      const ids = specs.map(({ id }) => id);
      const { seq, tables } = await this.ledger.sumRanges({ day, ids }, config);
      if (seq !== this.#storedSeq) throw new Error(`The stored sums are of ${seq}, not of ${this.#storedSeq}.`);
      for (const spec of specs) addToRange(spec, tables.get(spec.id)!, this.#cells.cells());
      return tables;
    });
  }

  /** From what is stored to where the fold stands. */
  #toStep(cells: readonly Cell[]): FoldStep {
    const { seq, uncounted } = this.state;
    return { foldVersion: FOLD_VERSION, after: this.#storedSeq, seq, cells, uncounted: [...uncounted] };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = this.#storing.then(work);
    this.#storing = run.then(
      () => undefined,
      () => undefined,
    );
    return run;
  }
}

/** The state of a checkpoint that is whole, or a new one where none was written yet; `undefined` where it is damaged. */
export function readStored({ seq, checkpoint }: StoredFold, head: number): BoardState | undefined {
  if (seq > head) return undefined;
  if (!checkpoint) return createBoardState();
  const state = checkpoint.seq <= seq ? readCheckpoint(checkpoint.state) : undefined;
  return state?.seq === checkpoint.seq ? state : undefined;
}
