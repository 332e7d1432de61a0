/** How the demo writes an event: its source, and ids that the same seed gives again. */
import type { HallEvent } from '../../domain/events/event.ts';
import type { EventData, EventType } from '../../domain/events/schema.ts';
import { dayNumber } from '../../domain/calendar/zone.ts';

const DEMO_SOURCE = 'urn:demo:meilin';

export function demoEvent<T extends EventType>(
  type: T,
  id: string,
  at: number,
  subject: string,
  data: EventData[T],
): HallEvent {
  return { source: DEMO_SOURCE, id, type, at, subject, data } as HallEvent;
}

/** Numbers the things that come to be on one day: `c-2019-329017` is the 18th case of the year's day 329. */
export function createNumbering(day: string): (prefix: string) => string {
  const year = day.slice(0, 4);
  const dayOfYear = String(dayNumber(day) - dayNumber(`${year}-01-01`) + 1).padStart(3, '0');
  const next = new Map<string, number>();
  return (prefix) => {
    const number = next.get(prefix) ?? 0;
    next.set(prefix, number + 1);
    return `${prefix}-${year}-${dayOfYear}${String(number).padStart(3, '0')}`;
  };
}
