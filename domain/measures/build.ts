/** Every measure of a span from sums of cells: the formulas of domain.md and docs/spec.md, section M. */
import { countWorkingDays } from '../calendar/calendar.ts';
import { DAY_MS, MINUTE_MS } from '../calendar/zone.ts';
import type { Ratio } from '../board/topics/data.ts';
import { compareText } from '../events/event.ts';
import { POOR_SCORES, SCORES } from '../events/kinds.ts';
import type { HallConfig } from '../profile/profile.ts';
import type { Measures, SpreadDays } from './measures.ts';
import { outcomesAsOf, type Scores, type Sums } from './sums.ts';
import { countOf, nearestRank, toSpreadMs, wilsonLowerBound } from './spread.ts';
import { toDaysRatio } from './time-limits.ts';
import { listUncounted } from './uncounted.ts';

/**
 * Changes whenever a measure changes its meaning without the fold: figures that were frozen under another are not
 * derived again by this one.
 */
export const MEASURES_VERSION = '1';

/** First and last day, both included. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

export interface MeasureQuery extends Span {
  /** Only what counts at this station. */
  readonly station?: string;
}

export interface MeasureInput extends MeasureQuery {
  readonly config: HallConfig;
  /** Of the span's days and of the stations asked for. */
  readonly sums: Sums;
  /** Those at which something happened although the profile does not know them. */
  readonly unknownStations: Iterable<string>;
  /** Cases that are open at the end of the span, and those of them that are overdue (spec C8). */
  readonly open: number;
  readonly overdueOpen: number;
  /** Daily checks that the stations owe (spec M12). */
  readonly checksDue: number;
  /** Of missing papers those whose time is not over, and of those the ones that have come (spec M18). */
  readonly supplyAhead: number;
  readonly suppliedAhead: number;
  /** Of the span, ascending: asked for once, and not for each of a thousand rows. */
  readonly unknownYears: readonly number[];
  /** The board state's. */
  readonly uncounted: Iterable<string>;
  readonly seq: number;
}

/** @returns all measures of the span; ratios as two sums, spreads with their n, blank (`null`) where there is nothing to state */
export function buildMeasures(input: MeasureInput): Measures {
  const { config, to, sums, overdueOpen } = input;
  const outcomes = outcomesAsOf(sums, to);
  const poor = sumScores(sums.scores, POOR_SCORES);
  const activePoor = sumScores(sums.activeScores, POOR_SCORES);
  const rated = sumScores(sums.scores, SCORES);
  const activelyRated = sumScores(sums.activeScores, SCORES);
  const ratingsAnswered = Math.max(poor, sums.ratingFollowups);
  return {
    accepted: sums.accepted,
    windowCases: sums.windowCases,
    onlineCases: sums.onlineCases,
    selfServiceCases: sums.selfServiceCases,
    otherCases: sums.otherCases,
    medicalCases: sums.medicalCases,
    medicalApproved: sums.medicalApproved,
    medicalConsultations: sums.medicalConsultations,
    consultations: { ...sums.consultations },
    peopleServed: sums.peopleServed,
    deferredCases: sums.flags.get('deferred') ?? 0,
    medicalItems: sums.medicalItems.size,
    deferredItems: sums.deferredItems.size,
    instantApprovals: sums.flags.get('instant') ?? 0,
    legalPersons: sums.flags.get('legal-person') ?? 0,
    green: sums.flags.get('green') ?? 0,
    byAppointment: sums.flags.get('appointment') ?? 0,
    finished: sums.finished,
    open: input.open,
    overdueOpen,
    voided: sums.voided,
    onTime: { n: sums.kept, of: sums.kept + sums.late + overdueOpen },
    completion: { n: outcomes.completed, of: sums.accepted },
    rated: { n: outcomes.ratedFinishes, of: sums.finished },
    activelyRated: { n: outcomes.activelyRatedFinishes, of: sums.finished },
    satisfied: { n: rated - poor, of: rated },
    activelySatisfied: { n: activelyRated - activePoor, of: activelyRated },
    satisfiedLowerBound: wilsonLowerBound(activelyRated - activePoor, activelyRated),
    byDefault: rated - activelyRated,
    scores: { ...sums.scores },
    poor,
    rectified: { n: outcomes.rectified, of: Math.max(0, ratingsAnswered - outcomes.misrated) },
    calledBack: { n: outcomes.ratingsResolved, of: ratingsAnswered },
    misrated: outcomes.misrated,
    licences: { n: outcomes.licensed, of: sums.licensable },
    checks: { n: sums.checksDone, of: input.checksDue },
    tickets: { ...sums.tickets },
    wait: {
      ...toSpreadMs(sums.waits),
      within: shareWithin(sums.waits, config.profile.targets.waitMinutes * MINUTE_MS),
    },
    greenWait: toSpreadMs(sums.greenWaits),
    appointmentWait: toSpreadMs(sums.appointmentWaits),
    service: toSpreadMs(sums.handling),
    turnaround: toSpreadDays(sums.turnaround),
    promiseCut: toDaysRatio(sums.promiseCut),
    speedUp: toDaysRatio(sums.speedUp),
    instantShare: { n: sums.handledAs.instant, of: sums.accepted },
    promisedShare: { n: sums.handledAs.promised, of: sums.accepted },
    suppliedInTime: { n: sums.supply.inTime - input.suppliedAhead, of: sums.supply.due - input.supplyAhead },
    windowTimePerCase: { ...sums.windowTime },
    services: Object.fromEntries(sums.services),
    appointments: { ...sums.appointments },
    trained: sums.trained,
    requests: { ...sums.requests },
    complaints: { ...sums.complaints },
    requestAnswer: toSpreadDays(sums.requestAnswers),
    suggestionAnswer: toSpreadDays(sums.suggestionAnswers),
    followupAnswer: toSpreadDays(sums.followupAnswers),
    followupClosing: toSpreadDays(sums.followupClosings),
    onlineShare: { n: sums.onlineCases, of: sums.accepted },
    corrected: sums.corrected,
    unknown: {
      stations: [...new Set(input.unknownStations)].sort(compareText),
      items: [...sums.unknownItems.keys()].sort(compareText),
      reusedTickets: sums.reusedTickets,
    },
    unknownYears: [...input.unknownYears],
    uncounted: listUncounted(input.uncounted),
    seq: input.seq,
  };
}

/** Spec M12: what the stations owe on their working days of the span. */
export function countChecksDue(config: HallConfig, { station, from, to }: MeasureQuery): number {
  const { calendar, profile } = config;
  const areas = new Set(profile.dailyChecks).size;
  let due = 0;
  for (const { id, from: since = from, until = to } of profile.stations) {
    if (station !== undefined && id !== station) continue;
    due += areas * countWorkingDays(calendar, since > from ? since : from, until < to ? until : to, id);
  }
  return due;
}

function shareWithin(waits: ReadonlyMap<number, number>, limitMs: number): Ratio {
  let n = 0;
  for (const [ms, count] of waits) if (ms <= limitMs) n += count;
  return { n, of: countOf(waits) };
}

/** Working time in milliseconds → its median in days. */
export function toSpreadDays(histogram: ReadonlyMap<number, number>): SpreadDays {
  const median = nearestRank(histogram, 0.5);
  return { medianDays: median === undefined ? null : toWorkingDays(median), n: countOf(histogram) };
}

/** Milliseconds → working days with two decimals. */
export function toWorkingDays(ms: number): number {
  return Math.round((ms / DAY_MS) * 100) / 100;
}

function sumScores(scores: Scores, which: readonly (keyof Scores)[]): number {
  return which.reduce((sum: number, score) => sum + scores[score], 0);
}
