/** Lamps at a follow-up's deadline and what the hall reminds of: which are due, which stand, and which count (spec U5, U6). Pure. */
import type { FollowupEntry, LitLamp } from '../board/entries.ts';
import { closeAfter, openAfter, openMs, type HoursOn } from '../calendar/working-hours.ts';
import type { Zone } from '../calendar/zone.ts';
import { LAMPS, type Lamp } from '../events/schema.ts';
import type { FollowupSettings, LampSettings } from '../profile/followups.ts';

const HOUR_MS = 3_600_000;
/** Beyond a year after its deadline nobody is reminded by steps any more. */
const MOST_MS = 366 * 24 * HOUR_MS;

/** No run of days off makes a deadline near that is so far: its hours need not be counted. */
const FAR_MS = MOST_MS / 2;

export interface WorkingTime {
  readonly zone: Zone;
  readonly hoursOn: HoursOn;
}

/** What the hall itself has to say of a follow-up at a moment. */
export interface Due {
  readonly lamps: readonly Lamp[];
  /** Of several steps that have passed unsaid only the last is worth saying. */
  readonly step?: number;
}

/**
 * What is due of an open follow-up and was not said yet. One that was submitted waits for somebody else, and lights
 * nothing. Of a hall that was away all lamps that are due are lit at once, but blue no longer behind the deadline.
 * @param term its deadline, epoch ms, as `now`
 */
export function readDue(
  entry: FollowupEntry,
  term: number,
  now: number,
  settings: FollowupSettings,
  { zone, hoursOn }: WorkingTime,
): Due {
  if (entry.submitted) return { lamps: [] };
  const { blueHours, redDays } = settings.lamps;
  const isLit = (lamp: Lamp): boolean => standing(entry, term).some((one) => one.lamp === lamp);
  if (now <= term) {
    if (term - now > FAR_MS || blueHours === 0 || isLit('blue')) return { lamps: [] };
    const nearMs = blueHours * HOUR_MS;
    const leftMs = openMs(zone, hoursOn, now, term, nearMs);
    const isNear = leftMs <= nearMs && leftMs <= openMs(zone, hoursOn, entry.openedAt, term) / 2;
    return { lamps: isNear ? ['blue'] : [] };
  }
  const lamps: Lamp[] = [];
  if (!isLit('yellow')) lamps.push('yellow');
  if (!isLit('red') && now > closeAfter(zone, hoursOn, term, redDays)) lamps.push('red');
  if (now - term > MOST_MS) return { lamps };
  const said = entry.steps?.filter((one) => one.term === term).map((one) => one.step) ?? [];
  const step = settings.reminderDays
    .filter((days) => days > Math.max(0, ...said) && now >= openAfter(zone, hoursOn, term, days))
    .reduce((most, days) => Math.max(most, days), 0);
  return { lamps, ...(step === 0 ? {} : { step }) };
}

/** The colour of the gravest of some lamps. */
export function gravest(lamps: readonly Pick<LitLamp, 'lamp'>[]): Lamp | undefined {
  return LAMPS.findLast((lamp) => lamps.some((one) => one.lamp === lamp));
}

/** The lamps of the deadline as it is now: those of one that has moved are left behind. */
export function standing({ lamps = [] }: Pick<FollowupEntry, 'lamps'>, term: number | undefined): readonly LitLamp[] {
  return lamps.filter((one) => one.term === term);
}

/**
 * `reminder`: it counts nothing. `asked`: its cause is awaited. `given`: a cause waits for a decision. `excused`: the
 * cause holds. `counts`: no cause came in time, or it does not hold.
 */
export type LampState = 'reminder' | 'asked' | 'given' | 'excused' | 'counts';

export function stateOfLamp(
  { lamp, at, causeAt, counts }: LitLamp,
  now: number,
  { causeHours, counted }: LampSettings,
  { zone, hoursOn }: WorkingTime,
): LampState {
  if (!counted.includes(lamp)) return 'reminder';
  if (counts !== undefined) return counts ? 'counts' : 'excused';
  const given = causeHours * HOUR_MS;
  const isInTime = (until: number): boolean => openMs(zone, hoursOn, at, until, given) <= given;
  if (causeAt !== undefined && isInTime(causeAt)) return 'given';
  return isInTime(now) ? 'asked' : 'counts';
}
