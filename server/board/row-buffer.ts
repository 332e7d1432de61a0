/** Rows of entities that have changed and that the ledger has not stored yet: of each the newest. */
import type { DatedRow, RowChange } from '../../domain/board/entity-row.ts';

export class RowBuffer {
  readonly #forgotten = new Set<string>();
  readonly #rows = new Map<string, DatedRow | undefined>();

  get size(): number {
    return this.#rows.size;
  }

  add(change: RowChange): void {
    if (!('forget' in change)) {
      this.#rows.set(change.key, change.row);
      return;
    }
    this.#forgotten.add(change.forget);
    for (const key of this.#rows.keys()) if (key.startsWith(change.forget)) this.#rows.delete(key);
  }

  /** Empties the buffer. What is forgotten comes first: what stands now was made after it. */
  take(): RowChange[] {
    const changes: RowChange[] = [
      ...[...this.#forgotten].map((forget) => ({ forget })),
      ...[...this.#rows].map(([key, row]) => ({ key, row })),
    ];
    this.#forgotten.clear();
    this.#rows.clear();
    return changes;
  }

  /** Puts back what could not be stored, behind which others may have come since. */
  putBack(changes: readonly RowChange[]): void {
    const since = this.take();
    for (const change of [...changes, ...since]) this.add(change);
  }
}
