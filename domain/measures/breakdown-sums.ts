/** What the cells of one station and any days add up to for a breakdown; it adds up itself, as `Sums` do. */
import { readCellName, type CellHead } from '../board/cells.ts';
import { turnaroundMs } from '../board/turnaround.ts';
import { weekdayOf } from '../calendar/zone.ts';
import { kindOfChannel } from '../events/kinds.ts';
import type { CellPlace } from './add-cell.ts';
import { HALF_HOURS } from './breakdown.ts';
import { entryAt, type Summing } from './months.ts';
import { addAll, addTo, PackedHistogram, type Histogram } from './spread.ts';
import { addEach, noScores, type Scores } from './sums.ts';
import { addPromiseCut, addSpeedUp, noTimeSaved, type TimeSaved } from './time-limits.ts';

interface CaseSumsOf<H extends Histogram> {
  accepted: number;
  finished: number;
  /** Of cases accepted: what the promise saves. */
  readonly promiseCut: TimeSaved;
  /** Of cases finished: what was saved in fact. */
  readonly speedUp: TimeSaved;
  turnaround: H;
}

export interface FlagSums {
  deferred: number;
  instant: number;
}

export interface WindowSums {
  accepted: number;
  served: number;
  handlingMs: number;
  readonly scores: Scores;
  readonly activeScores: Scores;
}

interface BreakdownSumsOf<H extends Histogram> {
  /** By item and by the line that the event names. */
  readonly cases: Map<string, Map<string, CaseSumsOf<H>>>;
  readonly flags: Map<string, FlagSums>;
  /** What names one. */
  readonly windows: Map<string, WindowSums>;
  /** Cases accepted through channel `window`, whether or not they name one. */
  atWindows: number;
  /** By weekday and half-hour. */
  readonly accepted: Int32Array;
  readonly windowCases: Int32Array;
}

export type CaseSums = CaseSumsOf<Map<number, number>>;
export type BreakdownSums = BreakdownSumsOf<Map<number, number>>;
export type PackedBreakdownSums = BreakdownSumsOf<PackedHistogram>;

const HEADS = ['accepted', 'finished', 'flag', 'handled', 'minute', 'score', 'turnaround', 'window', 'windowTime'];

export function emptyBreakdownSums(): BreakdownSums {
  return {
    cases: new Map(),
    flags: new Map(),
    windows: new Map(),
    atWindows: 0,
    accepted: new Int32Array(7 * HALF_HOURS),
    windowCases: new Int32Array(7 * HALF_HOURS),
  };
}

export function noCaseSums(): CaseSums {
  return { accepted: 0, finished: 0, promiseCut: noTimeSaved(), speedUp: noTimeSaved(), turnaround: new Map() };
}

const noFlags = (): FlagSums => ({ deferred: 0, instant: 0 });

export function noWindowSums(): WindowSums {
  return { accepted: 0, served: 0, handlingMs: 0, scores: noScores(), activeScores: noScores() };
}

function casesOf({ cases }: BreakdownSums, item: string, line: string): CaseSums {
  return entryAt(
    entryAt(cases, item, () => new Map<string, CaseSums>()),
    line,
    noCaseSums,
  );
}

function addBreakdownCell(sums: BreakdownSums, place: CellPlace, name: string, n: number): void {
  const { config, zone, station, day } = place;
  const cell = readCellName(name);
  switch (cell.head) {
    case 'accepted': {
      const cases = casesOf(sums, cell.item, cell.line);
      cases.accepted += n;
      if (cell.channel === 'window') sums.atWindows += n;
      addPromiseCut(cases.promiseCut, place, cell.item, n);
      break;
    }
    case 'finished':
      casesOf(sums, cell.item, cell.line).finished += n;
      break;
    case 'turnaround': {
      const cases = casesOf(sums, cell.item, cell.line);
      const ms = turnaroundMs(cell, config.calendar, zone, station);
      addTo(cases.turnaround, ms, n);
      addSpeedUp(cases.speedUp, place, cell, ms, n);
      break;
    }
    case 'flag':
      if (cell.flag === 'deferred' || cell.flag === 'instant') entryAt(sums.flags, cell.item, noFlags)[cell.flag] += n;
      break;
    case 'handled':
      if (cell.window !== '') entryAt(sums.windows, cell.window, noWindowSums).accepted += n;
      break;
    case 'window':
      if (cell.step === 'served') entryAt(sums.windows, cell.window, noWindowSums).served += n;
      break;
    case 'windowTime':
      entryAt(sums.windows, cell.window, noWindowSums).handlingMs += n;
      break;
    case 'score': {
      if (cell.window === '') break;
      const { scores, activeScores } = entryAt(sums.windows, cell.window, noWindowSums);
      const score = Number(cell.score) as keyof Scores;
      scores[score] += n;
      if (cell.kind === 'active') activeScores[score] += n;
      break;
    }
    case 'minute': {
      const slot = (weekdayOf(day) - 1) * HALF_HOURS + Math.floor(Number(cell.minute) / 30);
      sums.accepted[slot]! += n;
      if (kindOfChannel(cell.channel) === 'window') sums.windowCases[slot]! += n;
      break;
    }
    default:
    // No other head is asked for.
  }
}

export function addBreakdownSums(sums: BreakdownSums, more: BreakdownSums | PackedBreakdownSums): void {
  for (const [item, lines] of more.cases)
    for (const [line, cases] of lines) addCaseSums(casesOf(sums, item, line), cases);
  for (const [item, flags] of more.flags) addEach(entryAt(sums.flags, item, noFlags), flags);
  for (const [window, one] of more.windows) addWindowSums(entryAt(sums.windows, window, noWindowSums), one);
  sums.atWindows += more.atWindows;
  more.accepted.forEach((n, slot) => (sums.accepted[slot]! += n));
  more.windowCases.forEach((n, slot) => (sums.windowCases[slot]! += n));
}

export function addCaseSums(sums: CaseSums, more: CaseSumsOf<Histogram>): void {
  sums.accepted += more.accepted;
  sums.finished += more.finished;
  addEach(sums.promiseCut, more.promiseCut);
  addEach(sums.speedUp, more.speedUp);
  addAll(sums.turnaround, more.turnaround);
}

function addWindowSums(sums: WindowSums, more: WindowSums): void {
  sums.accepted += more.accepted;
  sums.served += more.served;
  sums.handlingMs += more.handlingMs;
  addEach(sums.scores, more.scores);
  addEach(sums.activeScores, more.activeScores);
}

function packBreakdownSums({ cases, ...rest }: BreakdownSums): PackedBreakdownSums {
  const packed: PackedBreakdownSums['cases'] = new Map();
  for (const [item, lines] of cases) {
    const pack = ([line, one]: [string, CaseSums]) =>
      [line, { ...one, turnaround: new PackedHistogram(one.turnaround) }] as const;
    packed.set(item, new Map([...lines].map(pack)));
  }
  return { ...rest, cases: packed };
}

export const BREAKDOWN_SUMMING: Summing<BreakdownSums, PackedBreakdownSums> = {
  heads: HEADS as readonly CellHead[],
  empty: emptyBreakdownSums,
  add: addBreakdownCell,
  pack: packBreakdownSums,
};
