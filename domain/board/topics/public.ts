/** 群众屏: built from a list of what may be public, never by taking things out of what may not. */
import { addDays } from '../../calendar/zone.ts';
import { STAR_KINDS } from '../../events/schema.ts';
import { addTo } from '../../measures/spread.ts';
import { toWaitRange, type WaitRange } from '../../measures/wait-range.ts';
import { isInForce, type Station } from '../../profile/profile.ts';
import { readNameOf } from '../cells.ts';
import { isQueueUntold } from '../now.ts';
import { TODAY } from '../residency.ts';
import { shorten } from './bounds.ts';
import type { PublicData, PublicQueue, PublicStation } from './data-public.ts';
import { findDuty } from './duty.ts';
import { toCalls } from './public-calls.ts';
import { hasLeft, nameLeaver } from './stars.ts';
import { nameStation, toDayHead, toHallHead, type BoardView } from './view.ts';
import { listWindows, toQueue } from './windows.ts';

const SUGGESTIONS_SHOWN = 6;

export function buildPublic(view: BoardView): PublicData {
  const { config, day } = view;
  const { supervisionTelephone } = config.profile;
  const { theme, language } = config.scenes;
  const stations = config.profile.stations.filter((station) => isInForce(station, day));
  const hall = stations.find(({ kind }) => kind === 'hall');
  const queue = hall && toPublicQueue(view, hall);
  const duty = findDuty(view);
  return {
    hall: toHallHead(view),
    day: toDayHead(view),
    display: { theme, language },
    ...(hall ? toCalls(view, hall.id) : { calls: [] }),
    ...(queue ? { queue } : {}),
    stations: stations.filter((station) => station !== hall).map((station) => toPublicStation(view, station)),
    ...findOpening(view, hall?.id),
    ...(duty ? { duty } : {}),
    notices: config.noticeboard.notices
      .filter((notice) => isInForce(notice, day))
      .map(({ zh, en }) => ({ zh, ...(en ? { en } : {}) })),
    freeServices: [...config.noticeboard.freeServices],
    stars: toLatestStars(view),
    suggestions: toAdopted(view),
    ...(supervisionTelephone ? { supervisionTelephone } : {}),
  };
}

/** A holiday and the weekends beside it are shorter than this. */
const DAYS_AHEAD = 15;

function findOpening({ config, day }: BoardView, hall: string | undefined): Pick<PublicData, 'opensNext'> {
  for (let ahead = 1; hall !== undefined && ahead <= DAYS_AHEAD; ahead++) {
    const next = addDays(day, ahead);
    const [first] = config.calendar.minutesOf(next, hall);
    if (first) return { opensNext: { day: next, minute: first[0] } };
  }
  return {};
}

function toPublicStation(view: BoardView, station: Station): PublicStation {
  const { name, short, nameEn, shortEn } = nameStation(view, station.id);
  const queue = toPublicQueue(view, station);
  return { name, short, ...(nameEn ? { nameEn } : {}), ...(shortEn ? { shortEn } : {}), ...(queue ? { queue } : {}) };
}

/** `undefined` where the station takes no tickets (yet). */
function toPublicQueue(view: BoardView, { id, ticketsFrom }: Station): PublicQueue | undefined {
  if (ticketsFrom === undefined || ticketsFrom > view.day) return undefined;
  const queue = toQueue(view, id);
  const windows = listWindows(view, id).filter(([, { status }]) => status === 'open');
  const busy = windows.filter(([, { busySince }]) => busySince !== undefined).length;
  if (isQueueUntold(queue.length, readTimes(view, id).waits.size)) return { waiting: 0, untold: true };
  const wait = readWait(view, id, queue.length);
  return {
    waiting: queue.length,
    ...(queue.length === 0 && busy < windows.length ? { free: true } : {}),
    ...(queue[0] === undefined ? {} : { oldestAt: queue[0] }),
    ...(wait ? { wait } : {}),
  };
}

/** How long whoever has so many before them at a station is likely to wait; `undefined` where too little is known. */
export function readWait(view: BoardView, station: string, ahead: number): WaitRange | undefined {
  const isBusy = ([, { status, busySince }]: ReturnType<typeof listWindows>[number]): boolean =>
    status === 'open' && busySince !== undefined;
  return toWaitRange({ ...readTimes(view, station), ahead, windows: listWindows(view, station).filter(isBusy).length });
}

/** Today's waits and times at a window of one station, ms. */
function readTimes(view: BoardView, station: string): { waits: Map<number, number>; handling: Map<number, number> } {
  const waits = new Map<number, number>();
  const handling = new Map<number, number>();
  const today = view.table(TODAY);
  for (const [name, n] of today.at('wait', station)) addTo(waits, Number(readNameOf('wait', name).waitMs), n);
  for (const [name, n] of today.at('handling', station))
    addTo(handling, Number(readNameOf('handling', name).handlingMs), n);
  return { waits, handling };
}

/** Whoever the roster does not know has no name that could be shown, and an id is nobody's business. */
function findPerson({ config, day }: BoardView, staff: string): string | undefined {
  const person = config.profile.staff.find(({ id }) => id === staff);
  return person && (hasLeft(person, day) ? nameLeaver(person.name, config.profile) : person.name);
}

function findWindow({ config }: BoardView, window: string): string | undefined {
  return config.profile.windows.find(({ id }) => id === window)?.label;
}

/** Names and citations alone: the reasons hold figures of single members of staff. */
function toLatestStars(view: BoardView): PublicData['stars'] {
  const stars = [...view.state.entries.star.values()].flatMap((star) => {
    const { month, kind, staff, window, citation, citationEn } = star;
    const name = staff === undefined ? findWindow(view, window!) : findPerson(view, staff);
    if (name === undefined) return [];
    const said = {
      ...(citation ? { citation: shorten(citation) } : {}),
      ...(citationEn ? { citationEn: shorten(citationEn) } : {}),
    };
    return [{ month, kind, name, ...said }];
  });
  const latest = stars.reduce((month, star) => (star.month > month ? star.month : month), '');
  return stars
    .filter(({ month }) => month === latest)
    .sort((a, b) => STAR_KINDS.indexOf(a.kind) - STAR_KINDS.indexOf(b.kind) || (a.name < b.name ? -1 : 1));
}

/** Without the ids under which they were filed; what several people suggested is told once, with the latest answer. */
function toAdopted({ state }: BoardView): PublicData['suggestions'] {
  const newest = [...state.entries.suggestion]
    .filter(([, { text, outcome }]) => text !== undefined && outcome === 'adopted')
    .sort(([idA, a], [idB, b]) => b.receivedAt - a.receivedAt || (idA < idB ? -1 : 1));
  const told = new Map<string, PublicData['suggestions'][number]>();
  for (const [, { text = '', answer }] of newest)
    if (!told.has(text)) told.set(text, { text: shorten(text), ...(answer ? { answer: shorten(answer) } : {}) });
  return [...told.values()].slice(0, SUGGESTIONS_SHOWN);
}
