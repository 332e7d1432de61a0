/** What did not go in: all of it counted, so much of it kept for the report as a person could read. */
import type { Difference } from '../../../domain/events/difference.ts';

/** A row, or an event of it, that did not go in. */
export interface Finding {
  readonly line: number;
  readonly reason: string;
  /** The columns concerned; where none is, the field of the event stands for them. */
  readonly columns: readonly string[];
  readonly field?: string | undefined;
  /** What stands in the one column concerned, where that cannot be a citizen. */
  readonly found?: string;
  /** Of a row that differs from what is known: each field, with both values where they could be looked at. */
  readonly differences?: readonly Difference[];
  /** Of a row that another one of the file stands for: that one's line. */
  readonly otherLine?: number;
  /** Of a row that cannot be laid under the header: how many cells it has, and how many are wanted. */
  readonly width?: { readonly cells: number; readonly wanted: number };
}

/** Findings that say the same of the same columns. */
export interface FindingTally extends Pick<Finding, 'reason' | 'columns' | 'field' | 'found'> {
  readonly count: number;
}

export interface Findings {
  readonly count: number;
  /** The most frequent first. */
  readonly tallies: readonly FindingTally[];
  /** The first ones, at most `FINDINGS_LISTED`. */
  readonly listed: readonly Finding[];
}

/** Ten million refused rows must not need memory for ten million reasons. */
export const FINDINGS_LISTED = 100_000;

export class FindingList implements Findings {
  readonly #listed: Finding[] = [];
  readonly #tallies = new Map<string, FindingTally>();
  #count = 0;

  get count(): number {
    return this.#count;
  }

  get tallies(): readonly FindingTally[] {
    return sortTallies(this.#tallies.values());
  }

  get listed(): readonly Finding[] {
    return this.#listed;
  }

  add(finding: Finding): void {
    this.#count++;
    if (this.#listed.length < FINDINGS_LISTED) this.#listed.push(finding);
    addTally(this.#tallies, { ...finding, count: 1 });
  }
}

/** Both lists as one, by line. */
export function joinFindings(a: Findings, b: Findings): Findings {
  const listed = [...a.listed, ...b.listed].sort((left, right) => left.line - right.line).slice(0, FINDINGS_LISTED);
  const tallies = new Map<string, FindingTally>();
  for (const tally of [...a.tallies, ...b.tallies]) addTally(tallies, tally);
  return { count: a.count + b.count, tallies: sortTallies(tallies.values()), listed };
}

/** The same, where what is said of one line has become another reason. */
export function retellFinding({ count, tallies, listed }: Findings, line: number, reason: string): Findings {
  const before = listed.find((finding) => finding.line === line);
  if (before === undefined) return { count, tallies, listed };
  const kinds = new Map<string, FindingTally>();
  for (const tally of tallies) addTally(kinds, tally);
  addTally(kinds, { ...before, count: -1 });
  addTally(kinds, { ...before, reason, count: 1 });
  return {
    count,
    tallies: sortTallies([...kinds.values()].filter((tally) => tally.count > 0)),
    listed: listed.map((finding) => (finding === before ? { ...finding, reason } : finding)),
  };
}

/** Texts that are tallied apart; of others only the reason is. */
const TEXTS_APART = 100;

function addTally(tallies: Map<string, FindingTally>, { reason, columns, field, found, count }: FindingTally): void {
  // Where columns are named, the field of the event behind them says nothing more.
  const kind = [reason, ...(columns.length > 0 ? columns : ['', field ?? ''])];
  // A word that a map lacks comes again and again; a time that cannot be read seldom does.
  const own = reason === 'value' && found !== undefined ? JSON.stringify([...kind, { found }]) : undefined;
  const isApart = own !== undefined && (tallies.has(own) || tallies.size < TEXTS_APART);
  const key = isApart ? own : JSON.stringify(kind);
  const known = tallies.get(key)?.count ?? 0;
  tallies.set(key, { reason, columns, field, ...(isApart && { found }), count: count + known });
}

const sortTallies = (tallies: Iterable<FindingTally>): readonly FindingTally[] =>
  [...tallies].sort((a, b) => b.count - a.count);
