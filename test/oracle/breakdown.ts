/** What a span is made of, counted by plain loops over all events: items, lines, windows and hours, past the cells of the fold. */
import type { Breakdown, WindowFigures } from '../../domain/measures/breakdown.ts';
import { rank, works } from './arithmetic.ts';
import { dayOf, daysOf, minuteOf, weekdayOf } from './days.ts';
import {
  entryOn,
  lacksPapers,
  measureTurnaround,
  msOfDays,
  ofType,
  readCases,
  readLedger,
  readLiving,
  savedDays,
  type Arrival,
  type CaseFacts,
} from './facts.ts';
import type { Question } from './oracle.ts';
import { compareCodePoints } from './order.ts';
import { readTickets } from './tickets.ts';

const DAY_MS = 86_400_000;

/** Everything but the stations, whose measures the other oracle counts. */
export function oracleBreakdown(arrivals: readonly Arrival[], question: Question): Omit<Breakdown, 'stations'> {
  const { config, zone, from, to, now, station } = question;
  const day = (at: number): string => dayOf(zone, at);
  const counts = (at: number, place: string): boolean =>
    day(at) >= from && day(at) <= to && (station === undefined || place === station);
  const living = readLiving(readLedger(arrivals));
  const cases = readCases(living);
  const tickets = readTickets(living);
  const accepted = cases.filter((one) => counts(one.accepted.at, one.accepted.data.station));
  const finished = cases.filter((one) => one.finished && counts(one.finished.at, one.accepted.data.station));
  const itemOf = (code: string) => config.catalogue.items.find((item) => item.code === code);
  const lineOf = ({ accepted: { data } }: CaseFacts) => data.line || itemOf(data.item)?.line || '';

  const distinct = (keyOf: (facts: CaseFacts) => string): string[] =>
    [...new Set([...accepted, ...finished].map(keyOf))].sort(compareCodePoints);
  const entryOf = ({ accepted: { at, data } }: CaseFacts) => entryOn(config.catalogue.items, data.item, day(at));
  const figuresOf = (isMeant: (facts: CaseFacts) => boolean) => {
    const turnarounds = finished.filter(isMeant).flatMap((facts) => {
      const ms = measureTurnaround(facts, config, zone);
      return ms === null ? [] : [{ ms, item: entryOf(facts) }];
    });
    const median = rank(
      turnarounds.map(({ ms }) => ms),
      50,
    );
    const begun = accepted.filter(isMeant);
    return {
      accepted: begun.length,
      finished: finished.filter(isMeant).length,
      turnaround: {
        medianDays: median === null ? null : Math.round((median / DAY_MS) * 100) / 100,
        n: turnarounds.length,
      },
      promiseCut: savedDays(
        begun.map((facts) => {
          const item = entryOf(facts);
          return { item, ms: msOfDays(item?.promisedDays) };
        }),
      ),
      speedUp: savedDays(turnarounds),
      timed: turnarounds.filter(({ item }) => (item?.statutoryDays ?? 0) > 0).length,
    };
  };
  const items = distinct(({ accepted: { data } }) => data.item).map((item) => {
    const isMeant = ({ accepted: { data } }: CaseFacts) => data.item === item;
    const begun = accepted.filter(isMeant).map((facts) => facts.accepted.data);
    return {
      item,
      isKnown: itemOf(item) !== undefined,
      ...figuresOf(isMeant),
      deferredCases: begun.filter(lacksPapers).length,
      instantApprovals: begun.filter(({ instantApproval }) => instantApproval === true).length,
    };
  });
  const lines = distinct(lineOf).map((line) => ({ line, ...figuresOf((facts) => lineOf(facts) === line) }));

  const overlaps = (record: { from?: string | undefined; until?: string | undefined }): boolean =>
    daysOf(from, to).some(
      (date) =>
        (record.from === undefined || record.from <= date) && (record.until === undefined || date <= record.until),
    );
  const atWindows = accepted.filter((one) => one.accepted.data.channel === 'window');
  const served = tickets.filter(({ servedAt, place }) => servedAt !== undefined && counts(servedAt, place));
  const ratings = ofType(living, 'hall.rating.given').filter(
    ({ at, data }) => data.round !== 2 && counts(at, data.station),
  );
  const windowFigures = (place: string, window: string): WindowFigures => {
    const rated = ratings.filter(({ data }) => data.station === place && data.window === window);
    const given = rated.filter(({ data }) => data.byDefault !== true);
    const byScore = (which: typeof rated) => {
      const of = (score: number): number => which.filter(({ data }) => data.score === score).length;
      return { 1: of(1), 2: of(2), 3: of(3), 4: of(4), 5: of(5) };
    };
    const here = served.filter((ticket) => ticket.place === place && ticket.servedBy === window);
    return {
      station: place,
      window,
      isKnown: config.profile.windows.some((one) => one.id === window && one.station === place),
      accepted: atWindows.filter(({ accepted: { data } }) => data.station === place && data.window === window).length,
      served: here.length,
      handlingMs: here.reduce((sum, { serviceMs }) => sum + (serviceMs ?? 0), 0),
      scores: byScore(rated),
      activeScores: byScore(given),
      activelySatisfied: { n: given.filter(({ data }) => data.score >= 3).length, of: given.length },
    };
  };
  const inForce = config.profile.windows.filter(
    (window) => overlaps(window) && (station === undefined || window.station === station),
  );
  const named = [
    ...atWindows.map(({ accepted: { data } }) => [data.station, data.window] as const),
    ...served.map(({ place, servedBy }) => [place, servedBy] as const),
    ...ratings.map(({ data }) => [data.station, data.window] as const),
  ].filter((pair): pair is readonly [string, string] => Boolean(pair[1]));
  const others = [...new Set(named.map((pair) => JSON.stringify(pair)))]
    .map((text) => JSON.parse(text) as [string, string])
    .filter(([place, window]) => !inForce.some((one) => one.id === window && one.station === place))
    .sort(([a, x], [b, y]) => compareCodePoints(a, b) || compareCodePoints(x, y));
  const windows = [...inForce.map(({ id, station: place }) => [place, id] as const), ...others].map(([place, window]) =>
    windowFigures(place, window),
  );

  const begun = daysOf(from, to).filter((date) => date <= day(now));
  const week = (which: readonly CaseFacts[]): number[][] => {
    const hours = Array.from({ length: 7 }, () => new Array<number>(48).fill(0));
    for (const { accepted: one } of which)
      hours[weekdayOf(day(one.at)) - 1]![Math.floor(minuteOf(zone, one.at) / 30)]! += 1;
    return hours;
  };
  return {
    from,
    to,
    ...(station === undefined ? {} : { station }),
    items: items.sort((a, b) => b.accepted - a.accepted),
    lines: lines.sort((a, b) => b.accepted - a.accepted),
    windows,
    idleItems: config.catalogue.items
      .filter((item) => overlaps(item) && !accepted.some((one) => one.accepted.data.item === item.code))
      .map(({ code }) => code),
    idleWindows: inForce
      .map(({ id, station: place }) => windowFigures(place, id))
      .filter((figures) => figures.accepted === 0)
      .map(({ station: place, window, served: n }) => ({ station: place, window, served: n })),
    windowUnnamed: atWindows.filter(({ accepted: { data } }) => !data.window).length,
    rhythm: {
      workingDays: [1, 2, 3, 4, 5, 6, 7].map(
        (weekday) =>
          begun.filter((date) => weekdayOf(date) === weekday && works(config.calendarDocument, date, station ?? ''))
            .length,
      ),
      accepted: week(accepted),
      windowCases: week(
        accepted.filter(({ accepted: { data } }) => data.channel === 'window' || data.channel === 'home-visit'),
      ),
    },
    seq: readLedger(arrivals).length,
  };
}
