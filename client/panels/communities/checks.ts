/** The daily checks of one station as marks, and what of them is wrong. */
import type { CommunitiesData, StationRow } from '../../../domain/board/topics/data-communities.ts';
import { own } from '../../../domain/wire/own.ts';
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
