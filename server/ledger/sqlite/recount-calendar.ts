/** The recount's own reading of the hall's calendar (spec K1, M7), past the one that the board asks. */
import { officialCalendar } from '../../../domain/calendar/official.ts';
import { addDays, dayOf, momentOf, weekdayOf, type Zone } from '../../../domain/calendar/zone.ts';
import type { HallConfig } from '../../../domain/profile/profile.ts';

export interface RecountCalendar {
  isWorking(day: string, station: string): boolean;
  /** Milliseconds of a span of moments that lie on working days of a station, walked day by day. */
  workingMs(from: number, to: number, station: string): number;
  unknownYears(from: string, to: string): number[];
}

export function readRecountCalendar({ calendarDocument }: Pick<HallConfig, 'calendarDocument'>, zone: Zone) {
  const { years, daysOff, workingDays } = calendarDocument;
  const answers = new Map<string, Map<string, boolean>>();
  const judge = (day: string, station: string): boolean => {
    const isMeant = ({ stations }: { stations?: string[] | undefined }) => stations?.includes(station) ?? true;
    if (workingDays.filter(isMeant).some(({ on }) => on === day)) return true;
    if (daysOff.filter(isMeant).some(({ from, until }) => day >= from && day <= (until ?? from))) return false;
    return (officialCalendar.read(day) ?? (weekdayOf(day) < 6 ? 'working' : 'off')) === 'working';
  };
  const calendar: RecountCalendar = {
    isWorking(day, station) {
      let days = answers.get(station);
      if (!days) answers.set(station, (days = new Map()));
      let answer = days.get(day);
      if (answer === undefined) days.set(day, (answer = judge(day, station)));
      return answer;
    },
    workingMs(from, to, station) {
      let total = 0;
      for (let day = dayOf(zone, from), start = from; start < to;) {
        const next = addDays(day, 1);
        const end = next === day ? to : Math.min(momentOf(zone, next), to);
        if (calendar.isWorking(day, station)) total += end - start;
        start = end;
        day = next;
      }
      return total;
    },
    unknownYears(from, to) {
      const asked = new Set<number>();
      for (let year = yearOf(from); year <= yearOf(to); year++) asked.add(year);
      for (const year of years) asked.delete(year);
      return [...asked].filter((year) => officialCalendar.read(`${String(year).padStart(4, '0')}-07-01`) === undefined);
    },
  };
  return calendar;
}

function yearOf(day: string): number {
  return Number(day.slice(0, 4));
}
