/** A day's figures as they are frozen, and what has become of them since: flat, by the names that the API gives measures. */
import type { Measures } from '../measures/measures.ts';

/** By name, such as `accepted` or `onTime.n`; what is 0 or blank is not named. */
export type Figures = Readonly<Record<string, number>>;

/** The whole hall's figures, and those of each station that has any. */
export interface DayFigures {
  readonly figures: Figures;
  readonly stations: Readonly<Record<string, Figures>>;
}

/** A figure that is another now than when its day was frozen; 0 where it was, or is, not there. */
export interface FigureChange {
  /** Absent: the whole hall's. */
  readonly station?: string;
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

/** What depends on more than the day, or is no figure of it. */
const LEFT_OUT = new Set(['seq', 'unknownYears', 'uncounted']);
/** Counts what changed a figure; it is none that could have been published. */
const CORRECTED = 'corrected';

/** @param measures of one day, of the whole hall or a station */
export function figuresOf(measures: Measures): Figures {
  const figures: Record<string, number> = {};
  for (const [name, value] of Object.entries(measures)) if (!LEFT_OUT.has(name)) flatten(figures, name, value);
  return figures;
}

function flatten(figures: Record<string, number>, name: string, value: unknown): void {
  if (typeof value === 'number') {
    if (value !== 0) figures[name] = value;
  } else if (typeof value === 'object' && value !== null && !Array.isArray(value))
    for (const [part, inner] of Object.entries(value)) flatten(figures, `${name}.${part}`, inner);
}

/** The figures of a day from its measures: first those of the whole hall, then those of the stations in their order. */
export function dayFigures(stations: readonly string[], [whole, ...others]: readonly Measures[]): DayFigures {
  const own = stations.map((station, i) => [station, figuresOf(others[i]!)] as const);
  return {
    figures: figuresOf(whole!),
    stations: Object.fromEntries(own.filter(([, figures]) => Object.keys(figures).length > 0)),
  };
}

/** What of a day's figures is another in `now` than in `then`: the whole hall's first, each by name. */
export function listChanges(then: DayFigures, now: DayFigures): FigureChange[] {
  const changes: FigureChange[] = compareFigures(then.figures, now.figures);
  for (const station of namesIn(then.stations, now.stations)) {
    const of = compareFigures(then.stations[station] ?? {}, now.stations[station] ?? {});
    for (const change of of) changes.push({ station, ...change });
  }
  return changes;
}

function compareFigures(then: Figures, now: Figures): FigureChange[] {
  return namesIn(then, now)
    .filter((name) => name !== CORRECTED && then[name] !== now[name])
    .map((name) => ({ name, before: then[name] ?? 0, after: now[name] ?? 0 }));
}

function namesIn(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): string[] {
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].sort();
}
