/** What did not go in: all of it counted, so much of it kept for the report as a person could read. */

/** A row, or an event of it, that did not go in. Names columns, never values. */
export interface Finding {
  readonly line: number;
  readonly reason: string;
  /** The columns concerned; where none is, the field of the event stands for them. */
  readonly columns: readonly string[];
  readonly field?: string | undefined;
  /** Of a row that cannot be laid under the header: how many cells it has, and how many are wanted. */
  readonly width?: { readonly cells: number; readonly wanted: number };
}

export interface Findings {
  readonly count: number;
  /** The first ones, at most `FINDINGS_LISTED`. */
  readonly listed: readonly Finding[];
}

/** Ten million refused rows must not need memory for ten million reasons. */
export const FINDINGS_LISTED = 100_000;

export class FindingList implements Findings {
  readonly #listed: Finding[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get listed(): readonly Finding[] {
    return this.#listed;
  }

  add(finding: Finding): void {
    this.#count++;
    if (this.#listed.length < FINDINGS_LISTED) this.#listed.push(finding);
  }
}

/** Both lists as one, by line. */
export function joinFindings(a: Findings, b: Findings): Findings {
  const listed = [...a.listed, ...b.listed].sort((left, right) => left.line - right.line).slice(0, FINDINGS_LISTED);
  return { count: a.count + b.count, listed };
}
