/** Days and spans in the queries of figures. */
import * as v from 'valibot';
import { dayNumber } from '../../domain/calendar/zone.ts';

/** A hundred years: whoever asks for more would have every day of them looked at. */
const MOST_DAYS_ON = 36_600;

/** A day that the calendar has, `YYYY-MM-DD`. */
export const daySchema = v.pipe(
  v.string(),
  v.isoDate(),
  v.check((value) => isRealDay(value), 'not a day of the calendar'),
);

/** Whether two days are a span that can be asked for. */
export function isSpan(from: string, to: string): boolean {
  return from <= to && dayNumber(to) - dayNumber(from) <= MOST_DAYS_ON;
}

function isRealDay(value: string): boolean {
  const at = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}
