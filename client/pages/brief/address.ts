/** What a brief's address asks for: `?period=month&day=2019-11-25&station=hall`. */
import { PERIODS, type Period } from '../../../domain/brief/periods.ts';
import type { TermId } from '../../../domain/measures/terms.ts';
import type { RowPart } from '../../../domain/rows/query.ts';
import type { Brief } from '../../../domain/wire/brief.ts';
import { withHall } from '../../live/own-hall.ts';
import type { Language } from '../../words/language.ts';

export interface Asked {
  readonly period: Period;
  /** Absent: today. */
  readonly day?: string;
  /** Absent: all stations. */
  readonly station?: string;
  /** A past moment, as the address says it; absent: now. */
  readonly at?: string;
}

export function readAsked(search: string): Asked {
  const query = new URLSearchParams(search);
  const period = PERIODS.find((one) => one === query.get('period')) ?? 'day';
  const [day, station, at] = [query.get('day'), query.get('station'), query.get('at')];
  return { period, ...(day ? { day } : {}), ...(station ? { station } : {}), ...(at === null ? {} : { at }) };
}

/** The query of an address, with the language and the hall that it has now. */
export function writeAsked({ period, day, station, at }: Asked, search: string): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries({ period, day, station, at }))
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  return `?${query.toString()}`;
}

/** Where the rows of one of a brief's figures are. */
export function addressOfRows({ span, station }: Brief, term: TermId, part: RowPart, language: Language): string {
  const query = new URLSearchParams({ term, ...span, ...(station ? { station: station.id } : {}) });
  if (part === 'of') query.set('part', part);
  return withRows(query, language);
}

/** Where everything is that was ever said of one case, ticket or follow-up. */
export function addressOfRow(key: string, language: Language): string {
  return withRows(new URLSearchParams({ key }), language);
}

function withRows(query: URLSearchParams, language: Language): string {
  if (language === 'en') query.set('lang', 'en');
  return withHall(`/rows?${query.toString()}`);
}
