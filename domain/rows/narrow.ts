/** What a figure is narrowed to that no cell tells: an item, a line, a window, somebody; and which rows are of it. */
import { cellName, headOf, readNameOf, type CellHead, type NameOf } from '../board/cells.ts';
import type { Dimensions, EntityRow } from '../board/entity-row.ts';
import { lineOf, type HallConfig } from '../profile/profile.ts';
import type { RowWalk } from './query.ts';

/** The hall's rows that reach into some days, the newest first. */
export type Walk = (query: RowWalk) => Iterable<EntityRow>;

const SERVED = cellName('ticket', 'served');

/** Whether a query is narrowed by what only rows tell. */
export function isNarrowed(query: Dimensions): boolean {
  return Object.keys(dimensionsOf(query)).length > 0;
}

export function dimensionsOf({ item, line, window, staff }: Dimensions): Dimensions {
  return {
    ...(item === undefined ? {} : { item }),
    ...(line === undefined ? {} : { line }),
    ...(window === undefined ? {} : { window }),
    ...(staff === undefined ? {} : { staff }),
  };
}

/** The rows that are of what a walk is narrowed to: of a line as M4 has it, of a window as M21 has it. */
export function* walkNarrowed(walk: Walk, query: RowWalk, config: HallConfig): Generator<EntityRow> {
  const { line, window } = query;
  const walked = walk(line === undefined ? query : { ...query, itemsOfLine: itemsOf(line, config) });
  for (const row of walked) {
    if (line !== undefined && lineOfRow(row, config) !== line) continue;
    if (window !== undefined && windowOfRow(row) !== window) continue;
    yield row;
  }
}

function itemsOf(line: string, { items }: HallConfig): string[] {
  return [...items].filter(([, item]) => item.line === line).map(([code]) => code);
}

/** Of a case its winning acceptance decides, which its cells tell. */
function lineOfRow(row: EntityRow, config: HallConfig): string | undefined {
  const { line, item } = (row.kind === 'case' ? cellOf(row, 'accepted') : undefined) ?? row;
  return lineOf(config, line, item);
}

/** Of a case the one at whose counter it was accepted, of a ticket that was served the one that served it. */
function windowOfRow(row: EntityRow): string | undefined {
  if (row.kind === 'case') return cellOf(row, 'handled')?.window;
  if (row.kind === 'ticket' && row.cells.some(({ name }) => name === SERVED)) return cellOf(row, 'window')?.window;
  return row.window;
}

function cellOf<H extends CellHead>({ cells }: EntityRow, head: H): NameOf<H> | undefined {
  const cell = cells.find(({ name }) => headOf(name) === head);
  return cell && readNameOf(head, cell.name);
}
