/** What a kiosk shows before a number is taken, and how long its taker is likely to wait. Pure. */
import { toHallHead, type BoardView } from '../board/topics/view.ts';
import { readWait } from '../board/topics/public.ts';
import { dayOf, MINUTE_MS, momentOf } from '../calendar/zone.ts';
import { isInForce, stationNames } from '../profile/profile.ts';
import type { KioskLine, KioskState, MinuteSpan } from '../wire/kiosk.ts';
import { listSlots, type Numbered } from './slots.ts';
import { isQueueOpen, readStation } from './station.ts';

/**
 * @param isOwn whether the hall itself gives the station's numbers
 * @param numbered of today
 * @param now the hall's clock, epoch ms
 * @returns `undefined` where the profile has no such station
 */
export function buildKiosk(
  view: BoardView,
  station: string,
  isOwn: boolean,
  numbered: Numbered,
  now: number,
): KioskState | undefined {
  const { config, state, zone } = view;
  const known = config.stations.get(station);
  if (!known) return undefined;
  const day = dayOf(zone, now);
  const { timeZone, ...hall } = toHallHead(view);
  const { zh, en } = stationNames(known, day);
  const appointments = listSlots(view, station, numbered, now);
  return {
    hall,
    station: zh,
    ...(en ? { stationEn: en } : {}),
    timeZone,
    now,
    ...(isOwn ? readDoor(view, station, now) : { state: 'foreign' }),
    waiting: readStation(state, config, station, day, true).waiting.length,
    lines: listLines(view, station, day),
    ...(appointments && { appointments }),
  };
}

function readDoor(view: BoardView, station: string, now: number): Pick<KioskState, 'state' | 'opensAt'> {
  const { config, state, zone } = view;
  if (isQueueOpen(state, config, zone, station, now)) return { state: 'open' };
  const day = dayOf(zone, now);
  const opensAt = config.calendar
    .minutesOf(day, station)
    .map(([from]) => momentOf(zone, day, from))
    .find((at) => at > now && isQueueOpen(state, config, zone, station, at));
  return opensAt === undefined ? { state: 'over' } : { state: 'early', opensAt };
}

/** Lines that a window of the station serves; a window that names none serves all. */
function listLines({ config }: BoardView, station: string, day: string): KioskLine[] {
  const windows = config.profile.windows.filter((window) => window.station === station && isInForce(window, day));
  return config.catalogue.lines
    .filter(({ id }) => windows.some(({ lines }) => lines === undefined || lines.includes(id)))
    .map(({ id, name }) => ({ id, name }));
}

/** In whole minutes, rounded outwards; `undefined` where today has too few calls to say. */
export function waitOf(view: BoardView, station: string, ahead: number): MinuteSpan | undefined {
  const wait = readWait(view, station, ahead);
  if (!wait) return undefined;
  const low = Math.floor(wait.lowMs / MINUTE_MS);
  return { low, high: Math.max(low + 1, Math.ceil(wait.highMs / MINUTE_MS)) };
}
