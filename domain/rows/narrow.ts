/** What a figure is narrowed to beside its station: an item, a line, a window, somebody, a kind of service, an hour of the week; and which rows are of it. */
import { cellName, headOf, readNameOf, type CellHead, type NameOf } from '../board/cells.ts';
import type { EntityRow, RowKind } from '../board/entity-row.ts';
import { weekdayOf } from '../calendar/zone.ts';
import type { TermId } from '../measures/terms.ts';
import { lineOf, type HallConfig } from '../profile/profile.ts';
import type { Narrowing, RowWalk } from './query.ts';

/** Figures that count cases on the day and at the minute of their acceptance: these alone are of some hour. */
const OF_ACCEPTANCE: ReadonlySet<TermId> = new Set<TermId>([
  'accepted',
  'windowCases',
  'onlineCases',
  'selfServiceCases',
  'otherCases',
  'medicalCases',
]);

/** Whether a figure can be narrowed so: services alone are of kinds, and what counts acceptances alone is of hours. */
export function canNarrow(term: TermId, query: Narrowing): boolean {
  if (query.service !== undefined && term !== 'services') return false;
  return OF_ACCEPTANCE.has(term) || !isOfSomeTime(query);
}

/** The hall's rows that reach into some days, the newest first. */
export type Walk = (query: RowWalk) => Iterable<EntityRow>;

const SERVED = cellName('ticket', 'served');

/** Whether a query is narrowed by what only rows tell. */
export function isNarrowed(query: Narrowing): boolean {
  return Object.keys(narrowingOf(query)).length > 0;
}

export function narrowingOf({ item, line, window, staff, service, weekday, halfHour, until }: Narrowing): Narrowing {
  return {
    ...(item === undefined ? {} : { item }),
    ...(line === undefined ? {} : { line }),
    ...(window === undefined ? {} : { window }),
    ...(staff === undefined ? {} : { staff }),
    ...(service === undefined ? {} : { service }),
    ...(weekday === undefined ? {} : { weekday }),
    ...(halfHour === undefined ? {} : { halfHour }),
    ...(until === undefined ? {} : { until }),
  };
}

/** The rows that are of what a walk is narrowed to: of a line as M4 has it, of a window and an hour of the week as M21 has it. */
export function* walkNarrowed(walk: Walk, query: RowWalk & Narrowing, config: HallConfig): Generator<EntityRow> {
  const { line, window, service } = query;
  const kinds = query.kinds.filter((kind) => canBeOf(kind, query));
  const walked = walk({ ...query, kinds, ...(line === undefined ? {} : { itemsOfLine: itemsOf(line, config) }) });
  for (const row of walked) {
    if (line !== undefined && lineOfRow(row, config) !== line) continue;
    if (window !== undefined && windowOfRow(row) !== window) continue;
    if (service !== undefined && cellOf(row, 'service')?.kind !== service) continue;
    if (!isAcceptedIn(row, query)) continue;
    yield row;
  }
}

/** Services alone are of a kind, and cases alone accepted at some hour. */
function canBeOf(kind: RowKind, query: Narrowing): boolean {
  if (query.service !== undefined && kind !== 'service') return false;
  return kind === 'case' || !isOfSomeTime(query);
}

function isOfSomeTime({ weekday, halfHour, until }: Narrowing): boolean {
  return weekday !== undefined || halfHour !== undefined || until !== undefined;
}

/** Of a case the minute of its winning acceptance decides. */
function isAcceptedIn({ cells }: EntityRow, query: Narrowing): boolean {
  if (!isOfSomeTime(query)) return true;
  const { weekday, halfHour, until } = query;
  const accepted = cells.find(({ name }) => headOf(name) === 'minute');
  if (accepted === undefined) return false;
  const minute = Number(readNameOf('minute', accepted.name).minute);
  return (
    (weekday === undefined || weekdayOf(accepted.day) === weekday) &&
    (halfHour === undefined || Math.floor(minute / 30) === halfHour) &&
    (until === undefined || minute <= until)
  );
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
