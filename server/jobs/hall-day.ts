/** Opens and closes the hall's days in the ledger at local midnight, and makes up for days that passed without a server. */
import { addDays, dayOf, endOfDay, type Zone } from '../../domain/calendar/zone.ts';
import { dayClosedEvent, dayClosesAt, dayOpenedEvent, dayOpensAt, hoursOf } from '../../domain/calendar/hall-day.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import type { Profile } from '../../domain/profile/profile.ts';

/** Days that are made up for at most; a longer silence is no hall that was merely switched off. */
const MAX_MISSED_DAYS = 400;

export interface HallDayOptions {
  readonly profile: () => Profile;
  readonly zone: Zone;
  /** The hall's clock, epoch ms, and real milliseconds until it shows a moment. */
  readonly now: () => number;
  readonly untilMs: (at: number) => number;
  /** The latest day that was opened. */
  readonly lastOpened: () => string | undefined;
  /** Events that the ledger has already are no mistake. */
  readonly append: (events: readonly HallEvent[]) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Resolves once today is open; then goes on by itself until stopped. */
export async function startHallDays(options: HallDayOptions): Promise<{ stop: () => void }> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const turn = async (): Promise<void> => {
    await options.append(dueDays(options));
  };
  const schedule = () => {
    if (stopped) return;
    const midnight = endOfDay(options.zone, dayOf(options.zone, options.now()));
    // A clock that is set while we sleep is noticed within a minute.
    const wait = Math.min(Math.max(options.untilMs(midnight), 1), 60_000);
    timer = setTimeout(() => void turn().catch(options.onError).finally(schedule), wait);
  };
  await turn();
  schedule();
  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

/** The openings and closings that are due now and that the board has not seen. */
function dueDays({ profile, zone, now, lastOpened }: HallDayOptions): HallEvent[] {
  const hall = profile();
  const today = dayOf(zone, now());
  const last = lastOpened();
  if (last !== undefined && last >= today) return [];
  const earliest = addDays(today, -MAX_MISSED_DAYS);
  const events: HallEvent[] = [];
  for (let day = last === undefined ? today : last > earliest ? last : earliest; day <= today; day = addDays(day, 1)) {
    const hours = hoursOf(hall, day);
    if (day !== last) events.push(dayOpenedEvent(hall.hall, day, hours, dayOpensAt(zone, day)));
    if (day < today) events.push(dayClosedEvent(hall.hall, day, hours, dayClosesAt(zone, day)));
  }
  return events;
}
