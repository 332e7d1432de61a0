/** What is shown of this very moment and goes by the hall's targets, hours and stations: as it stands under one configuration. Pure. */
import { readConditions } from '../alarms/conditions.ts';
import { isHeard, readQueue, readWindow } from '../board/now.ts';
import { listMonthLamps, readFollowups, type LampFacts } from '../board/topics/followups.ts';
import { toDayHead, type BoardView } from '../board/topics/view.ts';
import { listWindows } from '../board/topics/windows.ts';
import { countLamps } from '../followups/count-lamps.ts';
import { MINUTE_MS } from '../calendar/zone.ts';
import { isInForce } from '../profile/profile.ts';
import type { ShownNow } from './effects.ts';

const HOUR_MS = 60 * MINUTE_MS;

/**
 * @param now the hall's clock, epoch ms
 * @param lamps by follow-up, those of which a lamp was lit this month
 * @param pilotApproved medical insurance cases approved at the pilot's station since it began; absent without a pilot
 */
export function readShownNow(
  view: BoardView,
  now: number,
  lamps: ReadonlyMap<string, LampFacts>,
  pilotApproved: number | undefined,
): ShownNow {
  const { config, day, state } = view;
  const { targets } = config.profile;
  const stations = config.profile.stations.filter((station) => isInForce(station, day));
  const heard = stations.filter(({ id }) => isHeard(state.heardAt.get(id), targets.unheardMinutes, now));
  const lit = countLamps(listMonthLamps(view, lamps, now).map(({ lit: { lamp }, state }) => ({ lamp, state })));
  const sum = (of: 'counts' | 'waiting' | 'excused'): number => lit.reduce((all, colour) => all + colour[of], 0);
  const soon = now + targets.dueSoonHours * HOUR_MS;
  return {
    hours: tellHours(toDayHead(view).hours),
    stations: stations.length,
    heard: heard.length,
    windows: config.profile.windows.filter((window) => isInForce(window, day)).length,
    queuesOver: [...view.queues.values()].filter((queue) => readQueue(queue, targets, now).over).length,
    windowsOver: listWindows(view).filter(
      ([id, card]) => readWindow(id, card, targets.serviceMinutes, now).state === 'over',
    ).length,
    dueSoon: [...state.entries.case.values()].filter(
      ({ open, dueAt = -Infinity }) => open && dueAt >= now && dueAt <= soon,
    ).length,
    followupsOverdue: readFollowups(view).filter(([, { due }]) => due !== undefined && due.at < now).length,
    lampsCounting: sum('counts'),
    lampsWaiting: sum('waiting'),
    lampsExcused: sum('excused'),
    alarms: readConditions(view, now, () => 0).filter(({ isOver }) => isOver !== true).length,
    pilotApproved,
  };
}

/** `09:00–12:00 14:00–18:00`; empty where the doors stay shut. */
function tellHours(hours: readonly (readonly [number, number])[]): string {
  const clock = (minute: number) =>
    [Math.floor(minute / 60), minute % 60].map((n) => String(n).padStart(2, '0')).join(':');
  return hours.map((span) => span.map(clock).join('–')).join(' ');
}
