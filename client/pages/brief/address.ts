/** What a brief's address asks for: `?period=month&day=2019-11-25&station=hall`. */
import { PERIODS, type Period } from '../../../domain/brief/periods.ts';

export interface Asked {
  readonly period: Period;
  /** Absent: today. */
  readonly day?: string;
  /** Absent: all stations. */
  readonly station?: string;
}

export function readAsked(search: string): Asked {
  const query = new URLSearchParams(search);
  const period = PERIODS.find((one) => one === query.get('period')) ?? 'day';
  const [day, station] = [query.get('day'), query.get('station')];
  return { period, ...(day ? { day } : {}), ...(station ? { station } : {}) };
}

/** The query of an address, with the language and the hall that it has now. */
export function writeAsked({ period, day, station }: Asked, search: string): string {
  const query = new URLSearchParams(search);
  for (const [name, value] of Object.entries({ period, day, station }))
    if (value === undefined) query.delete(name);
    else query.set(name, value);
  return `?${query.toString()}`;
}
