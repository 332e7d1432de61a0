/** The rows that make up a figure, and the measures of rows that are narrowed by what no cell tells. */
import { unknownYears } from '../calendar/calendar.ts';
import { headOf } from '../board/cells.ts';
import type { RowKind } from '../board/entity-row.ts';
import { ROW_KINDS } from '../board/entity-row.ts';
import type { Zone } from '../calendar/zone.ts';
import type { Measures } from '../measures/measures.ts';
import { summedFrom } from '../measures/summed-from.ts';
import { readTerm, type TermValue } from '../measures/terms.ts';
import type { HallConfig } from '../profile/profile.ts';
import { walkDueChecks } from './due-checks.ts';
import { ledTo } from './led-to.ts';
import { measureRow, measureRows } from './measure-row.ts';
import { narrowingOf, isNarrowed, walkNarrowed, type Walk } from './narrow.ts';
import {
  compareRows,
  type FoundPart,
  type FoundRow,
  type Narrowing,
  type RowAnswer,
  type RowOrder,
  type RowQuery,
} from './query.ts';

/** Of which rows a measure is made, by the first part of its name; all others are of cases. */
const KINDS: Readonly<Record<string, readonly RowKind[]>> = {
  activelySatisfied: ['rating'],
  appointmentWait: ['ticket'],
  appointments: ['appointment'],
  byDefault: ['rating'],
  calledBack: ['followup'],
  checks: ['check'],
  complaints: ['complaint'],
  consultations: ['consultation'],
  corrected: ['late'],
  greenWait: ['ticket'],
  followupAnswer: ['followup'],
  followupClosing: ['followup'],
  medicalConsultations: ['consultation'],
  misrated: ['followup'],
  peopleServed: ['ticket', 'case', 'consultation', 'service'],
  poor: ['rating'],
  rectified: ['followup'],
  requestAnswer: ['request'],
  requests: ['request'],
  satisfied: ['rating'],
  scores: ['rating'],
  service: ['ticket'],
  services: ['service'],
  suggestionAnswer: ['suggestion'],
  tickets: ['ticket'],
  trained: ['training'],
  voided: ['voided'],
  wait: ['ticket'],
};
const CASES: readonly RowKind[] = ['case'];

/** In an order other than the newest first. */
function sortRows(rows: Iterable<FoundRow>, order: Exclude<RowOrder, 'newest'>): FoundRow[] {
  if (order === 'oldest') return [...rows].sort((a, b) => compareRows(b, a));
  const sized = Array.from(rows, (row) => ({ row, size: sizeOf(row.value) }));
  return sized.sort((a, b) => b.size - a.size || compareRows(a.row, b.row)).map(({ row }) => row);
}

export function findRows(
  walk: Walk,
  query: RowQuery,
  config: HallConfig,
  zone: Zone,
): Pick<RowAnswer, 'rows' | 'next'> {
  const { order, skip = 0, limit } = query;
  if (order !== 'newest') {
    const all = sortRows(walkFigure(walk, query, config, zone), order);
    const rows = all.slice(skip, skip + limit);
    return skip + limit < all.length ? { rows, next: skip + limit } : { rows };
  }
  const rows: FoundRow[] = [];
  for (const row of walkFigure(walk, query, config, zone)) {
    if (rows.length === limit) {
      const { day, at, key } = rows.at(-1)!;
      return { rows, next: { day, at, key } };
    }
    rows.push(row);
  }
  return { rows };
}

type Narrow = Pick<RowQuery, 'from' | 'to' | 'station' | 'now'> & Narrowing;

/** Every measure of the rows of what a query is narrowed to; checks, which have none, are due nowhere. */
export function measureWhere(walk: Walk, query: Narrow, config: HallConfig, zone: Zone): Measures {
  const { from, to, station } = query;
  const place = { from, to, ...(station === undefined ? {} : { station }) };
  const rows = walkNarrowed(walk, { ...narrowingOf(query), ...place, kinds: ROW_KINDS }, config);
  return measureRows(rows, query, config, zone, unknownYears(config.calendar, from, to));
}

function* walkFigure(walk: Walk, query: RowQuery, config: HallConfig, zone: Zone): Generator<FoundRow> {
  const { from, to, station, after } = query;
  const { term, part } = ledTo(query.term, query.part);
  if (term === 'checks' && part !== 'n' && !isNarrowed(query)) {
    for (const row of walkDueChecks(walk, query, config, zone))
      if (partOf(row.value, part) !== 0 && (!after || compareRows(row, after) > 0)) yield row;
    return;
  }
  const walked = walkNarrowed(
    walk,
    {
      ...narrowingOf(query),
      kinds: KINDS[term.split('.')[0]!] ?? CASES,
      // Whatever is open at the end of a span reaches its last day.
      from: term === 'open' || term === 'overdueOpen' ? to : from,
      to,
      ...(station === undefined ? {} : { station }),
      ...(after ? { after } : {}),
    },
    config,
  );
  const { heads } = summedFrom(term);
  for (const { cells: all, ...row } of walked) {
    const cells = heads ? all.filter(({ name }) => heads.some((head) => head === headOf(name))) : all;
    const value = readTerm(measureRow({ cells }, query, config, zone), term);
    if (partOf(value, part) !== 0) yield { ...row, value };
  }
}

/** How much of a figure a value is: of a time that was measured, one. */
export function partOf(value: TermValue, part: FoundPart): number {
  if (value === null) return 0;
  if (typeof value === 'number') return value;
  if ('cases' in value) return value.cases;
  if (!('of' in value)) return value.n;
  return part === 'rest' ? value.of - value.n : value[part];
}

/** How long, how many, or whether. */
function sizeOf(value: TermValue): number {
  if (value === null) return 0;
  if (typeof value === 'number') return value;
  if ('of' in value) return value.n;
  if ('cases' in value) return value.sumMs;
  return ('medianMs' in value ? value.medianMs : value.medianDays) ?? 0;
}
