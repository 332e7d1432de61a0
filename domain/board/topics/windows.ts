/** Windows as they stand, and those who wait for them. */
import { addTo, toSpreadMs } from '../../measures/spread.ts';
import { isInForce } from '../../profile/profile.ts';
import { cellName, readNameOf } from '../cells.ts';
import { TODAY } from '../residency.ts';
import { fitCards, isKey, MOMENTS_SHOWN, shorten, UNKNOWN_SHOWN } from './bounds.ts';
import type { Spread, WindowCard, WindowsData, WindowsMore } from './data.ts';
import { nameUnknown, perView, toDayHead, toHallHead, toSpread, type BoardView } from './view.ts';

type Card = readonly [id: string, card: WindowCard];

export function buildWindows(view: BoardView): WindowsData {
  const stations = view.config.profile.stations.map(({ id }) => id).filter(isKey);
  const queues = stations
    .map((station) => [station, toQueue(view, station)] as const)
    .filter(([, queue]) => queue.length > 0);
  const count = (found: Iterable<readonly number[]>) => [...found].reduce((sum, { length }) => sum + length, 0);
  const elsewhere = count(view.queues.values()) - count(queues.map(([, queue]) => queue));
  return {
    hall: toHallHead(view),
    day: toDayHead(view),
    ...boundWindows(view, listWindows(view)),
    waiting: Object.fromEntries(queues.map(([id, queue]) => [id, queue.slice(0, MOMENTS_SHOWN)])),
    waitingMore: Object.fromEntries(
      queues
        .filter(([, queue]) => queue.length > MOMENTS_SHOWN)
        .map(([id, queue]) => [id, queue.length - MOMENTS_SHOWN]),
    ),
    ...(elsewhere > 0 ? { waitingElsewhere: elsewhere } : {}),
    wait: toSpread(view.today.wait),
    service: toSpread(view.today.service),
    tickets: view.today.tickets,
    thresholds: view.config.profile.targets,
  };
}

/** The windows, of one station where it is given: those that the profile has in force, and any other that an event named. */
export function listWindows(view: BoardView, station?: string): readonly Card[] {
  const found = readWindows(view);
  return station === undefined ? [...found.values()].flat() : (found.get(station) ?? []);
}

/** For the wire, by id: those of the profile, and of the others those that matter most; the rest as counts. */
export function boundWindows(
  { config }: BoardView,
  cards: readonly Card[],
): Pick<WindowsData, 'windows' | 'windowsMore'> {
  const known = new Set(config.profile.windows.map(({ id }) => id).filter(isKey));
  const others = cards.filter(([id]) => !known.has(id)).sort(compareWindows);
  const { shown, rest } = fitCards(others, (card) => card, UNKNOWN_SHOWN);
  return {
    windows: Object.fromEntries([...cards.filter(([id]) => known.has(id)), ...shown]),
    ...(rest.length > 0 ? { windowsMore: countStates(rest) } : {}),
  };
}

/** Somebody is at it, the longest first; it is open; it is paused; and the one that served more. */
function compareWindows([idA, a]: Card, [idB, b]: Card): number {
  const statuses = ['open', 'paused', 'closed'];
  return (
    (a.busySince ?? Infinity) - (b.busySince ?? Infinity) ||
    statuses.indexOf(a.status) - statuses.indexOf(b.status) ||
    b.servedToday - a.servedToday ||
    (idA < idB ? -1 : 1)
  );
}

function countStates(cards: readonly Card[]): WindowsMore {
  const counts: WindowsMore = { busy: 0, idle: 0, paused: 0, closed: 0 };
  for (const [, { status, busySince }] of cards) {
    if (status !== 'closed' && busySince !== undefined) counts.busy++;
    else if (status === 'open') counts.idle++;
    else counts[status]++;
  }
  return counts;
}

/** Every window by its station. */
const readWindows = perView((view): ReadonlyMap<string, readonly Card[]> => {
  const { state, config, day } = view;
  const busy = new Map<string, number>();
  for (const ticket of state.entries.ticket.values()) {
    if (ticket.stage !== 'serving' || ticket.window === undefined || ticket.day !== day) continue;
    busy.set(ticket.window, Math.min(ticket.since, busy.get(ticket.window) ?? Infinity));
  }
  const labels = new Map<string, { label: string; station: string }>();
  for (const window of config.profile.windows)
    if (isInForce(window, day)) labels.set(window.id, { label: window.label, station: window.station });
  for (const [id, entry] of state.entries.window)
    if (!labels.has(id)) labels.set(id, { label: nameUnknown(id), station: entry.station });

  const today = view.table(TODAY);
  const found = new Map<string, Card[]>();
  for (const [id, { label, station }] of labels) {
    const entry = state.entries.window.get(id);
    const servedToday = today.at('window', station).get(cellName('window', id, 'served')) ?? 0;
    const busySince = busy.get(id);
    const card: WindowCard = {
      label,
      station,
      status: entry?.status ?? (busySince !== undefined || servedToday > 0 ? 'open' : 'closed'),
      ...(entry ? { since: entry.since } : {}),
      ...(entry?.reason ? { reason: shorten(entry.reason) } : {}),
      ...(busySince === undefined ? {} : { busySince }),
      servedToday,
    };
    const others = found.get(station);
    if (others) others.push([id, card]);
    else found.set(station, [[id, card]]);
  }
  return found;
});

/** How long those called today at the stations had waited (M7). */
export function toWaits(view: BoardView, stations: readonly string[]): Spread {
  const waits = new Map<number, number>();
  for (const station of stations)
    for (const [name, n] of view.table(TODAY).at('wait', station))
      addTo(waits, Number(readNameOf('wait', name).waitMs), n);
  return toSpread(toSpreadMs(waits));
}

/** Since when those who wait at the station do so, ascending. */
export function toQueue({ queues }: BoardView, station: string): readonly number[] {
  return queues.get(station) ?? [];
}
