/** Days and moments as these pages write them, always with their year: a row may be of any. */
import { dayOf, type Zone } from '../../../domain/calendar/zone.ts';
import { formatClock } from '../../../domain/calendar/written.ts';
import type { RowsWords } from '../../words/rows.ts';

export function tellDay(day: string, words: RowsWords): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return words.day(year, month, date);
}

/** `at`: epoch ms. */
export function tellMoment(zone: Zone, at: number, words: RowsWords): string {
  return words.clock(tellDay(dayOf(zone, at), words), formatClock(zone, at));
}
