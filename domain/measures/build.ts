/** Every measure of a span from sums of cells: the formulas of domain.md and docs/spec.md, section M. */
import { countWorkingDays, toWorkingDays } from '../calendar/workdays.ts';
import { dayOf, MINUTE_MS, type Zone } from '../calendar/zone.ts';
import { cellParts, type CellTable } from '../board/cells.ts';
import type { CaseEntry } from '../board/entries.ts';
import type { Ratio } from '../board/topics/data.ts';
import { isInForce, lineOf, type HallConfig } from '../profile/profile.ts';
import type { Measures } from './measures.ts';
import type { Segment, Span } from './span.ts';
import { countOf, nearestRank, toSpreadMs, wilsonLowerBound } from './spread.ts';

export const MEDICAL_LINE = 'medical-insurance';

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
      for (const [name, n] of names) addName(sums, config, at, takesTickets, to, cellParts(name), n);
      if (at !== '' && !config.stations.has(at) && [...names.keys()].some(isDayBound)) sums.unknownStations.add(at);
    }
    addChecks(sums, input, segment);
  }
  const overdueOpen = countOverdue(input);
  const poor = sums.scores[1] + sums.scores[2];
  const activePoor = sums.activeScores[1] + sums.activeScores[2];
  const rated = sumScores(sums.scores);
  const activelyRated = sumScores(sums.activeScores);
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
    deferredCases: sums.flags['deferred'] ?? 0,
    instantApprovals: sums.flags['instant'] ?? 0,
    legalPersons: sums.flags['legal-person'] ?? 0,
    green: sums.flags['green'] ?? 0,
    byAppointment: sums.flags['appointment'] ?? 0,
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
    checks: sums.checksKnown ? sums.checks : { n: 0, of: 0 },
    tickets: sums.tickets,
    wait: {
      ...toSpreadMs(sums.waits),
      within: shareWithin(sums.waits, config.profile.targets.waitMinutes * MINUTE_MS),
    },
    greenWait: toSpreadMs(sums.greenWaits),
    appointmentWait: toSpreadMs(sums.appointmentWaits),
    service: toSpreadMs(sums.handling),
    turnaround: toTurnaround(sums.turnaround),
    services: sums.services,
    appointments: sums.appointments,
    requests: sums.requests,
    complaints: sums.complaints,
    onlineShare: { n: sums.onlineCases, of: sums.accepted },
    corrected: sums.corrected,
    unknown: { stations: [...sums.unknownStations].sort(), items: [...sums.unknownItems].sort() },
    seq: input.seq,
  };
}

/** Whether the station takes tickets on `day` (spec M3). */
export function doesTakeTickets(config: HallConfig, station: string, day: string): boolean {
  const since = config.stations.get(station)?.ticketsFrom;
  return since !== undefined && since <= day;
}

type Scores = Record<1 | 2 | 3 | 4 | 5, number>;

interface Sums {
  accepted: number;
  windowCases: number;
  onlineCases: number;
  selfServiceCases: number;
  otherCases: number;
  medicalCases: number;
  medicalApproved: number;
  medicalConsultations: number;
  consultations: { visit: number; phone: number };
  peopleServed: number;
  flags: Record<string, number>;
  finished: number;
  voided: number;
  corrected: number;
  kept: number;
  late: number;
  completed: number;
  ratedFinishes: number;
  activelyRatedFinishes: number;
  scores: Scores;
  activeScores: Scores;
  ratingFollowups: number;
  ratingsResolved: number;
  rectified: number;
  misrated: number;
  licences: Ratio;
  checks: Ratio;
  checksKnown: boolean;
  tickets: Measures['tickets'];
  waits: Map<number, number>;
  greenWaits: Map<number, number>;
  appointmentWaits: Map<number, number>;
  handling: Map<number, number>;
  turnaround: Map<number, number>;
  services: Record<string, number>;
  appointments: Measures['appointments'];
  requests: Measures['requests'];
  complaints: Measures['complaints'];
  unknownStations: Set<string>;
  unknownItems: Set<string>;
}

/** Heads of the cells that say that something happened at a station on the day itself. */
const DAY_BOUND = new Set(
  'accepted finished ticket wait consultation service score check appointment request complaint voided corrected'.split(
    ' ',
  ),
);

function isDayBound(name: string): boolean {
  const [head, kind, about] = cellParts(name);
  return DAY_BOUND.has(head!) || (head === 'followup' && kind === 'opened' && about === 'rating');
}

/** Adds `n` of one cell's name to the sums it concerns. */
function addName(
  sums: Sums,
  config: HallConfig,
  station: string,
  takesTickets: boolean,
  to: string,
  parts: readonly string[],
  n: number,
): void {
  const [head, a = '', b = '', c = '', d = ''] = parts;
  switch (head) {
    case 'accepted':
      sums.accepted += n;
      if (a === 'window' || a === 'home-visit') {
        sums.windowCases += n;
        if (!takesTickets) sums.peopleServed += n;
      } else if (a === 'online') sums.onlineCases += n;
      else if (a === 'self-service') sums.selfServiceCases += n;
      else sums.otherCases += n;
      if (lineOf(config, c, b) === MEDICAL_LINE) sums.medicalCases += n;
      if (!config.items.has(b)) sums.unknownItems.add(b);
      break;
    case 'flag':
      sums.flags[a] = (sums.flags[a] ?? 0) + n;
      break;
    case 'finished':
      sums.finished += n;
      if (a === 'approved') {
        if (lineOf(config, c, b) === MEDICAL_LINE) sums.medicalApproved += n;
        if (config.items.get(b)?.yieldsLicence) sums.licences.of += n;
      }
      break;
    case 'licensed':
      if (config.items.get(a)?.yieldsLicence && b <= to) sums.licences.n += n;
      break;
    case 'completed':
      if (a <= to) sums.completed += n;
      break;
    case 'promised':
      if (a === 'kept') sums.kept += n;
      else sums.late += n;
      break;
    case 'rated':
      if (b > to) break;
      if (a === 'any') sums.ratedFinishes += n;
      else sums.activelyRatedFinishes += n;
      break;
    case 'turnaround':
      addTo(sums.turnaround, Number(a), n);
      break;
    case 'score':
      sums.scores[Number(a) as keyof Scores] += n;
      if (b === 'active') sums.activeScores[Number(a) as keyof Scores] += n;
      break;
    case 'consultation':
      if (a === 'visit' || a === 'phone') sums.consultations[a] += n;
      if (b === 'free') sums.peopleServed += n;
      if (lineOf(config, c, d) === MEDICAL_LINE) sums.medicalConsultations += n;
      if (d !== '' && !config.items.has(d)) sums.unknownItems.add(d);
      break;
    case 'service':
      sums.services[a] = (sums.services[a] ?? 0) + n;
      if (a === 'home-visit') sums.peopleServed += n;
      break;
    case 'ticket':
      sums.tickets[a as keyof Sums['tickets']] += n;
      if (a === 'served' && takesTickets) sums.peopleServed += n;
      break;
    case 'wait':
      addTo(sums.waits, Number(b), n);
      if (a.includes('g')) addTo(sums.greenWaits, Number(b), n);
      if (a.includes('a')) addTo(sums.appointmentWaits, Number(b), n);
      break;
    case 'handling':
      addTo(sums.handling, Number(a), n);
      break;
    case 'appointment':
      sums.appointments[a as keyof Sums['appointments']] += n;
      break;
    case 'request':
      sums.requests[a as keyof Sums['requests']] += n;
      break;
    case 'complaint':
      sums.complaints[a as keyof Sums['complaints']] += n;
      break;
    case 'followup':
      if (a === 'opened' && b === 'rating') sums.ratingFollowups += n;
      break;
    case 'resolved':
      if (a !== 'rating' || c > to) break;
      sums.ratingsResolved += n;
      if (b === 'rectified') sums.rectified += n;
      else if (b === 'misrated') sums.misrated += n;
      break;
    case 'check':
      // check/due/AREA/RESULT: `addChecks` has the stations that owe it.
      if (a === 'due' && config.profile.dailyChecks.some((area) => area === b) && config.stations.has(station))
        sums.checks.n += n;
      break;
    case 'voided':
      sums.voided += n;
      break;
    case 'corrected':
      sums.corrected += n;
      break;
  }
}

/** Spec M12: what the segment's stations owe; what a station did outside its dates is not of it. */
function addChecks(sums: Sums, { config, station }: MeasureInput, segment: Segment): void {
  const days = countWorkingDays(segment.from, segment.to);
  if (days === null) {
    sums.checksKnown = false;
    return;
  }
  for (const entry of config.profile.stations) {
    if (station !== undefined && entry.id !== station) continue;
    if (isInForce(entry, segment.from)) sums.checks.of += days * config.profile.dailyChecks.length;
    else
      for (const [name, n] of segment.table.get(entry.id) ?? []) {
        const [head, kind, area] = cellParts(name);
        if (head === 'check' && kind === 'due' && config.profile.dailyChecks.some((due) => due === area))
          sums.checks.n -= n;
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

function addTo(histogram: Map<number, number>, value: number, n: number): void {
  histogram.set(value, (histogram.get(value) ?? 0) + n);
}

function sumScores(scores: Scores): number {
  return scores[1] + scores[2] + scores[3] + scores[4] + scores[5];
}

function emptySums(): Sums {
  return {
    accepted: 0,
    windowCases: 0,
    onlineCases: 0,
    selfServiceCases: 0,
    otherCases: 0,
    medicalCases: 0,
    medicalApproved: 0,
    medicalConsultations: 0,
    consultations: { visit: 0, phone: 0 },
    peopleServed: 0,
    flags: {},
    finished: 0,
    voided: 0,
    corrected: 0,
    kept: 0,
    late: 0,
    completed: 0,
    ratedFinishes: 0,
    activelyRatedFinishes: 0,
    scores: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
    activeScores: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
    ratingFollowups: 0,
    ratingsResolved: 0,
    rectified: 0,
    misrated: 0,
    licences: { n: 0, of: 0 },
    checks: { n: 0, of: 0 },
    checksKnown: true,
    tickets: { taken: 0, called: 0, served: 0, passed: 0, left: 0 },
    waits: new Map(),
    greenWaits: new Map(),
    appointmentWaits: new Map(),
    handling: new Map(),
    turnaround: new Map(),
    services: {},
    appointments: { booked: 0, kept: 0, missed: 0 },
    requests: { received: 0, answered: 0, onTime: 0, late: 0 },
    complaints: { received: 0, answered: 0, upheld: 0 },
    unknownStations: new Set(),
    unknownItems: new Set(),
  };
}
