/** What the cells of a span add up to, before any ratio is made of it. */
import { cellParts } from '../board/cells.ts';
import { turnaroundMs } from '../board/turnaround.ts';
import type { Zone } from '../calendar/zone.ts';
import type { Ratio } from '../board/topics/data.ts';
import { kindOfChannel } from '../events/kinds.ts';
import { lineOf, type HallConfig } from '../profile/profile.ts';
import type { Measures } from './measures.ts';

export const MEDICAL_LINE = 'medical-insurance';

export type Scores = Record<1 | 2 | 3 | 4 | 5, number>;

export interface Sums {
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
  tickets: Measures['tickets'];
  waits: Map<number, number>;
  greenWaits: Map<number, number>;
  appointmentWaits: Map<number, number>;
  handling: Map<number, number>;
  turnaround: Map<number, number>;
  services: Map<string, number>;
  appointments: Measures['appointments'];
  requests: Measures['requests'];
  complaints: Measures['complaints'];
  unknownStations: Set<string>;
  unknownItems: Set<string>;
  reusedTickets: number;
}

export function emptySums(): Sums {
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
    flags: new Map(),
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
    unknownStations: new Set(),
    unknownItems: new Set(),
    reusedTickets: 0,
  };
}

/** Heads of the cells that say that something happened at a station on the day itself. */
const DAY_BOUND = new Set(
  'accepted finished ticket wait consultation service score check appointment request complaint voided corrected'.split(
    ' ',
  ),
);

/** Whether a cell of this name says that something happened at its station on the day itself. */
export function isDayBound(name: string): boolean {
  const [head, kind, about] = cellParts(name);
  return DAY_BOUND.has(head!) || (head === 'followup' && kind === 'opened' && about === 'rating');
}

/** Where a cell lies, and what its name is read with. */
export interface NameContext {
  readonly config: HallConfig;
  readonly zone: Zone;
  readonly station: string;
  /** Whether the station takes tickets in this piece of the span. */
  readonly takesTickets: boolean;
  /** The span's last day. */
  readonly to: string;
}

const CASES_BY_CHANNEL = {
  window: 'windowCases',
  online: 'onlineCases',
  'self-service': 'selfServiceCases',
  other: 'otherCases',
} as const;

/** Adds `n` of one cell's name to the sums it concerns. */
export function addName(
  sums: Sums,
  { config, zone, station, takesTickets, to }: NameContext,
  parts: readonly string[],
  n: number,
): void {
  const [head, a = '', b = '', c = '', d = ''] = parts;
  switch (head) {
    case 'accepted':
      sums.accepted += n;
      sums[CASES_BY_CHANNEL[kindOfChannel(a)]] += n;
      if (kindOfChannel(a) === 'window' && !takesTickets) sums.peopleServed += n;
      if (lineOf(config, c, b) === MEDICAL_LINE) sums.medicalCases += n;
      if (!config.items.has(b)) sums.unknownItems.add(b);
      break;
    case 'flag':
      addTo(sums.flags, a, n);
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
      addTo(sums.turnaround, turnaroundMs(parts, config.calendar, zone, station), n);
      break;
    case 'score':
      addKnown(sums.scores, a, n);
      if (b === 'active') addKnown(sums.activeScores, a, n);
      break;
    case 'consultation':
      if (a === 'visit' || a === 'phone') sums.consultations[a] += n;
      if (b === 'free') sums.peopleServed += n;
      if (lineOf(config, c, d) === MEDICAL_LINE) sums.medicalConsultations += n;
      if (d !== '' && !config.items.has(d)) sums.unknownItems.add(d);
      break;
    case 'service':
      addTo(sums.services, a, n);
      if (a === 'home-visit') sums.peopleServed += n;
      break;
    case 'ticket':
      if (a === 'again') sums.reusedTickets += n;
      else addKnown(sums.tickets, a, n);
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
      addKnown(sums.appointments, a, n);
      break;
    case 'request':
      addKnown(sums.requests, a, n);
      break;
    case 'complaint':
      addKnown(sums.complaints, a, n);
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
    case 'voided':
      sums.voided += n;
      break;
    case 'corrected':
      sums.corrected += n;
      break;
    default:
    // Heads that serve the wall alone, such as the minutes of its chart; `addChecks` reads the checks.
  }
}

function addTo<K>(counts: Map<K, number>, key: K, n: number): void {
  counts.set(key, (counts.get(key) ?? 0) + n);
}

/** Of the kinds that a measure has; nothing else is one, whatever it is called. */
function addKnown<T extends object>(counts: T, key: string, n: number): void {
  if (Object.hasOwn(counts, key)) (counts as Record<keyof T, number>)[key as keyof T] += n;
}
