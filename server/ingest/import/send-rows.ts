/** Whole rows on their way to a target, and what became of the events of each. */
import { eventKey } from '../../../domain/events/event.ts';
import type { RowItem } from './read-row.ts';
import type { ImportTarget, Outcome } from './target.ts';

export interface OfferedRow {
  readonly line: number;
  readonly items: readonly RowItem[];
}

export interface SentRow extends OfferedRow {
  /** One for each item, in order. */
  readonly outcomes: readonly Outcome[];
}

export async function sendRows(rows: readonly OfferedRow[], check: ImportTarget['check']): Promise<readonly SentRow[]> {
  const batch = rows.flatMap(({ items }) => items.map(({ item }) => item));
  if (batch.length === 0) return [];
  const outcomes = await check(batch);
  let at = 0;
  return rows.map((row) => ({ ...row, outcomes: outcomes.slice(at, (at += row.items.length)) }));
}

/**
 * What the target knows of each event by itself. A target compares a batch with what stands further up in it as well, so
 * an event that the batch has named before is asked for in another one: the row above may be refused, and then says nothing.
 */
export function checkAlone(check: ImportTarget['check']): ImportTarget['check'] {
  return async (batch) => {
    const counts = new Map<string, number>();
    const rounds: number[][] = [];
    batch.forEach(({ event }, index) => {
      const key = eventKey(event.source, event.id);
      const round = counts.get(key) ?? 0;
      counts.set(key, round + 1);
      (rounds[round] ??= []).push(index);
    });
    const outcomes: Outcome[] = [];
    for (const round of rounds) {
      const answers = await check(round.map((index) => batch[index]!));
      round.forEach((index, place) => (outcomes[index] = answers[place]!));
    }
    return outcomes;
  };
}
