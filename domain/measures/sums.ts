/** What cells add up to, before any ratio is made of them: sums of one station and any days, which add up themselves. */
import type { CellHead } from '../board/cells.ts';
import type { Measures, TimePerCase } from './measures.ts';
import { addAll, addTo, PackedHistogram, type Histogram } from './spread.ts';
import { noTimeSaved, type TimeSaved } from './time-limits.ts';

type Handling = 'instant' | 'promised';
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

/** Spreads of times, and under which head of cells their values lie. */
export const SPREAD_HEADS = {
  waits: 'wait',
  greenWaits: 'wait',
  appointmentWaits: 'wait',
  handling: 'handling',
  turnaround: 'turnaround',
  requestAnswers: 'answer',
  suggestionAnswers: 'answer',
  followupAnswers: 'answer',
  followupClosings: 'answer',
} as const satisfies Record<string, CellHead>;
export type Spread = keyof typeof SPREAD_HEADS;
export const SPREADS = Object.keys(SPREAD_HEADS) as readonly Spread[];

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
  /** By item: approved medical cases, and acceptances with papers missing. */
  medicalItems: Map<string, number>;
  deferredItems: Map<string, number>;
  trained: number;
  finished: number;
  voided: number;
  corrected: number;
  kept: number;
  late: number;
  promiseCut: TimeSaved;
  speedUp: TimeSaved;
  /** Cases by how they are dealt with, where that is known. */
  handledAs: Record<Handling, number>;
  /** Missing papers that were due, those among them whose time is still to come; and those that came in time. */
  supply: { due: number; inTime: number };
  /** At stations that take tickets. */
  windowTime: TimePerCase;
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
    medicalItems: new Map(),
    deferredItems: new Map(),
    trained: 0,
    finished: 0,
    voided: 0,
    corrected: 0,
    kept: 0,
    late: 0,
    promiseCut: noTimeSaved(),
    speedUp: noTimeSaved(),
    handledAs: { instant: 0, promised: 0 },
    supply: { due: 0, inTime: 0 },
    windowTime: { sumMs: 0, cases: 0 },
    scores: noScores(),
    activeScores: noScores(),
    ratingFollowups: 0,
    licensable: 0,
    checksDone: 0,
    tickets: { taken: 0, called: 0, served: 0, passed: 0, left: 0 },
    waits: new Map(),
    greenWaits: new Map(),
    appointmentWaits: new Map(),
    handling: new Map(),
    turnaround: new Map(),
    requestAnswers: new Map(),
    suggestionAnswers: new Map(),
    followupAnswers: new Map(),
    followupClosings: new Map(),
    services: new Map(),
    appointments: { booked: 0, kept: 0, missed: 0 },
    requests: { received: 0, answered: 0, onTime: 0, late: 0 },
    complaints: { received: 0, answered: 0, upheld: 0 },
    unknownItems: new Map(),
    reusedTickets: 0,
    outcomes: new Map(),
  };
}

export function noScores(): Scores {
  return { 1: 0, 2: 0, 3: 0, 4: 0, 5: 0 };
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

/** @param spreads of the spreads only these: they are what takes time */
export function addSums(sums: Sums, more: Sums | PackedSums, spreads: readonly Spread[] = SPREADS): void {
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
  sums.trained += more.trained;
  sums.finished += more.finished;
  sums.voided += more.voided;
  sums.corrected += more.corrected;
  sums.kept += more.kept;
  sums.late += more.late;
  sums.ratingFollowups += more.ratingFollowups;
  sums.licensable += more.licensable;
  sums.checksDone += more.checksDone;
  sums.reusedTickets += more.reusedTickets;
  addEach(sums.promiseCut, more.promiseCut);
  addEach(sums.speedUp, more.speedUp);
  addEach(sums.handledAs, more.handledAs);
  addEach(sums.supply, more.supply);
  addEach(sums.windowTime, more.windowTime);
  addEach(sums.consultations, more.consultations);
  addEach(sums.scores, more.scores);
  addEach(sums.activeScores, more.activeScores);
  addEach(sums.tickets, more.tickets);
  addEach(sums.appointments, more.appointments);
  addEach(sums.requests, more.requests);
  addEach(sums.complaints, more.complaints);
  for (const [flag, n] of more.flags) addTo(sums.flags, flag, n);
  for (const [item, n] of more.medicalItems) addTo(sums.medicalItems, item, n);
  for (const [item, n] of more.deferredItems) addTo(sums.deferredItems, item, n);
  for (const [kind, n] of more.services) addTo(sums.services, kind, n);
  for (const [item, n] of more.unknownItems) addTo(sums.unknownItems, item, n);
  for (const spread of spreads) addAll(sums[spread], more[spread]);
  for (const [day, outcomes] of more.outcomes) {
    const found = sums.outcomes.get(day);
    if (found) addEach(found, outcomes);
    else sums.outcomes.set(day, { ...outcomes });
  }
}

export function packSums(sums: Sums): PackedSums {
  const packed = SPREADS.map((spread) => [spread, new PackedHistogram(sums[spread])] as const);
  return { ...sums, ...(Object.fromEntries(packed) as Record<Spread, PackedHistogram>) };
}

/** What became so on `day`, to be added to. */
export function outcomesOn({ outcomes }: Sums, day: string): Outcomes {
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

/** Adds each number of `more` to the one of the same name. */
export function addEach<T extends object>(counts: T, more: T): void {
  for (const key of Object.keys(counts) as (keyof T)[]) (counts as Record<keyof T, number>)[key] += more[key] as number;
}
