// A hall's clock at several paces: slow through the hours that matter, fast through nights and days off.
import { officialCalendar } from '../../domain/calendar/official.ts';
import { addDays, dayOf, minuteOf, momentOf, type Zone } from '../../domain/calendar/zone.ts';
import type { Clock } from '../../server/clock.ts';

export interface Pace {
  /** Hall milliseconds per real one, by day on a working day, and otherwise. */
  readonly busy: number;
  readonly quiet: number;
}

export interface PacedClockOptions {
  readonly zone: Zone;
  /** Epoch ms. */
  readonly startAt: number;
  readonly pace: Pace;
  /** Real milliseconds that never go back. */
  readonly realNow: () => number;
}

/** 08:30 to 18:30: when something happens. */
const BUSY = { from: 510, until: 1110 };

export function createPacedClock({ zone, startAt, pace, realNow }: PacedClockOptions): Clock {
  let at = startAt;
  let real = realNow();

  /** The pace at a moment, and the moment up to which it holds. */
  const legAt = (moment: number): { speed: number; until: number } => {
    const day = dayOf(zone, moment);
    const minute = minuteOf(zone, moment);
    if (officialCalendar.read(day) !== 'working' || minute >= BUSY.until)
      return { speed: pace.quiet, until: momentOf(zone, addDays(day, 1)) };
    if (minute < BUSY.from) return { speed: pace.quiet, until: momentOf(zone, day, BUSY.from) };
    return { speed: pace.busy, until: momentOf(zone, day, BUSY.until) };
  };
  const now = (): number => {
    let left = realNow() - real;
    real += left;
    for (;;) {
      const { speed, until } = legAt(at);
      const needed = (until - at) / speed;
      if (left < needed) {
        at += left * speed;
        return Math.floor(at);
      }
      left -= needed;
      at = until;
    }
  };
  return {
    now,
    untilMs(target) {
      now();
      let wait = 0;
      for (let moment = at; moment < target;) {
        const { speed, until } = legAt(moment);
        const end = Math.min(until, target);
        wait += (end - moment) / speed;
        moment = end;
      }
      return wait;
    },
  };
}
