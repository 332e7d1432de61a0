/** Today beside a usual day of the same weekday, and the questions that were answered. */
import type { Consultations, MedicalData } from '../../../domain/board/topics/data-medical.ts';
import { formatCount } from '../../../domain/measures/numbers.ts';
import { MEDICAL_LINE } from '../../../domain/measures/medical-line.ts';
import type { Behind } from '../../ui/behind.ts';
import type { Words } from '../../words/wall.ts';
import { isOver, weekdayName, type Moment } from '../moment.ts';

export interface TodayView {
  label: string;
  value: string;
  behind?: Behind;
  /** Parts of the bar's full length: what was accepted, and where a usual day stands at this moment. */
  bar?: { today: number; usualNow?: number };
  usual: { label: string; value: string }[];
  notes: string[];
}

export function buildToday(data: MedicalData, moment: Moment, words: Words): TodayView {
  const { medical } = words;
  const { accepted } = data.today;
  const { day } = data.day;
  const weekday = weekdayName(day, words);
  const isPast = moment.phase === 'past';
  const notes: string[] = [];
  if (moment.phase === 'off') notes.push(medical.dayOff);
  else if (data.usual.days === 0) notes.push(medical.noUsual);
  else notes.push(medical.usualOf(data.usual.days, weekday));
  if (data.elsewhere > 0) notes.push(medical.elsewhere(formatCount(data.elsewhere)));
  const base = {
    label: isPast ? medical.acceptedOn(words.date(day)) : medical.today,
    value: formatCount(accepted),
    ...(data.station ? { behind: { term: 'medicalCases' as const, station: data.station.id } } : {}),
    notes,
  };
  if (data.usual.days === 0 || moment.phase === 'off') return { ...base, usual: [] };
  const whole = usualBy(data.usual, 1440);
  const over = isOver(moment);
  const now = usualBy(data.usual, moment.minute);
  const scale = Math.max(whole, accepted, 1);
  const wholeDay = { label: medical.usualDay(weekday), value: writeMean(whole) };
  return {
    ...base,
    bar: { today: accepted / scale, usualNow: (over ? whole : now) / scale },
    usual: over ? [wholeDay] : [{ label: medical.usualNow(weekday), value: writeMean(now) }, wholeDay],
  };
}

/** What a usual day has accepted by a minute of the day: whole slots, and the running one by its share. */
export function usualBy({ slotMinutes, slots }: MedicalData['usual'], minute: number): number {
  return Object.entries(slots).reduce((sum, [slot, mean]) => {
    const elapsed = (minute - Number(slot) * slotMinutes) / slotMinutes;
    return sum + mean * Math.min(Math.max(elapsed, 0), 1);
  }, 0);
}

/** A mean with one decimal: of few cases the half of one matters. */
function writeMean(mean: number): string {
  return mean < 100 ? mean.toFixed(1) : formatCount(mean);
}

export interface ConsultationRow {
  key: 'visit' | 'phone' | 'sum';
  label: string;
  today: string;
  since: string;
  behind?: Readonly<Record<'today' | 'since', Behind>>;
}

export function buildConsultations({ today, since, from, station }: MedicalData, words: Words): ConsultationRow[] {
  const { medical } = words;
  const sum = ({ visit, phone }: Consultations) => visit + phone;
  const row = (key: ConsultationRow['key'], label: string, read: (counts: Consultations) => number) => {
    return {
      key,
      label,
      today: formatCount(read(today.consultations)),
      since: formatCount(read(since.consultations)),
      ...(from === undefined || station === undefined ? {} : { behind: toBehind(key, from, station.id) }),
    };
  };
  return [
    row('visit', medical.visit, ({ visit }) => visit),
    row('phone', medical.phone, ({ phone }) => phone),
    row('sum', medical.sum, sum),
  ];
}

/** Of the line, at the pilot's station. */
function toBehind(key: ConsultationRow['key'], from: string, station: string): ConsultationRow['behind'] {
  const today: Behind =
    key === 'sum'
      ? { term: 'medicalConsultations', station }
      : { term: `consultations.${key}`, line: MEDICAL_LINE, station };
  return { today, since: { ...today, from } };
}
