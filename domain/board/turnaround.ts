/** How long a case took in working time, from the moments in its cell's name and the calendar of the day on which it is shown. */
import type { Calendar } from '../calendar/calendar.ts';
import { workingMs } from '../calendar/working-time.ts';
import { MINUTE_MS, type Zone } from '../calendar/zone.ts';
import { cellName, readNameOf, type NameOf } from './cells.ts';

export type Turnaround = NameOf<'turnaround'>;

/**
 * Spec M7, of a cell's moments (epoch ms; pauses as `from:until` with blanks between): what of the time between lies on
 * working days of the station, pauses taken out, in milliseconds.
 */
export function turnaroundMs(cell: Turnaround, calendar: Calendar, zone: Zone, station: string): number {
  const { pauses } = cell;
  const from = Number(cell.acceptedAt);
  const until = Number(cell.finishedAt);
  let total = workingMs(calendar, zone, from, until, station);
  for (const pause of pauses === '' ? [] : pauses.split(' ')) {
    const [start, end] = pause.split(':').map(Number) as [number, number];
    total -= workingMs(calendar, zone, Math.max(start, from), Math.min(end, until), station);
  }
  return total;
}

/** From a case's precise `turnaround` to a `pace` that many share, so that months of them fit in memory. */
export function toPaceName(name: string, calendar: Calendar, zone: Zone, station: string): string {
  const cell = readNameOf('turnaround', name);
  return cellName('pace', toPaceMinutes(turnaroundMs(cell, calendar, zone, station)), cell.item, cell.line);
}

/**
 * Milliseconds → minutes, to two significant digits: 2,873 min is 2,900. Some 90 values a decade are then all there can
 * be. Rounding keeps their order: a percentile by nearest rank over these is the percentile over the raw values, rounded.
 */
function toPaceMinutes(ms: number): number {
  const minutes = Math.round(ms / MINUTE_MS);
  const unit = 10 ** Math.max(0, String(minutes).length - 2);
  return Math.round(minutes / unit) * unit;
}
