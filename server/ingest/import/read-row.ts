/** A row of the file as checked events, or why there are none. */
import { parseEvent, type ParseContext } from '../../../domain/events/parse.ts';
import type { MappedEvent, MapRow } from '../../../domain/mapping/mapping.ts';
import type { Finding } from './findings.ts';
import type { FileRow } from './file-row.ts';
import type { ImportItem } from './target.ts';

export interface RowItem {
  readonly item: ImportItem;
  readonly mapped: MappedEvent;
}

export type ReadRow =
  | { readonly kind: 'blank' }
  /** The mapping's conditions leave nothing of the row. */
  | { readonly kind: 'left-out' }
  /** An earlier row has given all that this one would: see `once`. */
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly finding: Finding }
  | { readonly kind: 'events'; readonly line: number; readonly items: readonly RowItem[] };

export interface RowReader {
  readonly mapRow: MapRow;
  /** Whether a `once` key is seen for the first time in this reading of the file. */
  readonly takeFirst: (key: string) => boolean;
  readonly context: ParseContext;
}

/** A row goes in whole or not at all: one event refused refuses the row. */
export function readRow(row: FileRow, { mapRow, takeFirst, context }: RowReader): ReadRow {
  const { line } = row;
  if (row.kind === 'broken') {
    const width = row.reason === 'columns' ? { width: { cells: row.cells, wanted: row.wanted } } : {};
    return { kind: 'refused', finding: { line, reason: row.reason, columns: [], ...width } };
  }
  let isRepeat = false;
  const takeNoted = (key: string): boolean => {
    const isFirst = takeFirst(key);
    isRepeat ||= !isFirst;
    return isFirst;
  };
  const result = mapRow(row.cells, takeNoted, line);
  if (result.kind === 'refused') return { kind: 'refused', finding: { line, ...result.refusal } };
  if (result.kind !== 'events') return result;
  if (result.events.length === 0) return { kind: isRepeat ? 'known' : 'left-out' };
  const items: RowItem[] = [];
  for (const mapped of result.events) {
    const parsed = parseEvent(mapped.event, context);
    if (!parsed.ok) {
      const { reason, field } = parsed;
      return { kind: 'refused', finding: { line, reason, field, columns: mapped.columnsOf(field) } };
    }
    items.push({ item: { sent: mapped.event, event: parsed.event, dropped: parsed.dropped }, mapped });
  }
  return { kind: 'events', line, items };
}
