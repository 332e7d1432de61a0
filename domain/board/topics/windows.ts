/** Windows as they stand, and those who wait for them. */
import { isInForce } from '../../profile/profile.ts';
import { cellName } from '../cells.ts';
import { TODAY } from '../residency.ts';
import { MOMENTS_SHOWN, shorten, UNKNOWN_SHOWN } from './bounds.ts';
import type { WindowCard, WindowsData } from './data.ts';
import { toDayHead, toHallHead, toSpread, type BoardView } from './view.ts';

export function buildWindows(view: BoardView): WindowsData {
  const queues = view.config.profile.stations
    .map((station) => [station.id, toQueue(view, station.id)] as const)
    .filter(([, queue]) => queue.length > 0);
  return {
    hall: toHallHead(view),
    day: toDayHead(view),
    windows: boundWindowCards(view, toWindowCards(view)),
    waiting: Object.fromEntries(queues.map(([id, queue]) => [id, queue.slice(0, MOMENTS_SHOWN)])),
    waitingMore: Object.fromEntries(
      queues
        .filter(([, queue]) => queue.length > MOMENTS_SHOWN)
        .map(([id, queue]) => [id, queue.length - MOMENTS_SHOWN]),
    ),
    wait: toSpread(view.today.wait),
    service: toSpread(view.today.service),
    tickets: view.today.tickets,
    thresholds: view.config.profile.targets,
  };
}

/** Cards by window id: those that the profile has in force, and any other that an event named. `only` keeps one station's. */
export function toWindowCards(view: BoardView, only?: string): Record<string, WindowCard> {
  const { state, config, day } = view;
  const busy = new Map<string, number>();
  for (const ticket of state.entries.ticket.values()) {
    if (!ticket.serving || ticket.window === undefined || ticket.day !== day) continue;
    busy.set(ticket.window, Math.min(ticket.since, busy.get(ticket.window) ?? Infinity));
  }
  const labels = new Map<string, { label: string; station: string }>();
  for (const window of config.profile.windows)
    if (isInForce(window, day)) labels.set(window.id, { label: window.label, station: window.station });
  for (const [id, entry] of state.entries.window)
    if (!labels.has(id)) labels.set(id, { label: id, station: entry.station });

  const cards = new Map<string, WindowCard>();
  for (const [id, { label, station }] of labels) {
    if (only !== undefined && station !== only) continue;
    const entry = state.entries.window.get(id);
    const servedToday =
      view
        .table(TODAY)
        .get(station)
        ?.get(cellName('window', id, 'served')) ?? 0;
    const busySince = busy.get(id);
    cards.set(id, {
      label,
      station,
      status: entry?.status ?? (busySince !== undefined || servedToday > 0 ? 'open' : 'closed'),
      ...(entry ? { since: entry.since } : {}),
      ...(entry?.reason ? { reason: shorten(entry.reason) } : {}),
      ...(busySince === undefined ? {} : { busySince }),
      servedToday,
    });
  }
  return Object.fromEntries(cards);
}

/** Since when those who wait at the station do so, ascending. */
export function toQueue({ queues }: BoardView, station: string): readonly number[] {
  return queues.get(station) ?? [];
}

/** For the wire: those of the profile, and of the others the latest that changed. */
export function boundWindowCards({ config }: BoardView, cards: Record<string, WindowCard>): Record<string, WindowCard> {
  const known = new Set(config.profile.windows.map(({ id }) => id));
  const entries = Object.entries(cards);
  const others = entries
    .filter(([id]) => !known.has(id))
    .sort(([idA, a], [idB, b]) => (b.since ?? 0) - (a.since ?? 0) || (idA < idB ? -1 : 1));
  return Object.fromEntries([...entries.filter(([id]) => known.has(id)), ...others.slice(0, UNKNOWN_SHOWN)]);
}
