/** Whether the hall works at this moment, in words for somebody who stands in it. */
import { nextOpening, type Phase } from '../../../domain/board/now.ts';
import type { PublicData } from '../../../domain/board/topics/data-public.ts';
import { addDays, dayOf, weekdayOf, type Zone } from '../../../domain/calendar/zone.ts';
import { formatMinute } from '../../../domain/calendar/written.ts';
import type { PublicWords } from '../../words/zh/public.ts';
import { isOver, readMoment, type Moment } from '../moment.ts';

export interface Door {
  isOpen: boolean;
  /** Calls and queues of the board's day are those of now: false on another day and on a day off. */
  isToday: boolean;
  /** Absent while the hall is open. */
  title?: string;
  note?: string;
  /** The hours of this very day; absent where it is not known to be today, or has none. */
  hours?: string;
}

export function readDoor(
  { day, opensNext }: Pick<PublicData, 'day' | 'opensNext'>,
  { phase, minute }: Pick<Moment, 'phase' | 'minute'>,
  words: PublicWords,
): Door {
  const { door } = words;
  const next = opensNext && door.next(nameDay(opensNext.day, day.day, words), formatMinute(opensNext.minute));
  const isToday = phase !== 'past' && phase !== 'off';
  const spans = day.hours.map(([from, to]) => `${formatMinute(from)}–${formatMinute(to)}`);
  const hours = isToday && spans.length > 0 ? { hours: words.hours(spans) } : {};
  const opening = nextOpening(day, minute);
  const clock = opening === undefined ? '' : formatMinute(opening);
  const says: Record<Phase, { title?: string; note?: string }> = {
    open: {},
    past: { title: door.past, note: door.pastNote },
    off: { title: door.off, note: next ?? door.offNote },
    before: opening === undefined ? { title: door.off, note: next ?? door.offNote } : { title: door.before(clock) },
    break: { title: door.break, note: door.breakNote(clock) },
    after: { title: door.after, note: next ?? door.afterNote },
    closed: { title: door.after, note: next ?? door.afterNote },
  };
  return { isOpen: phase === 'open', isToday, ...says[phase], ...hours };
}

/** 明天, or the date with its weekday. */
function nameDay(next: string, today: string, words: PublicWords): string {
  if (next === addDays(today, 1)) return words.door.tomorrow;
  return words.dateWithWeekday(words.date(next, today), words.weekday(weekdayOf(next)));
}

/** Who is on duty at `now` (epoch ms): nobody on another day than that of the data, where the doors stay shut, or once they have shut. */
export function readDuty({ day, duty }: Pick<PublicData, 'day' | 'duty'>, zone: Zone, now: number): PublicData['duty'] {
  if (dayOf(zone, now) !== day.day) return undefined;
  const moment = readMoment(day, zone, now);
  return moment.phase === 'off' || isOver(moment) ? undefined : duty;
}
