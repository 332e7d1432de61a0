/** What a brief's address asks for: `?period=month&day=2019-11-25&station=hall`, or `?period=span&from=…&to=…&item=…`. */
import { PERIODS, type Period } from '../../../domain/brief/periods.ts';
import type { TermId } from '../../../domain/measures/terms.ts';
import type { RowPart } from '../../../domain/rows/query.ts';
import type { Brief } from '../../../domain/wire/brief.ts';
import { addressOfRows, withLanguage } from '../../live/rows-address.ts';
import type { Language } from '../../words/language.ts';

/** What it is narrowed to. */
export const SCOPES = ['station', 'line', 'item', 'window'] as const;
export type Scope = Partial<Readonly<Record<(typeof SCOPES)[number], string>>>;

export interface Asked extends Scope {
  readonly period: Period | 'span';
  /** Of a period; absent: today. */
  readonly day?: string;
  /** Of any span, both included. */
  readonly from?: string;
  readonly to?: string;
  /** A past moment, as the address says it; absent: now. */
  readonly at?: string;
  /** What the page calls itself while it plays. */
  readonly player?: string;
}

export function readAsked(search: string): Asked {
  const query = new URLSearchParams(search);
  const [day, from, to] = [query.get('day'), query.get('from'), query.get('to')];
  const scope = Object.fromEntries(SCOPES.flatMap((one) => (query.get(one) ? [[one, query.get(one)!]] : []))) as Scope;
  if (query.get('period') === 'span' && from && to) return { period: 'span', from, to, ...scope };
  const period = PERIODS.find((one) => one === query.get('period')) ?? 'day';
  const at = query.get('at');
  if (at !== null) {
    const { station } = scope;
    return { period, ...(day ? { day } : {}), ...(station ? { station } : {}), at };
  }
  return { period, ...(day ? { day } : {}), ...scope };
}

/** The query of an address, with the language and the hall that it has now. */
export function writeAsked(asked: Asked, search: string): string {
  const query = new URLSearchParams(search);
  const { period, day, from, to, at } = asked;
  const scope = SCOPES.map((one) => [one, asked[one]] as const);
  for (const [name, value] of [...Object.entries({ period, day, from, to, at }), ...scope])
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  return `?${query.toString()}`;
}

/** Where the rows of a figure are, of the days of `span` and of what the brief is narrowed to; `until` a minute, `HH:MM`. */
export function addressOfFigure(
  { span, station, only }: Pick<Brief, 'span' | 'station' | 'only'>,
  { term, part, until }: { readonly term: TermId; readonly part: RowPart; readonly until?: string | undefined },
  language: Language,
): string {
  const ids = Object.entries({ ...(station ? { station } : {}), ...only }).map(([name, { id }]) => [name, id]);
  const narrowed = { ...(Object.fromEntries(ids) as Record<string, string>), ...(until ? { until } : {}) };
  return addressOfRows({ term, part, span, only: narrowed }, language);
}

/** The report of the same days: of the whole hall or station, since none is made of a line, an item or a window. */
export function addressOfReport({ period, span, station }: Brief, language: Language): string {
  const query = new URLSearchParams({ kind: period, ...span, ...(station ? { station: station.id } : {}) });
  return withLanguage('/report', query, language);
}
