/** A row of the file as checked events, or why there are none. */
import { parseEvent, type ParseContext } from '../../../domain/events/parse.ts';
import type { BoundMapping, MappedEvent, MapRow } from '../../../domain/mapping/mapping.ts';
import type { FileRow, RowSource } from './file-row.ts';
import type { Finding } from './findings.ts';
import { createKeyTable } from './key-table.ts';
import type { ImportItem } from './target.ts';

export interface RowItem {
  readonly item: ImportItem;
  readonly mapped: MappedEvent;
}

export type ReadRow =
  | { readonly kind: 'blank' }
  /** The mapping's conditions leave nothing of the row. */
  | { readonly kind: 'left-out' }
  /** Another row of the file has given all that this one would, or will: see `once` and `last`. */
  | { readonly kind: 'known' }
  | { readonly kind: 'refused'; readonly finding: Finding }
  | {
      readonly kind: 'events';
      readonly line: number;
      readonly items: readonly RowItem[];
      /** Columns that looked like a citizen, and were left out of an event because the mapping says so. */
      readonly dropped: readonly string[];
    };

export interface RowReader {
  readonly mapRow: MapRow;
  /** Whether a `once` key is seen for the first time in this reading of the file. */
  readonly takeFirst: (key: string) => boolean;
  /** Whether a `last` key stands in no row below that line. */
  readonly isLast: (key: string, line: number) => boolean;
  readonly context: ParseContext;
}

/** A row goes in whole or not at all: one event refused refuses the row. */
export function readRow(row: FileRow, { mapRow, takeFirst, isLast, context }: RowReader): ReadRow {
  const { line } = row;
  if (row.kind === 'header') return { kind: 'left-out' };
  if (row.kind === 'broken') {
    const width = row.reason === 'columns' ? { width: { cells: row.cells, wanted: row.wanted } } : {};
    return { kind: 'refused', finding: { line, reason: row.reason, columns: [], ...width } };
  }
  let isElsewhere = false;
  const note = (isHere: boolean): boolean => {
    isElsewhere ||= !isHere;
    return isHere;
  };
  const result = mapRow(row.cells, {
    line,
    takeFirst: (key) => note(takeFirst(key)),
    isLast: (key) => note(isLast(key, line)),
  });
  if (result.kind === 'refused') return { kind: 'refused', finding: { line, ...result.refusal } };
  if (result.kind !== 'events') return result;
  if (result.events.length === 0) return { kind: isElsewhere ? 'known' : 'left-out' };
  const items: RowItem[] = [];
  const dropped: string[] = [];
  for (const mapped of result.events) {
    const checked = checkEvent(mapped, context, dropped);
    if ('reason' in checked) {
      const { reason, field } = checked;
      return { kind: 'refused', finding: { line, reason, field, columns: mapped.columnsOf(field) } };
    }
    items.push({ item: checked, mapped });
  }
  return { kind: 'events', line, items, dropped };
}

/** @param dropped takes the columns of fields that were left out */
function checkEvent(
  mapped: MappedEvent,
  context: ParseContext,
  dropped: string[],
): ImportItem | { readonly reason: string; readonly field: string } {
  for (let sent = mapped.event; ;) {
    const parsed = parseEvent(sent, context);
    if (parsed.ok) {
      const { event, timeGiven, dropped: unknown } = parsed;
      const { data } = sent;
      return {
        event,
        timeGiven,
        ...(unknown.length > 0 && { dropped: unknown }),
        ...(Object.hasOwn(data, 'ticketDay') && { sentData: data }),
      };
    }
    const { reason, field } = parsed;
    const name = field.split('.')[1] ?? '';
    if (reason !== 'identity' || !mapped.mayDrop(field) || !Object.hasOwn(sent.data, name)) return { reason, field };
    dropped.push(...mapped.columnsOf(field).filter((column) => !dropped.includes(column)));
    const { [name]: _, ...data } = sent.data;
    sent = { ...sent, data };
  }
}

/**
 * Reads the file once, for what only its end tells: in which row each key stands last.
 * @returns what `RowReader` asks; a mapping without `last` reads nothing
 */
export async function findLastRows(
  source: RowSource,
  lastKeys: BoundMapping['lastKeys'],
  onRow: (rows: number, fraction: number) => void = () => {},
): Promise<RowReader['isLast']> {
  const lines = createKeyTable(16);
  if (lastKeys) {
    let [rows, fraction] = [0, 0];
    for await (const row of source.rows((value) => (fraction = value))) {
      onRow(++rows, fraction);
      if (row.kind !== 'cells') continue;
      for (const key of lastKeys(row.cells)) lines.set(key, { line: row.line, mark: 0 });
    }
  }
  return (key, line) => lines.find(key)?.line === line;
}
