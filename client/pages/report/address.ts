/** What a report's address asks for: `?kind=month&day=2019-11-01&station=hall`, or any span by `from` and `to`. */
import { REPORT_KINDS, type ReportKind } from '../../../domain/report/kinds.ts';
import type { FigureLead } from '../../../domain/report/leads.ts';
import type { Report } from '../../../domain/wire/report.ts';
import { addressOfRows } from '../../live/rows-address.ts';

export interface Asked {
  readonly kind: ReportKind;
  /** A day of the period; absent: today. */
  readonly day?: string;
  /** Both or none: a span of its own. */
  readonly from?: string;
  readonly to?: string;
  /** Absent: all stations. */
  readonly station?: string;
}

const FIELDS = ['day', 'from', 'to', 'station'] as const;

export function readAsked(search: string): Asked {
  const query = new URLSearchParams(search);
  const kind = REPORT_KINDS.find((one) => one === query.get('kind')) ?? 'month';
  const given = FIELDS.flatMap((name) => {
    const value = query.get(name);
    return value ? [[name, value] as const] : [];
  });
  return { kind, ...Object.fromEntries(given) };
}

/** The query of an address, with the language and the hall that it has now. */
export function writeAsked(asked: Asked, search: string): string {
  const query = new URLSearchParams(search);
  query.set('kind', asked.kind);
  for (const name of FIELDS) {
    const value = asked[name];
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  }
  return `?${query.toString()}`;
}

/** Where the rows of one of the report's figures are: of its own span and station, unless the figure is of others. */
export function addressOfFigure({ span, station, language }: Report, figure: FigureLead): string {
  const { term, part, order, from = span.from, to = span.to, ...narrowed } = figure;
  const only = { ...(station ? { station: station.id } : {}), ...narrowed };
  const asked = { term, ...(part ? { part } : {}), ...(order ? { order } : {}) };
  return addressOfRows({ ...asked, span: { from, to }, only }, language);
}
