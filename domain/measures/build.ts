/** Every measure of a span from sums of cells: the formulas of domain.md and docs/spec.md, section M. */
import { countWorkingDays, unknownYears } from '../calendar/calendar.ts';
import { dayOf, DAY_MS, MINUTE_MS, type Zone } from '../calendar/zone.ts';
import { cellParts, type CellTable } from '../board/cells.ts';
import type { CaseEntry } from '../board/entries.ts';
import type { Ratio } from '../board/topics/data.ts';
import { POOR_SCORES, SCORES } from '../events/kinds.ts';
import { isInForce, type HallConfig } from '../profile/profile.ts';
import type { Measures } from './measures.ts';
import { addName, emptySums, isDayBound, type Scores, type Sums } from './sums.ts';
import type { Segment, Span } from './span.ts';
import { listUncounted } from './uncounted.ts';
import { countOf, nearestRank, toSpreadMs, wilsonLowerBound } from './spread.ts';

export interface MeasureInput extends Span {
  readonly config: HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: number;
  /** Only what counts at this station. */
  readonly station?: string;
  /** The span, cut by `splitSpan`. */
  readonly segments: readonly Segment[];
  /** Sums of heads `accepted`, `left` and `overdue` over all days up to `to`. */
  readonly running: CellTable;
  /** The same up to the earlier of `to` and the day of `now`, for head `overdue`. */
  readonly runningToNow: CellTable;
  readonly openCases: Iterable<CaseEntry>;
  /** The board state's. */
  readonly uncounted: ReadonlySet<string>;
  readonly seq: number;
}

/** @returns all measures of the span; ratios as two sums, spreads with their n, blank (`null`) where there is nothing to state */
export function buildMeasures(input: MeasureInput): Measures {
  const { config, station, to } = input;
  const sums = emptySums();
  for (const segment of input.segments) {
    for (const [at, names] of segment.table) {
      if (station !== undefined && at !== station) continue;
      const takesTickets = doesTakeTickets(config, at, segment.from);
      for (const [name, n] of names)
        addName(sums, { config, zone: input.zone, station: at, takesTickets, to }, cellParts(name), n);
      if (at !== '' && !config.stations.has(at) && [...names.keys()].some(isDayBound)) sums.unknownStations.add(at);
    }
    addChecks(sums, input, segment);
  }
  const overdueOpen = countOverdue(input);
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
    consultations: sums.consultations,
    peopleServed: sums.peopleServed,
    deferredCases: sums.flags.get('deferred') ?? 0,
    instantApprovals: sums.flags.get('instant') ?? 0,
    legalPersons: sums.flags.get('legal-person') ?? 0,
    green: sums.flags.get('green') ?? 0,
    byAppointment: sums.flags.get('appointment') ?? 0,
    finished: sums.finished,
    open: sumHead(input.running, 'accepted', station) - sumHead(input.running, 'left', station),
    overdueOpen,
    voided: sums.voided,
    onTime: { n: sums.kept, of: sums.kept + sums.late + overdueOpen },
    completion: { n: sums.completed, of: sums.accepted },
    rated: { n: sums.ratedFinishes, of: sums.finished },
    activelyRated: { n: sums.activelyRatedFinishes, of: sums.finished },
    satisfied: { n: rated - poor, of: rated },
    activelySatisfied: { n: activelyRated - activePoor, of: activelyRated },
    satisfiedLowerBound: wilsonLowerBound(activelyRated - activePoor, activelyRated),
    byDefault: rated - activelyRated,
    scores: sums.scores,
    poor,
    rectified: { n: sums.rectified, of: Math.max(0, ratingsAnswered - sums.misrated) },
    calledBack: { n: sums.ratingsResolved, of: ratingsAnswered },
    misrated: sums.misrated,
    licences: sums.licences,
    checks: sums.checks,
    tickets: sums.tickets,
    wait: {
      ...toSpreadMs(sums.waits),
      within: shareWithin(sums.waits, config.profile.targets.waitMinutes * MINUTE_MS),
    },
    greenWait: toSpreadMs(sums.greenWaits),
    appointmentWait: toSpreadMs(sums.appointmentWaits),
    service: toSpreadMs(sums.handling),
    turnaround: toTurnaround(sums.turnaround),
    services: Object.fromEntries(sums.services),
    appointments: sums.appointments,
    requests: sums.requests,
    complaints: sums.complaints,
    onlineShare: { n: sums.onlineCases, of: sums.accepted },
    corrected: sums.corrected,
    unknown: {
      stations: [...sums.unknownStations].sort(),
      items: [...sums.unknownItems].sort(),
      reusedTickets: sums.reusedTickets,
    },
    unknownYears: unknownYears(config.calendar, input.from, to),
    uncounted: listUncounted(input.uncounted),
    seq: input.seq,
  };
}

/** Whether the station takes tickets on `day` (spec M3). */
export function doesTakeTickets(config: HallConfig, station: string, day: string): boolean {
  const since = config.stations.get(station)?.ticketsFrom;
  return since !== undefined && since <= day;
}

/** Spec M12: what the segment's stations owe on its working days, and what of that they did. */
function addChecks(sums: Sums, { config, station }: MeasureInput, segment: Segment): void {
  const { calendar, profile } = config;
  for (const entry of profile.stations) {
    if (station !== undefined && entry.id !== station) continue;
    if (!isInForce(entry, segment.from)) continue;
    const days = countWorkingDays(calendar, segment.from, segment.to, entry.id);
    sums.checks.of += days * new Set(profile.dailyChecks).size;
    for (const [name, n] of segment.table.get(entry.id) ?? []) {
      // Before the name is taken apart: a year holds a hundred times as many other names.
      if (!name.startsWith('check/')) continue;
      const [, day = '', area] = cellParts(name);
      if (!profile.dailyChecks.some((due) => due === area)) continue;
      if (calendar.isWorkingDay(day, entry.id)) sums.checks.n += n;
    }
  }
}

/** Spec C8, M5: all whose promise fell by the end of the day, less those of today whose moment is still to come. */
function countOverdue(input: MeasureInput): number {
  const { runningToNow: table, station, zone, now, to } = input;
  let overdue = 0;
  for (const [at, names] of table) {
    if (station !== undefined && at !== station) continue;
    overdue += (names.get('overdue/from') ?? 0) - (names.get('overdue/until') ?? 0);
  }
  const today = dayOf(zone, now);
  if (to < today) return overdue;
  for (const entry of input.openCases) {
    if (!entry.open || entry.dueAt === undefined || entry.dueAt < now || entry.day > today) continue;
    if (station !== undefined && entry.station !== station) continue;
    if (dayOf(zone, entry.dueAt) === today) overdue--;
  }
  return overdue;
}

function sumHead(table: CellTable, head: string, station: string | undefined): number {
  let sum = 0;
  for (const [at, names] of table) {
    if (station !== undefined && at !== station) continue;
    for (const [name, n] of names) if (cellParts(name)[0] === head) sum += n;
  }
  return sum;
}

function shareWithin(waits: ReadonlyMap<number, number>, limitMs: number): Ratio {
  let n = 0;
  for (const [ms, count] of waits) if (ms <= limitMs) n += count;
  return { n, of: countOf(waits) };
}

function toTurnaround(histogram: ReadonlyMap<number, number>): Measures['turnaround'] {
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
