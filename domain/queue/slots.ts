/** Appointments for which somebody may take a number by themselves: by moment and item, since no ledger says whose they are. Pure. */
import type { BoardState } from '../board/state.ts';
import { dayOf, MINUTE_MS, type Zone } from '../calendar/zone.ts';
import { compareText } from '../events/event.ts';
import type { HallConfig } from '../profile/profile.ts';
import type { KioskSlot } from '../wire/kiosk.ts';

/** So early and so late; before and after that staff give the number, all day. */
const EARLY_MS = 60 * MINUTE_MS;
const LATE_MS = 30 * MINUTE_MS;
const SLOTS_SHOWN = 40;

/** What two appointments share that nobody could tell apart. */
export interface Slot {
  /** Epoch ms. */
  readonly at: number;
  readonly item?: string | undefined;
}

/** Appointments that have their number, by their ids. */
export type Numbered = Pick<ReadonlySet<string>, 'has'>;

/** One that nobody has taken a number for, the same wherever it is asked; `undefined` where there is none, or it is not near. */
export function findBooked(
  state: BoardState,
  station: string,
  { at, item }: Slot,
  numbered: Numbered,
  now: number,
): string | undefined {
  if (!isNear(at, now)) return undefined;
  return [...state.entries.appointment]
    .filter(([id, entry]) => entry.station === station && entry.at === at && entry.item === item && !numbered.has(id))
    .map(([id]) => id)
    .sort(compareText)[0];
}

/** The earliest first, each slot once; `undefined` where the station has no appointment left today. */
export function listSlots(
  { state, config, zone }: { readonly state: BoardState; readonly config: HallConfig; readonly zone: Zone },
  station: string,
  numbered: Numbered,
  now: number,
): KioskSlot[] | undefined {
  const day = dayOf(zone, now);
  const booked = [...state.entries.appointment].filter(
    ([id, entry]) => entry.station === station && entry.day === day && !numbered.has(id),
  );
  if (booked.length === 0) return undefined;
  const slots = new Map<string, KioskSlot>();
  for (const [, { at, item }] of booked) {
    if (at === undefined || !isNear(at, now)) continue;
    const name = item === undefined ? undefined : config.items.get(item)?.name;
    slots.set(`${at} ${item ?? ''}`, { at, ...(item === undefined ? {} : { item }), ...(name ? { name } : {}) });
  }
  return [...slots.values()]
    .sort((a, b) => a.at - b.at || compareText(a.item ?? '', b.item ?? ''))
    .slice(0, SLOTS_SHOWN);
}

function isNear(at: number, now: number): boolean {
  return at - EARLY_MS <= now && now <= at + LATE_MS;
}
