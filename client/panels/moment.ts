/** The moment at which a scene is read: the hall's clock, its day, and where in the day it stands. */
import { readPhase, type Phase } from '../../domain/board/now.ts';
import type { DayHead, SceneHead } from '../../domain/board/topics/data.ts';
import { addDays, dayOf, minuteOf, weekdayOf, type Zone } from '../../domain/calendar/zone.ts';
import { formatClock } from '../../domain/calendar/written.ts';
import type { Words } from '../words/wall.ts';

export interface Moment {
  /** Epoch ms by the hall's clock. */
  now: number;
  zone: Zone;
  phase: Phase;
  /** Minute of the board's day; 1440 once that day is over. */
  minute: number;
}

export function readMoment(day: DayHead, zone: Zone, now: number): Moment {
  const phase = readPhase(day, zone, now);
  const minute = now < day.startsAt ? 0 : phase === 'past' ? 1440 : minuteOf(zone, now);
  return { now, zone, phase, minute };
}

/** Shown durations are whole minutes: none is later than this by reading a moment again. */
const KEPT_MS = 10_000;

/** The earlier of two moments of the same data while a picture read at either says the same, so that it is not read anew. */
export function keepMoment(earlier: Moment | undefined, later: Moment): Moment {
  if (!earlier) return later;
  const isSame = earlier.zone === later.zone && earlier.phase === later.phase && earlier.minute === later.minute;
  const passedMs = later.now - earlier.now;
  return isSame && passedMs >= 0 && passedMs < KEPT_MS ? earlier : later;
}

/**
 * Whether the board's day has had its last hour. Its books are closed only when the next day opens, so that of a whole
 * evening the hours alone say it.
 */
export function isOver({ phase }: Pick<Moment, 'phase'>): boolean {
  return phase === 'after' || phase === 'closed' || phase === 'past';
}

/** Before anybody was heard from, and outside opening hours, silence is no news. */
export function isListening({ proof }: Pick<SceneHead, 'proof'>, { phase }: Pick<Moment, 'phase'>): boolean {
  return phase === 'open' && Object.keys(proof.heardAt).length > 0;
}

/** 上周一 where `earlier` lies exactly a week before `day`, else nothing. */
export function isWeekBefore(earlier: string, day: string): boolean {
  return addDays(earlier, 7) === day;
}

/** 周一 for a day. */
export function weekdayName(day: string, words: Words): string {
  return words.weekday(weekdayOf(day));
}

/** 21:40, with its date before it where that is not the day of `now`: an outage may have lasted over midnight. */
export function writeClock(
  at: number,
  { zone, now }: Pick<Moment, 'zone' | 'now'>,
  words: Pick<Words, 'date'>,
): string {
  const day = dayOf(zone, at);
  const clock = formatClock(zone, at);
  const today = dayOf(zone, now);
  return day === today ? clock : `${words.date(day, today)} ${clock}`;
}

/** 今日 14:20, or the date with its weekday. */
export function writeWhen(at: number, { zone, now }: Moment, words: Words): string {
  const day = dayOf(zone, at);
  const clock = formatClock(zone, at);
  const today = dayOf(zone, now);
  if (day === today) return words.when.today(clock);
  return words.when.onDay(words.date(day, today), weekdayName(day, words), clock);
}
