/** From sums to a breakdown: what stands in it, in which order, and what is missing from it. */
import { addDays, weekdayOf } from '../calendar/zone.ts';
import { POOR_SCORES, SCORES } from '../events/kinds.ts';
import { compareText } from '../events/event.ts';
import { isInForceWithin } from '../profile/in-force.ts';
import { lineOf, type HallConfig } from '../profile/profile.ts';
import {
  HALF_HOURS,
  RANKED,
  type Breakdown,
  type CaseFigures,
  type ItemFigures,
  type LineFigures,
  type RankedMeasures,
  type Rhythm,
  type StationFigures,
  type WindowFigures,
} from './breakdown.ts';
import {
  addBreakdownSums,
  addCaseSums,
  emptyBreakdownSums,
  noCaseSums,
  noWindowSums,
  type BreakdownSums,
  type CaseSums,
  type WindowSums,
} from './breakdown-sums.ts';
import { toSpreadDays, type MeasureQuery } from './build.ts';
import type { Measures } from './measures.ts';
import { entryAt, type ByStation } from './months.ts';
import { toDaysRatio } from './time-limits.ts';

export interface BreakdownInput extends MeasureQuery {
  readonly config: HallConfig;
  /** The hall's day now. */
  readonly today: string;
  readonly sums: ByStation<BreakdownSums>;
  readonly measures: ReadonlyMap<string, Measures>;
  readonly seq: number;
}

export function buildBreakdown(input: BreakdownInput): Breakdown {
  const { from, to, station, seq, config } = input;
  const total = emptyBreakdownSums();
  for (const sums of input.sums.values()) addBreakdownSums(total, sums);
  const items = listItems(config, total);
  const windows = listWindows(input);
  return {
    from,
    to,
    ...(station === undefined ? {} : { station }),
    items,
    lines: listLines(config, total),
    windows,
    stations: listStations(input),
    idleItems: listIdleItems(input, items),
    idleWindows: listIdleWindows(input, windows),
    windowUnnamed: total.atWindows - windows.reduce((sum, { accepted }) => sum + accepted, 0),
    rhythm: toRhythm(input, total),
    seq,
  };
}

function listItems(config: HallConfig, { cases, flags }: BreakdownSums): ItemFigures[] {
  const items = [...cases].map(([item, lines]): ItemFigures => {
    const sums = noCaseSums();
    for (const one of lines.values()) addCaseSums(sums, one);
    const { deferred, instant } = flags.get(item) ?? { deferred: 0, instant: 0 };
    return {
      item,
      isKnown: config.items.has(item),
      ...toCaseFigures(sums),
      deferredCases: deferred,
      instantApprovals: instant,
    };
  });
  return items.sort((a, b) => b.accepted - a.accepted || compareText(a.item, b.item));
}

function listLines(config: HallConfig, { cases }: BreakdownSums): LineFigures[] {
  const lines = new Map<string, CaseSums>();
  for (const [item, named] of cases)
    for (const [line, sums] of named) addCaseSums(entryAt(lines, lineOf(config, line, item) ?? '', noCaseSums), sums);
  return [...lines]
    .map(([line, sums]): LineFigures => ({ line, ...toCaseFigures(sums) }))
    .sort((a, b) => b.accepted - a.accepted || compareText(a.line, b.line));
}

function toCaseFigures({ accepted, finished, turnaround, promiseCut, speedUp }: CaseSums): CaseFigures {
  return {
    accepted,
    finished,
    turnaround: toSpreadDays(turnaround),
    promiseCut: toDaysRatio(promiseCut),
    speedUp: toDaysRatio(speedUp),
    timed: speedUp.cases,
  };
}

/** Those of the profile that are in force on some day of the span, in its order, then whatever else was named. */
function listWindows(input: BreakdownInput): WindowFigures[] {
  const { config, sums, station: asked } = input;
  const left = new Map([...sums].map(([station, { windows }]) => [station, new Map(windows)]));
  const isKnown = (station: string, window: string): boolean =>
    config.profile.windows.some(({ id, station: at }) => id === window && at === station);
  const listed = config.profile.windows
    .filter((window) => isInForceWithin(window, input) && (asked === undefined || window.station === asked))
    .map(({ id, station }) => {
      const found = left.get(station)?.get(id);
      left.get(station)?.delete(id);
      return toWindowFigures({ station, window: id, isKnown: true }, found ?? noWindowSums());
    });
  const others = [...left].flatMap(([station, windows]) =>
    [...windows].map(([window, one]) => toWindowFigures({ station, window, isKnown: isKnown(station, window) }, one)),
  );
  return [
    ...listed,
    ...others
      .filter(({ accepted, served, scores }) => accepted > 0 || served > 0 || SCORES.some((score) => scores[score] > 0))
      .sort((a, b) => compareText(a.station, b.station) || compareText(a.window, b.window)),
  ];
}

function toWindowFigures(
  named: Pick<WindowFigures, 'station' | 'window' | 'isKnown'>,
  { accepted, served, handlingMs, scores, activeScores }: WindowSums,
): WindowFigures {
  const of = SCORES.reduce((sum, score) => sum + activeScores[score], 0);
  const poor = POOR_SCORES.reduce((sum, score) => sum + activeScores[score], 0);
  return {
    ...named,
    accepted,
    served,
    handlingMs,
    scores: { ...scores },
    activeScores: { ...activeScores },
    activelySatisfied: { n: of - poor, of },
  };
}

function listStations({ config, measures }: BreakdownInput): StationFigures[] {
  const order = new Map(config.profile.stations.map(({ id }, i) => [id, i]));
  const placeOf = (station: string): number => order.get(station) ?? order.size;
  return [...measures]
    .map(([station, all]): StationFigures => ({ station, isKnown: order.has(station), measures: pickRanked(all) }))
    .sort((a, b) => placeOf(a.station) - placeOf(b.station) || compareText(a.station, b.station));
}

function pickRanked(measures: Measures): RankedMeasures {
  return Object.fromEntries(RANKED.map((name) => [name, measures[name]])) as unknown as RankedMeasures;
}

function listIdleItems({ config, from, to }: BreakdownInput, items: readonly ItemFigures[]): string[] {
  const busy = new Set(items.filter(({ accepted }) => accepted > 0).map(({ item }) => item));
  return config.catalogue.items
    .filter((item) => isInForceWithin(item, { from, to }) && !busy.has(item.code))
    .map(({ code }) => code);
}

function listIdleWindows(input: BreakdownInput, windows: readonly WindowFigures[]): Breakdown['idleWindows'] {
  const inForce = new Set(
    input.config.profile.windows.filter((window) => isInForceWithin(window, input)).map(({ id }) => id),
  );
  return windows
    .filter(({ window, isKnown, accepted }) => isKnown && accepted === 0 && inForce.has(window))
    .map(({ station, window, served }) => ({ station, window, served }));
}

function toRhythm({ config, from, to, today, station }: BreakdownInput, sums: BreakdownSums): Rhythm {
  const workingDays = new Array<number>(7).fill(0);
  const last = to < today ? to : today;
  for (let day = from; day <= last; day = addDays(day, 1)) {
    if (config.calendar.isWorkingDay(day, station)) workingDays[weekdayOf(day) - 1]! += 1;
    if (day === last) break;
  }
  return { workingDays, accepted: toWeek(sums.accepted), windowCases: toWeek(sums.windowCases) };
}

function toWeek(slots: Int32Array): number[][] {
  return Array.from({ length: 7 }, (_, day) => [...slots.subarray(day * HALF_HOURS, (day + 1) * HALF_HOURS)]);
}
