/** What the rows further up in the file have said, so that its own repeats are told apart from what the ledger knew. */
import { eventKey, type HallEvent } from '../../../domain/events/event.ts';
import { createKeyTable, markOf } from './key-table.ts';

export type Sighting =
  | { readonly kind: 'fresh' | 'repeat' }
  /** Another row, or another event of this one, has said something else under this id. */
  | { readonly kind: 'differs'; readonly line: number };

export interface RowsSeen {
  /** @param events of the row in that line */
  look(events: readonly HallEvent[], line: number): readonly Sighting[];
  /** Remembers the events of a row that goes in. */
  add(events: readonly HallEvent[], line: number): void;
}

export function createRowsSeen(): RowsSeen {
  const table = createKeyTable();
  const keyOf = ({ source, id }: HallEvent): string => eventKey(source, id);
  return {
    look(events, line) {
      const own = new Map<string, number>();
      return events.map((event) => {
        const key = keyOf(event);
        const above = table.find(key) ?? (own.has(key) ? { line, mark: own.get(key)! } : undefined);
        const mark = events.length > 1 || above ? markContent(event) : 0;
        if (!above) own.set(key, mark);
        if (!above) return { kind: 'fresh' };
        return above.mark === mark ? { kind: 'repeat' } : { kind: 'differs', line: above.line };
      });
    },
    add(events, line) {
      for (const event of events) {
        const key = keyOf(event);
        if (!table.find(key)) table.set(key, { line, mark: markContent(event) });
      }
    },
  };
}

function markContent({ source: _, id: __, ...content }: HallEvent): number {
  return markOf(JSON.stringify(content));
}
