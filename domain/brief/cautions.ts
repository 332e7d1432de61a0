/** What must be minded before figures are laid side by side: other hours, shares and medians of few, other rules, other names, a calendar that is not known. Pure. */
import { addDays } from '../calendar/zone.ts';
import type { Span } from '../measures/build.ts';
import { readFew } from '../measures/few.ts';
import type { TermId } from '../measures/terms.ts';
import { earliestOf, type ComparisonKind } from './periods.ts';
import { stationNames, type HallConfig, type Station } from '../profile/profile.ts';
import type { Brief, Caution } from '../wire/brief.ts';

export interface CautionInput extends Pick<Brief, 'span' | 'today' | 'measures' | 'comparisons' | 'sameMoment'> {
  readonly config: HallConfig;
  /** The measures that are told. */
  readonly terms: readonly TermId[];
  /** A station's id, where the figures are of one alone. */
  readonly station?: string | undefined;
  /** The first of these days whose published figures were counted by other rules than now. */
  readonly publishedOtherwise?: string | undefined;
}

export function listCautions(input: CautionInput): Caution[] {
  const { measures, comparisons, publishedOtherwise: day } = input;
  const all = [measures, ...comparisons.flatMap((one) => [one.measures, one.before])];
  const years = [...new Set(all.flatMap(({ unknownYears }) => unknownYears))].sort((a, b) => a - b);
  return [
    ...(years.length > 0 ? [{ type: 'unknown-years' as const, years }] : []),
    ...listOtherHours(input),
    ...listFew(input),
    ...listRenamed(input),
    ...(day === undefined ? [] : [{ type: 'other-rules' as const, day }]),
  ];
}

/** What the span is laid beside: other spans, and of a day that runs the same hours of an earlier one. */
function listEarlier({ comparisons, sameMoment }: CautionInput): { kind: ComparisonKind; then: Span }[] {
  const days = sameMoment ? [{ kind: 'weekday' as const, then: { from: sameMoment.day, to: sameMoment.day } }] : [];
  return [...comparisons, ...days];
}

/** Of a span and of each that it is compared with, where any of them has such days. */
function listOtherHours(input: CautionInput): Caution[] {
  const { config, span, today, station } = input;
  const count = (of: Span): number => countOtherHours(config, of, today, station);
  const days = count(span);
  const then = listEarlier(input).map(({ kind, then: of }) => ({ kind, days: count(of) }));
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

/** Shares and medians that are of few, in a span or in any of those that it is compared with. */
function listFew({ terms, measures, comparisons }: CautionInput): Caution[] {
  const figures = terms.flatMap((term) => {
    const n = readFew(measures, term);
    const then = comparisons.flatMap(({ kind, before }) => {
      const few = readFew(before, term);
      return few === undefined ? [] : [{ kind, n: few }];
    });
    return n === undefined && then.length === 0 ? [] : [{ term, ...(n === undefined ? {} : { n }), then }];
  });
  return figures.length === 0 ? [] : [{ type: 'few', figures }];
}

/** Stations that were called otherwise at some time between the earliest of the compared days and the last of the span. */
function listRenamed(input: CautionInput): Caution[] {
  const { config, span, today, station: only } = input;
  const first = earliestOf(span, listEarlier(input));
  const last = span.to < today ? span.to : today;
  const change = (station: Station): Caution[] =>
    station.names.flatMap(({ from, zh }) => {
      if (from === undefined || from <= first || from > last) return [];
      const before = stationNames(station, addDays(from, -1)).zh;
      return before === zh ? [] : [{ type: 'renamed', before, name: zh, day: from }];
    });
  return config.profile.stations.filter(({ id }) => only === undefined || id === only).flatMap(change);
}
