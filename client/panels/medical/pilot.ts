/** How the pilot is going: what was approved since it began, what became of the rest, and how long it took. */
import type { Spread } from '../../../domain/board/topics/data.ts';
import type { MedicalData, Outcomes } from '../../../domain/board/topics/data-medical.ts';
import { dayNumber, MINUTE_MS } from '../../../domain/calendar/zone.ts';
import { formatCount, formatShare } from '../../../domain/measures/numbers.ts';
import { MEDICAL_LINE } from '../../../domain/measures/medical-line.ts';
import type { Behind } from '../../ui/behind.ts';
import type { Words } from '../../words/wall.ts';

export const OUTCOMES = ['approved', 'refused', 'notAccepted', 'withdrawn'] as const;

export interface OutcomePart {
  key: keyof Outcomes;
  label: string;
  value: string;
  /** Of all finished, without the sign; absent where nothing is finished. */
  share?: string;
  /** 0 to 1. */
  width: number;
}

/** The figures that are measures: those of the line since the pilot began, at its station. */
export type PilotBehind = Partial<Record<'approved' | 'accepted' | 'finished' | 'open', Behind>>;

export interface PilotView {
  behind: PilotBehind;
  approved: string;
  note: string;
  accepted: string;
  finished: string;
  open: string;
  outcomes: OutcomePart[];
}

/** Outcomes that never occurred are left out, the approved ones apart. */
export function buildPilot(data: MedicalData, words: Words): PilotView {
  const { outcomes, accepted } = data.since;
  const finished = OUTCOMES.reduce((sum, key) => sum + outcomes[key], 0);
  return {
    behind: toPilotBehind(data),
    approved: formatCount(outcomes.approved),
    note:
      data.from === undefined
        ? ''
        : words.medical.since(words.date(data.from, data.day.day), formatCount(countDays(data))),
    accepted: formatCount(accepted),
    finished: formatCount(finished),
    open: formatCount(data.open),
    outcomes: OUTCOMES.filter((key) => key === 'approved' || outcomes[key] > 0).map((key) => {
      const share = formatShare({ n: outcomes[key], of: finished });
      return {
        key,
        label: words.medical.outcomes[key],
        value: formatCount(outcomes[key]),
        ...(share === undefined ? {} : { share }),
        width: finished === 0 ? 0 : outcomes[key] / finished,
      };
    }),
  };
}

function toPilotBehind({ from, station }: MedicalData): PilotBehind {
  if (from === undefined || station === undefined) return {};
  const since = { from, station: station.id };
  return {
    approved: { term: 'medicalApproved', ...since },
    accepted: { term: 'medicalCases', ...since },
    finished: { term: 'finished', line: MEDICAL_LINE, ...since },
    open: { term: 'open', line: MEDICAL_LINE, station: station.id },
  };
}

/** Days of the calendar since the pilot began, the first one and the board's counted. */
function countDays({ from, day }: MedicalData): number {
  return from === undefined ? 0 : Math.max(1, dayNumber(day.day) - dayNumber(from) + 1);
}

export interface PaceRow {
  key: 'instant' | 'promised' | 'other';
  label: string;
  n: string;
  median: string;
  p90: string;
}

/** Of all kinds together, which no row tells apart. */
export function behindPace({ pace, from, station }: MedicalData, words: Words): Behind | undefined {
  if (from === undefined || station === undefined) return undefined;
  const n = pace.instant.n + pace.promised.n + pace.other.n;
  const value = words.medical.of(formatCount(n));
  return { term: 'turnaround', line: MEDICAL_LINE, from, station: station.id, value };
}

/** Unknown items only where there are any. */
export function buildPace({ pace }: MedicalData, words: Words): PaceRow[] {
  const keys = (['instant', 'promised', 'other'] as const).filter((key) => key !== 'other' || pace.other.n > 0);
  return keys.map((key) => {
    const spread: Spread = pace[key];
    return {
      key,
      label: words.medical.kinds[key],
      n: words.medical.of(formatCount(spread.n)),
      median: spread.medianMs === undefined ? words.none : writeWorkingTime(spread.medianMs, words),
      p90: spread.p90Ms === undefined ? words.none : writeWorkingTime(spread.p90Ms, words),
    };
  });
}

/** Working time in its largest unit: a working day has 24 hours, as promises have. */
export function writeWorkingTime(ms: number, words: Words): string {
  const { medical } = words;
  const minutes = Math.round(ms / MINUTE_MS);
  if (minutes < 1) return medical.underMinute;
  if (minutes < 60) return medical.minutes(String(minutes));
  const hours = minutes / 60;
  return hours < 24 ? medical.hours(writeTenths(hours)) : medical.days(writeTenths(hours / 24));
}

function writeTenths(value: number): string {
  return String(Math.round(value * 10) / 10);
}
