/** When plans are due: moments by the hall's clock, each with the period that is over then. Pure: moments are arguments. */
import { Cron } from 'croner';
import { periodBefore, periodOf } from '../brief/periods.ts';
import { addDays, dayOf, DAY_MS, type Zone } from '../calendar/zone.ts';
import type { Span } from '../measures/build.ts';
import { isInForce } from '../profile/in-force.ts';
import type { Plan, SentKind } from './document.ts';

export interface Slot {
  /** Of the plan and the period, whatever the clock shows: a plan that is moved by an hour is not due twice. */
  readonly id: string;
  readonly plan: Plan;
  /** Epoch ms. */
  readonly at: number;
  readonly span: Span;
}

/** So many days behind its moment a report is still sent; an older one is said to be missed. */
export const LATE_DAYS: Readonly<Record<SentKind, number>> = { day: 3, week: 7, month: 14, quarter: 31, year: 31 };
/** So many days back slots are looked for, so that each that was missed is said to be: what is seldom, farther back. */
export const LOOK_BACK_DAYS: Readonly<Record<SentKind, number>> = {
  day: 62,
  week: 186,
  month: 370,
  quarter: 370,
  year: 740,
};

/** The days of the week and of the year on which a kind is due, as cron has them. */
function daysOf({ kind, weekday, monthDay }: Plan): string {
  switch (kind) {
    case 'day':
      return '* * *';
    case 'week':
      return `* * ${weekday % 7}`;
    case 'month':
      return `${monthDay} * *`;
    case 'quarter':
      return `${monthDay} 1,4,7,10 *`;
    case 'year':
      return `${monthDay} 1 *`;
  }
}

/**
 * The slots of a plan with `after` < at ≤ `until` (epoch ms), the earliest first. Where a change of the clock skips a
 * slot's minute it is the moment behind the gap; where the minute comes twice, the first.
 */
export function slotsBetween(plan: Plan, zone: Zone, after: number, until: number): Slot[] {
  const slots: Slot[] = [];
  for (const slot of slotsAfter(plan, zone, after)) {
    if (slot.at > until) break;
    slots.push(slot);
  }
  return slots;
}

/** The first slot behind `after`; `undefined` where the plan has ended. */
export function nextSlot(plan: Plan, zone: Zone, after: number): Slot | undefined {
  for (const slot of slotsAfter(plan, zone, after)) return slot;
  return undefined;
}

function* slotsAfter(plan: Plan, zone: Zone, after: number): Generator<Slot, void> {
  const [hour, minute] = plan.at.split(':').map(Number);
  const cron = new Cron(`0 ${minute} ${hour} ${daysOf(plan)}`, { timezone: zone.name, paused: true });
  // Before its first day nothing is due.
  const begin = Math.max(after, Date.parse(`${addDays(plan.from, -2)}T00:00:00Z`));
  for (let next = cron.nextRun(new Date(begin)); next; next = cron.nextRun(next)) {
    const at = next.getTime();
    const day = dayOf(zone, at);
    if (plan.until !== undefined && day > plan.until) return;
    if (!isInForce(plan, day)) continue;
    const span = periodBefore(plan.kind, periodOf(plan.kind, day));
    yield { id: `${span.to}:${plan.kind}:${plan.id}`, plan, at, span };
  }
}

/** Whether a slot is too old to be sent at `now`. */
export function isTooLate({ kind, at }: { readonly kind: SentKind; readonly at: number }, now: number): boolean {
  return now - at > LATE_DAYS[kind] * DAY_MS;
}
