/** The time that the law allows for an item, and the time that the hall promises, as the catalogue states them (spec M15, M16). */
import { DAY_MS, dayOf, type Zone } from '../calendar/zone.ts';
import { isInForce, type HallConfig, type Item } from '../profile/profile.ts';

/** The catalogue's entry where it is in force on `day`: what a case is judged by, whatever the catalogue says of other days. */
export function itemOn(config: Pick<HallConfig, 'items'>, code: string, day: string): Item | undefined {
  const item = config.items.get(code);
  return item && isInForce(item, day) ? item : undefined;
}

/** Working days as milliseconds, whole ones so that sums do not depend on their order; `undefined` where the law sets none. */
function statutoryMs({ statutoryDays }: Pick<Item, 'statutoryDays'>): number | undefined {
  return statutoryDays !== undefined && statutoryDays > 0 ? Math.round(statutoryDays * DAY_MS) : undefined;
}

function promisedMs({ promisedDays }: Pick<Item, 'promisedDays'>): number | undefined {
  return promisedDays !== undefined && promisedDays >= 0 ? Math.round(promisedDays * DAY_MS) : undefined;
}

/** Time that the law allows, and how much of it is saved; less than nothing where more was taken. */
export interface TimeSaved {
  /** Of how many cases. */
  cases: number;
  allowedMs: number;
  savedMs: number;
}

export function noTimeSaved(): TimeSaved {
  return { cases: 0, allowedMs: 0, savedMs: 0 };
}

/** Adds `n` cases for which `usedMs` was promised or taken of what the law allows for their item. */
function addTimeSaved(sums: TimeSaved, item: Item | undefined, usedMs: number | undefined, n: number): void {
  const allowed = item && statutoryMs(item);
  if (allowed === undefined || usedMs === undefined) return;
  sums.cases += n;
  sums.allowedMs += allowed * n;
  sums.savedMs += (allowed - usedMs) * n;
}

/** Spec M15: what is promised to cases accepted on `day`. */
export function addPromiseCut(
  sums: TimeSaved,
  { config, day }: { readonly config: HallConfig; readonly day: string },
  code: string,
  n: number,
): void {
  const item = itemOn(config, code, day);
  addTimeSaved(sums, item, item && promisedMs(item), n);
}

/** Spec M16: what a finished case took, judged by the day of its acceptance. */
export function addSpeedUp(
  sums: TimeSaved,
  { config, zone }: { readonly config: HallConfig; readonly zone: Zone },
  { item, acceptedAt }: { readonly item: string; readonly acceptedAt: string },
  takenMs: number,
  n: number,
): void {
  // To ask for the day of each of many cases takes longer than for what most items do not state.
  if (config.items.get(item)?.statutoryDays === undefined) return;
  addTimeSaved(sums, itemOn(config, item, dayOf(zone, Number(acceptedAt))), takenMs, n);
}

/** Two sums in working days, to four decimals: less than ten seconds. */
export function toDaysRatio({ allowedMs, savedMs }: TimeSaved): { n: number; of: number } {
  return { n: toDays(savedMs), of: toDays(allowedMs) };
}

function toDays(ms: number): number {
  // Never -0, which a file reads back as another number.
  return Math.round((ms / DAY_MS) * 10_000) / 10_000 + 0;
}
