/** What cells add up to, before any ratio is made of them: sums of one station and any days, which add up themselves. */
import { readCellName, type CellName } from '../board/cells.ts';
import { turnaroundMs } from '../board/turnaround.ts';
import type { Zone } from '../calendar/zone.ts';
import { kindOfChannel } from '../events/kinds.ts';
import { isInForce, lineOf, type HallConfig } from '../profile/profile.ts';
import type { Measures } from './measures.ts';
import { addAll, addTo, PackedHistogram, type Histogram } from './spread.ts';

export const MEDICAL_LINE = 'medical-insurance';

export type Scores = Record<1 | 2 | 3 | 4 | 5, number>;

/** What became of something later: it counts as of the day on which it did (spec M5). */
export interface Outcomes {
  completed: number;
  ratedFinishes: number;
  activelyRatedFinishes: number;
  licensed: number;
  ratingsResolved: number;
  rectified: number;
  misrated: number;
}

type Spread = 'waits' | 'greenWaits' | 'appointmentWaits' | 'handling' | 'turnaround';
const SPREADS: readonly Spread[] = ['waits', 'greenWaits', 'appointmentWaits', 'handling', 'turnaround'];

interface SumsOf<H extends Histogram> extends Record<Spread, H> {
  /** How much says that something happened at the station on the days themselves. */
  dayBound: number;
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
  flags: Map<string, number>;
  finished: number;
  voided: number;
  corrected: number;
  kept: number;
  late: number;
  scores: Scores;
  activeScores: Scores;
  ratingFollowups: number;
  /** Approved finishes of items that yield a licence. */
  licensable: number;
  checksDone: number;
  tickets: Measures['tickets'];
  services: Map<string, number>;
  appointments: Measures['appointments'];
  requests: Measures['requests'];
  complaints: Measures['complaints'];
  unknownItems: Map<string, number>;
  reusedTickets: number;
  /** By the day on which it became so. */
  outcomes: Map<string, Outcomes>;
}

/** Sums that cells and other sums are added to. */
export type Sums = SumsOf<Map<number, number>>;
/** Sums that grow no more. */
export type PackedSums = SumsOf<PackedHistogram>;

export function emptySums(): Sums {
  return {
    dayBound: 0,
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
    flags: new Map(),
    finished: 0,
    voided: 0,
    corrected: 0,
    kept: 0,
    late: 0,
    scores: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
    activeScores: { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 },
    ratingFollowups: 0,
    licensable: 0,
    checksDone: 0,
    tickets: { taken: 0, called: 0, served: 0, passed: 0, left: 0 },
    waits: new Map(),
    greenWaits: new Map(),
    appointmentWaits: new Map(),
    handling: new Map(),
    turnaround: new Map(),
    services: new Map(),
    appointments: { booked: 0, kept: 0, missed: 0 },
    requests: { received: 0, answered: 0, onTime: 0, late: 0 },
    complaints: { received: 0, answered: 0, upheld: 0 },
    unknownItems: new Map(),
    reusedTickets: 0,
    outcomes: new Map(),
  };
}

function noOutcomes(): Outcomes {
  return {
    completed: 0,
    ratedFinishes: 0,
    activelyRatedFinishes: 0,
    licensed: 0,
    ratingsResolved: 0,
    rectified: 0,
    misrated: 0,
  };
}

/** Heads of the cells that say that something happened at a station on the day itself. */
const DAY_BOUND = new Set(
  'accepted finished ticket wait consultation service score check appointment request complaint voided corrected'.split(
    ' ',
  ),
);

/** Whether a cell of this name says that something happened at its station on the day itself. */
function isDayBound(cell: CellName): boolean {
  return DAY_BOUND.has(cell.head) || (cell.head === 'followup' && cell.step === 'opened' && cell.about === 'rating');
}

/** Whether something happened at a station that the profile does not know. */
export function isUnknown(config: HallConfig, station: string, { dayBound }: Pick<Sums, 'dayBound'>): boolean {
  return dayBound > 0 && station !== '' && !config.stations.has(station);
}

/** Where a cell lies, and what its name is read with. */
export interface CellPlace {
  readonly config: HallConfig;
  readonly zone: Zone;
  readonly station: string;
  readonly day: string;
}

const CASES_BY_CHANNEL = {
  window: 'windowCases',
  online: 'onlineCases',
  'self-service': 'selfServiceCases',
  other: 'otherCases',
} as const;

/** Adds one cell to the sums of its station. */
export function addCell(sums: Sums, place: CellPlace, name: string, n: number): void {
  const { config, zone, station, day } = place;
  const cell = readCellName(name);
  if (isDayBound(cell)) sums.dayBound += n;
  switch (cell.head) {
    case 'accepted': {
      const { item, line } = cell;
      const kind = kindOfChannel(cell.channel);
      sums.accepted += n;
      sums[CASES_BY_CHANNEL[kind]] += n;
      if (kind === 'window' && !doesTakeTickets(config, station, day)) sums.peopleServed += n;
      if (lineOf(config, line, item) === MEDICAL_LINE) sums.medicalCases += n;
      if (!config.items.has(item)) addTo(sums.unknownItems, item, n);
      break;
    }
    case 'flag':
      addTo(sums.flags, cell.flag, n);
      break;
    case 'finished':
      sums.finished += n;
      if (cell.outcome !== 'approved') break;
      if (lineOf(config, cell.line, cell.item) === MEDICAL_LINE) sums.medicalApproved += n;
      if (config.items.get(cell.item)?.yieldsLicence) sums.licensable += n;
      break;
    case 'licensed':
      if (config.items.get(cell.item)?.yieldsLicence) outcomesOn(sums, cell.day).licensed += n;
      break;
    case 'completed':
      outcomesOn(sums, cell.day).completed += n;
      break;
    case 'promised':
      if (cell.kept === 'kept') sums.kept += n;
      else sums.late += n;
      break;
    case 'rated':
      if (cell.kind === 'any') outcomesOn(sums, cell.day).ratedFinishes += n;
      else outcomesOn(sums, cell.day).activelyRatedFinishes += n;
      break;
    case 'turnaround':
      addTo(sums.turnaround, turnaroundMs(cell, config.calendar, zone, station), n);
      break;
    case 'score':
      addKnown(sums.scores, cell.score, n);
      if (cell.kind === 'active') addKnown(sums.activeScores, cell.score, n);
      break;
    case 'consultation':
      if (cell.medium === 'visit' || cell.medium === 'phone') sums.consultations[cell.medium] += n;
      if (cell.ticketed === 'free') sums.peopleServed += n;
      if (lineOf(config, cell.line, cell.item) === MEDICAL_LINE) sums.medicalConsultations += n;
      if (cell.item !== '' && !config.items.has(cell.item)) addTo(sums.unknownItems, cell.item, n);
      break;
    case 'service':
      addTo(sums.services, cell.kind, n);
      if (cell.kind === 'home-visit') sums.peopleServed += n;
      break;
    case 'ticket':
      if (cell.step === 'again') sums.reusedTickets += n;
      else addKnown(sums.tickets, cell.step, n);
      if (cell.step === 'served' && doesTakeTickets(config, station, day)) sums.peopleServed += n;
      break;
    case 'wait': {
      const waitMs = Number(cell.waitMs);
      addTo(sums.waits, waitMs, n);
      if (cell.flags.includes('g')) addTo(sums.greenWaits, waitMs, n);
      if (cell.flags.includes('a')) addTo(sums.appointmentWaits, waitMs, n);
      break;
    }
    case 'handling':
      addTo(sums.handling, Number(cell.handlingMs), n);
      break;
    case 'check':
      if (isCheckDue(place, cell)) sums.checksDone += n;
      break;
    case 'appointment':
      addKnown(sums.appointments, cell.step, n);
      break;
    case 'request':
      addKnown(sums.requests, cell.step, n);
      break;
    case 'complaint':
      addKnown(sums.complaints, cell.step, n);
      break;
    case 'followup':
      if (cell.step === 'opened' && cell.about === 'rating') sums.ratingFollowups += n;
      break;
    case 'resolved': {
      if (cell.about !== 'rating') break;
      const outcomes = outcomesOn(sums, cell.day);
      outcomes.ratingsResolved += n;
      if (cell.result === 'rectified') outcomes.rectified += n;
      else if (cell.result === 'misrated') outcomes.misrated += n;
      break;
    }
    case 'voided':
      sums.voided += n;
      break;
    case 'corrected':
      sums.corrected += n;
      break;
    default:
    // Heads that serve the wall alone, and `open`, `overdue` and `due`, which are summed over other days.
  }
}

/** The heads that `addCell` reads. */
export const SUMMED_HEADS = [
  'accepted',
  'appointment',
  'check',
  'complaint',
  'completed',
  'consultation',
  'corrected',
  'finished',
  'flag',
  'followup',
  'handling',
  'licensed',
  'promised',
  'rated',
  'request',
  'resolved',
  'score',
  'service',
  'ticket',
  'turnaround',
  'voided',
  'wait',
] as const;

export function addSums(sums: Sums, more: Sums | PackedSums): void {
  sums.dayBound += more.dayBound;
  sums.accepted += more.accepted;
  sums.windowCases += more.windowCases;
  sums.onlineCases += more.onlineCases;
  sums.selfServiceCases += more.selfServiceCases;
  sums.otherCases += more.otherCases;
  sums.medicalCases += more.medicalCases;
  sums.medicalApproved += more.medicalApproved;
  sums.medicalConsultations += more.medicalConsultations;
  sums.peopleServed += more.peopleServed;
  sums.finished += more.finished;
  sums.voided += more.voided;
  sums.corrected += more.corrected;
  sums.kept += more.kept;
  sums.late += more.late;
  sums.ratingFollowups += more.ratingFollowups;
  sums.licensable += more.licensable;
  sums.checksDone += more.checksDone;
  sums.reusedTickets += more.reusedTickets;
  addEach(sums.consultations, more.consultations);
  addEach(sums.scores, more.scores);
  addEach(sums.activeScores, more.activeScores);
  addEach(sums.tickets, more.tickets);
  addEach(sums.appointments, more.appointments);
  addEach(sums.requests, more.requests);
  addEach(sums.complaints, more.complaints);
  for (const [flag, n] of more.flags) addTo(sums.flags, flag, n);
  for (const [kind, n] of more.services) addTo(sums.services, kind, n);
  for (const [item, n] of more.unknownItems) addTo(sums.unknownItems, item, n);
  for (const spread of SPREADS) addAll(sums[spread], more[spread]);
  for (const [day, outcomes] of more.outcomes) {
    const found = sums.outcomes.get(day);
    if (found) addEach(found, outcomes);
    else sums.outcomes.set(day, { ...outcomes });
  }
}

export function packSums(sums: Sums): PackedSums {
  const { waits, greenWaits, appointmentWaits, handling, turnaround } = sums;
  return {
    ...sums,
    waits: new PackedHistogram(waits),
    greenWaits: new PackedHistogram(greenWaits),
    appointmentWaits: new PackedHistogram(appointmentWaits),
    handling: new PackedHistogram(handling),
    turnaround: new PackedHistogram(turnaround),
  };
}

function outcomesOn({ outcomes }: Sums, day: string): Outcomes {
  let found = outcomes.get(day);
  if (!found) outcomes.set(day, (found = noOutcomes()));
  return found;
}

/** What had become of things by the end of day `to` (spec M5). */
export function outcomesAsOf(sums: Pick<Sums, 'outcomes'>, to: string): Outcomes {
  const total = noOutcomes();
  for (const [day, outcomes] of sums.outcomes) if (day <= to) addEach(total, outcomes);
  return total;
}

/** Whether the station takes tickets on `day` (spec M3). */
export function doesTakeTickets(config: HallConfig, station: string, day: string): boolean {
  const since = config.stations.get(station)?.ticketsFrom;
  return since !== undefined && since <= day;
}

/** Spec M12: whether a check that was done was one that the station owed. */
function isCheckDue(
  { config, station, day }: CellPlace,
  check: { readonly day: string; readonly area: string },
): boolean {
  const entry = config.stations.get(station);
  if (!entry || !isInForce(entry, day)) return false;
  return (
    config.profile.dailyChecks.some((due) => due === check.area) && config.calendar.isWorkingDay(check.day, station)
  );
}

/** Of the kinds that a measure has; nothing else is one, whatever it is called. */
function addKnown<T extends object>(counts: T, key: string, n: number): void {
  if (Object.hasOwn(counts, key)) (counts as Record<keyof T, number>)[key as keyof T] += n;
}

function addEach<T extends object>(counts: T, more: T): void {
  for (const key of Object.keys(counts) as (keyof T)[]) (counts as Record<keyof T, number>)[key] += more[key] as number;
}
