/** What must be minded before figures are laid side by side: other hours, few ratings, other rules, other names, a calendar that is not known. Pure. */
import { addDays } from '../calendar/zone.ts';
import type { Span } from '../measures/build.ts';
import { earliestOf } from './periods.ts';
import { stationNames, type HallConfig, type Station } from '../profile/profile.ts';
import type { Brief, Caution } from '../wire/brief.ts';

/** Fewer ratings than these say little. */
const FEW_RATINGS = 20;

export interface CautionInput extends Pick<Brief, 'span' | 'today' | 'measures' | 'comparisons'> {
  readonly config: HallConfig;
  /** A station's id, where the figures are of one alone. */
  readonly station?: string | undefined;
  /** The first of these days whose published figures were counted by other rules than now. */
  readonly publishedOtherwise?: string | undefined;
}

export function listCautions(input: CautionInput): Caution[] {
  const { measures, comparisons, publishedOtherwise: day } = input;
  const all = [measures, ...comparisons.flatMap((one) => [one.measures, one.before])];
  const years = [...new Set(all.flatMap(({ unknownYears }) => unknownYears))].sort((a, b) => a - b);
  const { of } = measures.activelySatisfied;
  return [
    ...(years.length > 0 ? [{ type: 'unknown-years' as const, years }] : []),
    ...listOtherHours(input),
    ...(of > 0 && of < FEW_RATINGS ? [{ type: 'few-ratings' as const, n: of }] : []),
    ...listRenamed(input),
    ...(day === undefined ? [] : [{ type: 'other-rules' as const, day }]),
  ];
}

/** Of a span and of each that it is compared with, where any of them has such days. */
function listOtherHours({ config, span, today, station, comparisons }: CautionInput): Caution[] {
  const count = (of: Span): number => countOtherHours(config, of, today, station);
  const days = count(span);
  const then = comparisons.map(({ kind, then: of }) => ({ kind, days: count(of) }));
  return days > 0 || then.some((one) => one.days > 0) ? [{ type: 'other-hours', days, then }] : [];
}

/** Days up to now that were open at other hours than a working day of the profile, or closed for a part of it. */
function countOtherHours(config: HallConfig, span: Span, today: string, station: string | undefined): number {
  const { hours: usual } = config.profile;
  const written = JSON.stringify(usual);
  const last = span.to < today ? span.to : today;
  let count = 0;
  for (let day = span.from; day <= last; day = addDays(day, 1)) {
    const hours = config.calendar.hoursOf(day, station);
    // Most days have the profile's own hours, and need no comparing.
    if (hours !== usual && hours.length > 0 && JSON.stringify(hours) !== written) count++;
  }
  return count;
}

/** Stations that were called otherwise at some time between the earliest of the compared days and the last of the span. */
function listRenamed({ config, span, today, station: only, comparisons }: CautionInput): Caution[] {
  const first = earliestOf(span, comparisons);
  const last = span.to < today ? span.to : today;
  const change = (station: Station): Caution[] =>
    station.names.flatMap(({ from, zh }) => {
      if (from === undefined || from <= first || from > last) return [];
      const before = stationNames(station, addDays(from, -1)).zh;
      return before === zh ? [] : [{ type: 'renamed', before, name: zh, day: from }];
    });
  return config.profile.stations.filter(({ id }) => only === undefined || id === only).flatMap(change);
}
