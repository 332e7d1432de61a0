/** From a cell's name to the sums that it is added to: what the calendar, the profile and the catalogue make of it. */
import { readCellName, type CellName } from '../board/cells.ts';
import type { AnswerOf } from '../board/parts/answer.ts';
import { EXPLAINED } from '../board/parts/standing.ts';
import { turnaroundMs } from '../board/turnaround.ts';
import { workingMs } from '../calendar/working-time.ts';
import type { Zone } from '../calendar/zone.ts';
import { kindOfChannel } from '../events/kinds.ts';
import { isInForce, lineOf, type HallConfig } from '../profile/profile.ts';
import { MEDICAL_LINE } from './medical-line.ts';
import { addTo } from './spread.ts';
import { outcomesOn, type Sums } from './sums.ts';
import { addPromiseCut, addSpeedUp, itemOn } from './time-limits.ts';

/** Heads of the cells that say that something happened at a station on the day itself. */
const DAY_BOUND = new Set(
  'accepted finished ticket wait consultation service score check appointment request complaint training voided corrected'.split(
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
      if (cell.channel === 'window' && doesTakeTickets(config, station, day)) sums.windowTime.cases += n;
      addPromiseCut(sums.promiseCut, place, item, n);
      break;
    }
    case 'flag':
      addTo(sums.flags, cell.flag, n);
      if (cell.flag === 'deferred') addTo(sums.deferredItems, cell.item, n);
      break;
    case 'finished':
      sums.finished += n;
      if (cell.outcome !== 'approved') break;
      if (lineOf(config, cell.line, cell.item) === MEDICAL_LINE) {
        sums.medicalApproved += n;
        addTo(sums.medicalItems, cell.item, n);
      }
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
    case 'turnaround': {
      const takenMs = turnaroundMs(cell, config.calendar, zone, station);
      addTo(sums.turnaround, takenMs, n);
      addSpeedUp(sums.speedUp, place, cell, takenMs, n);
      break;
    }
    case 'handled': {
      const as = cell.as || itemOn(config, cell.item, day)?.kind;
      if (as !== undefined) addKnown(sums.handledAs, as, n);
      break;
    }
    case 'supply':
      sums.supply.due += n;
      if (cell.state === 'inTime') sums.supply.inTime += n;
      break;
    case 'answer': {
      const [from, until] = [Number(cell.openedAt), Number(cell.answeredAt)];
      if (isAnswerOf(cell.of)) addTo(sums[ANSWERS[cell.of]], workingMs(config.calendar, zone, from, until, station), n);
      break;
    }
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
    case 'training':
      sums.trained += n;
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
      if (doesTakeTickets(config, station, day)) sums.windowTime.sumMs += Number(cell.handlingMs) * n;
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

const ANSWERS = {
  request: 'requestAnswers',
  suggestion: 'suggestionAnswers',
  'followup-first': 'followupAnswers',
  'followup-closed': 'followupClosings',
} as const satisfies Record<AnswerOf, keyof Sums>;

function isAnswerOf(of: string): of is AnswerOf {
  return Object.hasOwn(ANSWERS, of);
}

/** The heads that `addCell` reads. */
export const SUMMED_HEADS = [
  'accepted',
  'answer',
  'appointment',
  'check',
  'complaint',
  'completed',
  'consultation',
  'corrected',
  'finished',
  'flag',
  'followup',
  'handled',
  'handling',
  'licensed',
  'promised',
  'rated',
  'request',
  'resolved',
  'score',
  'service',
  'supply',
  'ticket',
  'training',
  'turnaround',
  'voided',
  'wait',
] as const;

/** Whether the station takes tickets on `day` (spec M3). */
export function doesTakeTickets(config: HallConfig, station: string, day: string): boolean {
  const since = config.stations.get(station)?.ticketsFrom;
  return since !== undefined && since <= day;
}

/** Spec M12: whether a check that was done was one that the station owed. */
function isCheckDue(
  { config, station, day }: CellPlace,
  check: { readonly day: string; readonly area: string; readonly result: string },
): boolean {
  if (check.result === EXPLAINED) return false;
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
