/** Whole rows on their way to a target, and what became of the events of each. */
import { eventKey } from '../../../domain/events/event.ts';
import type { RowItem } from './read-row.ts';
import type { ImportItem, Outcome } from './target.ts';

export interface OfferedRow {
  readonly line: number;
  readonly items: readonly RowItem[];
}

export interface SentRow extends OfferedRow {
  /** One for each item, in order. */
  readonly outcomes: readonly Outcome[];
}

export async function sendRows(
  rows: readonly OfferedRow[],
  send: (batch: readonly ImportItem[]) => Promise<readonly Outcome[]>,
): Promise<readonly SentRow[]> {
  const batch = rows.flatMap(({ items }) => items.map(({ item }) => item));
  if (batch.length === 0) return [];
  const outcomes = await send(batch);
  let at = 0;
  return rows.map((row) => ({ ...row, outcomes: outcomes.slice(at, (at += row.items.length)) }));
}

/**
 * As `sendRows`, for a target that only checks. An event that a row above repeats word for word is no duplicate yet: the
 * row above may be refused, and then does not go in. Its own outcome is that of the first of them.
 */
export async function checkRows(
  rows: readonly OfferedRow[],
  check: (batch: readonly ImportItem[]) => Promise<readonly Outcome[]>,
): Promise<readonly SentRow[]> {
  const firsts = new Map<string, Outcome>();
  const sent = await sendRows(rows, check);
  return sent.map(({ outcomes, ...row }) => ({
    ...row,
    outcomes: outcomes.map((outcome, index) => {
      const { source, id } = row.items[index]!.item.event;
      const first = firsts.get(eventKey(source, id));
      if (first === undefined) firsts.set(eventKey(source, id), outcome);
      return outcome === 'duplicate' && first !== undefined ? first : outcome;
    }),
  }));
}
