/** Opening hours as they are being filled in: those of working days, and those of Saturdays, which the calendar holds. Pure. */
import type { CalendarDocument } from '../../../domain/calendar/calendar-document.ts';

export type Span = [from: string, to: string];
const SATURDAY = 6;

/** Whether an entry is the one for all Saturdays of all stations. */
function isSaturdays({ weekdays, from, until, stations }: CalendarDocument['hours'][number]): boolean {
  return (
    weekdays?.length === 1 &&
    weekdays[0] === SATURDAY &&
    from === undefined &&
    until === undefined &&
    stations === undefined
  );
}

/** Those of Saturdays; empty where the hall is shut. */
export function readSaturday({ hours }: CalendarDocument): Span[] {
  return (hours.find(isSaturdays)?.hours ?? []).map(([from, to]) => [from, to]);
}

/** The calendar with these hours on Saturdays, in the place of those that it had. */
export function withSaturday(calendar: CalendarDocument, spans: readonly Span[]): CalendarDocument {
  const others = calendar.hours.filter((entry) => !isSaturdays(entry));
  const own = spans.length === 0 ? [] : [{ weekdays: [SATURDAY], hours: spans.map(([from, to]): Span => [from, to]) }];
  // Of several that fit a day the last counts: an exception stays one.
  return { ...calendar, hours: [...own, ...others] };
}

/** Whether every span is whole, and each begins after the one before it has ended. */
export function isInOrder(spans: readonly Span[]): boolean {
  return spans.every(([from, to], i) => from !== '' && from < to && (i === 0 || spans[i - 1]![1] <= from));
}

/** Whether books may close at this time of the night, `HH:MM`. */
export function isNight(time: string): boolean {
  return /^0[0-7]:[0-5]\d$/.test(time);
}
