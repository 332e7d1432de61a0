/** The hall's working time as the demo needs it: days that count, and minutes of a day as moments. */
import type { Calendar } from '../../domain/calendar/calendar.ts';
import { addDays, createZone, dayOf, momentOf, type Zone } from '../../domain/calendar/zone.ts';
import type { Profile } from '../../domain/profile/profile.ts';

export interface WorkTime {
  readonly zone: Zone;
  /** Opening hours as pairs of minutes past midnight. */
  readonly sessions: readonly (readonly [number, number])[];
  readonly opensMinute: number;
  readonly closesMinute: number;
  isWorking(day: string): boolean;
  /** `day` moved by `count` working days, forward or back; `day` itself for 0. */
  shift(day: string, count: number): string;
  /** The moment at which the clock of `day` shows `minute` past midnight (fractions allowed), to the second. */
  at(day: string, minute: number): number;
  dayOf(at: number): string;
}

export function createWorkTime(profile: Profile, calendar: Calendar): WorkTime {
  const zone = createZone(profile.timeZone);
  const sessions = profile.hours.map(([from, to]) => [toMinute(from), toMinute(to)] as const);
  const starts = new Map<string, number>();
  const shifted = new Map<string, string>();
  const startOf = (day: string): number => {
    let start = starts.get(day);
    if (start === undefined) starts.set(day, (start = momentOf(zone, day)));
    return start;
  };
  const isWorking = (day: string): boolean => calendar.isWorkingDay(day);
  return {
    zone,
    sessions,
    opensMinute: sessions[0]![0],
    closesMinute: sessions[sessions.length - 1]![1],
    isWorking,
    shift(from, count) {
      const key = `${from}${count}`;
      const cached = shifted.get(key);
      if (cached !== undefined) return cached;
      let day = from;
      const step = Math.sign(count);
      let left = Math.abs(count);
      // Two months bound the walk, whatever the calendar says.
      for (let tries = 0; left > 0 && tries < 62; tries++) {
        day = addDays(day, step);
        if (isWorking(day)) left--;
      }
      shifted.set(key, day);
      return day;
    },
    at: (day, minute) => startOf(day) + Math.floor(minute * 60) * 1_000,
    dayOf: (at) => dayOf(zone, at),
  };
}

/** `HH:MM` → minutes past midnight. */
export function toMinute(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}
