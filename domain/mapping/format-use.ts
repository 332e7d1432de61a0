/** How the times of a file's rows were read where a mapping offers several formats: what decides between them, and what cannot be decided. */

/** Rows that are named; a person needs few to see what is meant. */
const NAMED = 5;

/** Formats of one list that read a row's text. */
export interface FormatCount {
  /** Where the list stands in the mapping. */
  readonly path: string;
  readonly patterns: readonly string[];
  /** They read the same time; else the row was refused. */
  readonly isOne: boolean;
  readonly rows: number;
  /** The first of these rows, by their lines. */
  readonly lines: readonly number[];
}

export class FormatUse {
  readonly #counts = new Map<string, FormatCount & { rows: number; lines: number[] }>();
  /** The line of the row that is being read. */
  line = 0;

  note(path: string, patterns: readonly string[], isOne: boolean): void {
    const key = JSON.stringify([path, patterns, isOne]);
    const count = this.#counts.get(key) ?? { path, patterns, isOne, rows: 0, lines: [] };
    this.#counts.set(key, count);
    if (count.lines.at(-1) === this.line) return;
    count.rows++;
    if (count.lines.length < NAMED) count.lines.push(this.line);
  }

  /** Of lists by which some row is two times: those rows, and the rows that one format alone reads. */
  undecided(): FormatCount[] {
    const counts = [...this.#counts.values()];
    const paths = new Set(counts.filter(({ isOne }) => !isOne).map(({ path }) => path));
    return counts
      .filter(({ path, patterns, isOne }) => paths.has(path) && (!isOne || patterns.length === 1))
      .map((count) => ({ ...count, lines: [...count.lines] }));
  }
}
