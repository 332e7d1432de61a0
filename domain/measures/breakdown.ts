/** What a span is made of: items, lines, windows, stations, and the hours of the week at which cases come. */
import type { Ratio } from '../board/topics/data.ts';
import type { Measures, SpreadDays } from './measures.ts';

/** What a bulletin ranks stations by, each as in `Measures`. */
export const RANKED = [
  'accepted',
  'windowCases',
  'onlineCases',
  'finished',
  'open',
  'overdueOpen',
  'onTime',
  'completion',
  'deferredCases',
  'suppliedInTime',
  'instantShare',
  'promisedShare',
  'peopleServed',
  'rated',
  'activelyRated',
  'activelySatisfied',
  'satisfied',
  'scores',
  'poor',
  'rectified',
  'licences',
  'checks',
  'wait',
  'service',
  'turnaround',
  'promiseCut',
  'speedUp',
  'windowTimePerCase',
  'requestAnswer',
  'followupAnswer',
  'followupClosing',
] as const satisfies readonly (keyof Measures)[];
export type RankedMeasures = Pick<Measures, (typeof RANKED)[number]>;

/** Of cases of one kind: the words are those of `Measures`. */
export interface CaseFigures {
  readonly accepted: number;
  readonly finished: number;
  readonly turnaround: SpreadDays;
  readonly promiseCut: Ratio;
  readonly speedUp: Ratio;
  /** How many finished cases `speedUp` is of: those with a statutory time. */
  readonly timed: number;
}

export interface ItemFigures extends CaseFigures {
  readonly item: string;
  /** Whether the catalogue has it. */
  readonly isKnown: boolean;
  readonly deferredCases: number;
  readonly instantApprovals: number;
}

export interface LineFigures extends CaseFigures {
  /** `''`: neither the event nor the catalogue says. */
  readonly line: string;
}

/** A window as one station's events name it. */
export interface WindowFigures {
  readonly station: string;
  readonly window: string;
  /** Whether the profile has it at that station. */
  readonly isKnown: boolean;
  /** Cases accepted there through channel `window`. */
  readonly accepted: number;
  /** Tickets served there. */
  readonly served: number;
  /** From the last call to the end of the service, all tickets together. */
  readonly handlingMs: number;
  /** First-round ratings that name it, by score, and those of them that a person gave. */
  readonly scores: Measures['scores'];
  readonly activeScores: Measures['scores'];
  readonly activelySatisfied: Ratio;
}

export interface StationFigures {
  readonly station: string;
  readonly isKnown: boolean;
  readonly measures: RankedMeasures;
}

export const HALF_HOURS = 48;

/** By weekday from Monday (7), and of those with hours by half-hour of the local day (48). */
export interface Rhythm {
  /** Working days of the span that have begun. */
  readonly workingDays: readonly number[];
  readonly accepted: readonly (readonly number[])[];
  /** Of those before a member of staff: at windows and at home. */
  readonly windowCases: readonly (readonly number[])[];
}

export interface Breakdown {
  readonly from: string;
  readonly to: string;
  readonly station?: string;
  /** The most accepted first; those without any case are named apart. */
  readonly items: readonly ItemFigures[];
  readonly lines: readonly LineFigures[];
  readonly windows: readonly WindowFigures[];
  /** Those in force on some day of the span, and all at which something is counted: in the profile's order, then the unknown. */
  readonly stations: readonly StationFigures[];
  /** 零办件: items in force on some day of the span of which no case was accepted. */
  readonly idleItems: readonly string[];
  /** Windows in force on some day of the span at which no case was accepted, and what they served all the same. */
  readonly idleWindows: readonly { readonly station: string; readonly window: string; readonly served: number }[];
  /** Cases of channel `window` whose acceptance names none: a window without a case may have had one of these. */
  readonly windowUnnamed: number;
  readonly rhythm: Rhythm;
  /** The ledger position that all of this reflects. */
  readonly seq: number;
}
