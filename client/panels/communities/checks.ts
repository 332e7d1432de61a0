/** The daily checks of one station as marks, and what of them is wrong. */
import type { CommunitiesData, StationRow } from '../../../domain/board/topics/data-communities.ts';
import { own } from '../../../domain/wire/own.ts';
import type { Words } from '../../words/wall.ts';
import { isOver, type Moment } from '../moment.ts';

/** `pending`: still to be done today. `none`: nothing was owed that day. */
export type Mark = 'ok' | 'issue' | 'missing' | 'pending' | 'none';

/** The marks of a station's area, one for each of `checkDays`. */
export function readMarks(data: CommunitiesData, station: StationRow, area: string, moment: Moment): Mark[] {
  return data.checkDays.map((day) => {
    const results = own(station.checks, day);
    if (!results) return 'none';
    return own(results, area) ?? (isOver(moment) ? 'missing' : 'pending');
  });
}

/** Days whose checks can be judged: today's only once it is over. */
export function judgedDay(data: CommunitiesData, moment: Moment): string | undefined {
  const last = data.checkDays.at(-1);
  return last === data.day.day && !isOver(moment) ? data.checkDays.at(-2) : last;
}

export function nameArea(area: string, { areaNames }: Pick<CommunitiesData, 'areaNames'>, words: Words): string {
  const names: Record<string, string> = words.communities.areas;
  const named = own(areaNames, area);
  return named ? words.pick(named.zh, named.en) : (own(names, area) ?? area);
}

/** Where it stands for a figure under 每日核查, which need not be said again: 办件 for 办件核查. */
export function nameAreaShort(area: string, data: Pick<CommunitiesData, 'areaNames'>, words: Words): string {
  const names: Record<string, string> = words.communities.areasShort;
  return own(data.areaNames, area) ? nameArea(area, data, words) : (own(names, area) ?? area);
}

/** A day of the checks as it is called at the moment: today, or its date; of the same month its day alone. */
export function nameDay(day: string, data: Pick<CommunitiesData, 'day'>, { phase }: Moment, words: Words): string {
  if (day === data.day.day && phase !== 'past') return words.communities.today;
  return day.slice(0, 7) === data.day.day.slice(0, 7)
    ? words.communities.dayOfMonth(day)
    : words.date(day, data.day.day);
}
