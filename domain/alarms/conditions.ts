/** What is wrong in the hall at a moment: every condition that an alarm could be raised for (spec A1 to A7). */
import { readQueue, readWindow } from '../board/now.ts';
import type { AlarmEntry, AlarmReading } from '../board/entries.ts';
import { readNameOf } from '../board/cells.ts';
import { TODAY } from '../board/residency.ts';
import { listWindows, toQueue } from '../board/topics/windows.ts';
import type { BoardView } from '../board/topics/view.ts';
import { openMs } from '../calendar/working-hours.ts';
import { DAY_MS, MINUTE_MS } from '../calendar/zone.ts';
import { isPoor } from '../events/kinds.ts';
import { alarmSettings, isInForce, type AlarmKind, type Station } from '../profile/profile.ts';
import { proposeForQueue } from './proposal.ts';

const HOUR_MS = 60 * MINUTE_MS;
/** What is older than this is stale without counting its hours: no run of days off is as long. */
const LONG_AGO_MS = 31 * DAY_MS;
/** More stations than this that fall silent together are one thing that is wrong. */
export const STATIONS_APART = 3;
const SEVERAL = 'several';
/** A poor rating has so long to get its follow-up from whoever keeps those. */
const FOLLOWUP_GRACE_SECONDS = 600;

export interface AlarmCondition {
  /** `kind:subject`: the same thing being wrong has the same key. */
  readonly key: string;
  readonly kind: AlarmKind;
  readonly station: string;
  /** The id of what it is about. */
  readonly subject: string;
  readonly window?: string;
  /** Since when it has been so, epoch ms, where the board knows. */
  readonly since?: number;
  /** The one action proposed: a code, or `open-window:ID`. */
  readonly proposal: string;
  readonly reading: AlarmReading;
  /** How long it must hold before it is an alarm, where that is longer than usual. */
  readonly settleSeconds?: number;
  /** It is still so, and has been an alarm for long enough. */
  readonly isOver?: true;
}

/** People an hour at a station, as `arrivalsPerHour` has it. */
export type Arrivals = (station: string) => number;

/** The conditions that hold at `now` (epoch ms), of the kinds that the profile has on. */
export function readConditions(view: BoardView, now: number, arrivals: Arrivals): AlarmCondition[] {
  const { kinds } = alarmSettings(view.config.profile);
  return [
    ...readWindowsOvertime(view, now),
    ...readQueues(view, now, arrivals),
    ...readPoorRatings(view, now),
    ...readUnheard(view, now),
    ...readTerminals(view, now),
    ...readLapsing(view, now),
  ].filter(({ kind }) => kinds[kind] ?? true);
}

/** What the waits at a station are. */
function readWaits(view: BoardView, station: string, now: number): AlarmReading {
  const { waiting, longestMinutes } = readQueue(toQueue(view, station), view.config.profile.targets, now);
  return { waiting, longestMinutes: longestMinutes ?? 0 };
}

/** What an alarm is read as when it ends: the waits at its station, and how many things it still stands for. */
export function readReading(view: BoardView, { kind, subject, station }: AlarmEntry, now: number): AlarmReading {
  const standing = readConditions(view, now, () => 0).find((one) => one.kind === kind && one.subject === subject);
  return standing?.reading ?? readWaits(view, station, now);
}

/** Of one kind, about one thing. */
function toCondition(
  view: BoardView,
  now: number,
  of: Pick<AlarmCondition, 'kind' | 'station' | 'subject' | 'proposal'> & Partial<AlarmCondition> & { things?: number },
): AlarmCondition {
  const { things, ...rest } = of;
  const reading = { ...readWaits(view, of.station, now), ...(things === undefined ? {} : { things }) };
  return { key: `${of.kind}:${of.subject}`, reading, ...rest };
}

function readWindowsOvertime(view: BoardView, now: number): AlarmCondition[] {
  const { serviceMinutes } = view.config.profile.targets;
  return listWindows(view)
    .filter(([id, card]) => readWindow(id, card, serviceMinutes, now).state === 'over')
    .sort(([idA, a], [idB, b]) => (a.label < b.label ? -1 : a.label > b.label ? 1 : idA < idB ? -1 : 1))
    .map(([id, { station, busySince }]) =>
      toCondition(view, now, {
        kind: 'window-overtime',
        station,
        subject: id,
        window: id,
        proposal: 'send-lead',
        ...(busySince === undefined ? {} : { since: busySince }),
      }),
    );
}

function readQueues(view: BoardView, now: number, arrivals: Arrivals): AlarmCondition[] {
  const { targets } = view.config.profile;
  return [...view.queues]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([station, queue]) => {
      if (!readQueue(queue, targets, now).over) return [];
      const proposal = proposeForQueue(view, station, arrivals(station));
      return [toCondition(view, now, { kind: 'queue', station, subject: station, since: queue[0]!, proposal })];
    });
}

/** Follow-ups of poor ratings while they are fresh, and poor ratings of today that have no follow-up. */
function readPoorRatings(view: BoardView, now: number): AlarmCondition[] {
  const { profile } = view.config;
  const lastsMs = alarmSettings(profile).ratingHours * HOUR_MS;
  const places = new Map<string | undefined, (from: number) => boolean>();
  const isStale = (from: number, station: string): boolean => {
    // Stations that the calendar does not tell apart have the same hours.
    const place = view.config.calendar.placeOf(station);
    let judge = places.get(place);
    if (!judge) {
      judge = rememberOrder((at) => now - at > LONG_AGO_MS || openFor(view, at, now, station) >= lastsMs);
      places.set(place, judge);
    }
    return judge(from);
  };
  const open = openAlarms(view, 'poor-rating');
  const common = { kind: 'poor-rating' as const, proposal: 'call-back' };
  const conditions: AlarmCondition[] = [];
  for (const [id, { about, station, openedAt }] of view.state.entries.followup) {
    if (about !== 'rating') continue;
    const stale = isStale(openedAt, station);
    if (stale && !open.has(id)) continue;
    const over = stale ? { isOver: true as const } : {};
    conditions.push(toCondition(view, now, { ...common, station, subject: id, since: openedAt, ...over }));
  }
  for (const [station, things] of countUnfollowed(view)) {
    const raisedAt = open.get(station);
    const over = raisedAt !== undefined && isStale(raisedAt, station) ? { isOver: true as const } : {};
    const settleSeconds = FOLLOWUP_GRACE_SECONDS;
    conditions.push(toCondition(view, now, { ...common, station, subject: station, things, settleSeconds, ...over }));
  }
  return conditions;
}

/** Of a question that is true up to some moment and false after it: of many moments only a few are asked about. */
function rememberOrder(isSo: (at: number) => boolean): (at: number) => boolean {
  let [last, first] = [-Infinity, Infinity];
  return (at) => {
    if (at <= last || at >= first) return at <= last;
    const so = isSo(at);
    if (so) last = at;
    else first = at;
    return so;
  };
}

/** Stations with more poor first-round ratings today than follow-ups opened about ratings, and how many more. */
function countUnfollowed(view: BoardView): [station: string, things: number][] {
  const found: [string, number][] = [];
  const today = view.table(TODAY);
  for (const [station, scores] of today.of('score')) {
    let things = 0;
    for (const [name, n] of scores) if (isPoor(readNameOf('score', name).score)) things += n;
    for (const [name, n] of today.at('followup', station)) {
      const { step, about } = readNameOf('followup', name);
      if (step === 'opened' && about === 'rating') things -= n;
    }
    if (things > 0) found.push([station, things]);
  }
  return found.sort(([a], [b]) => (a < b ? -1 : 1));
}

/** Only opening hours count: nobody expects word from a station at night. One never heard from is not connected yet. */
export function listSilent(view: BoardView, now: number): Station[] {
  const { profile } = view.config;
  const limitMs = profile.targets.unheardMinutes * MINUTE_MS;
  return profile.stations.filter((station) => {
    const heardAt = view.state.heardAt.get(station.id);
    if (heardAt === undefined || !isInForce(station, view.day)) return false;
    return openFor(view, Math.max(heardAt, view.startsAt), now, station.id) > limitMs;
  });
}

function readUnheard(view: BoardView, now: number): AlarmCondition[] {
  const silent = listSilent(view, now);
  const common = { kind: 'station-unheard' as const, proposal: 'call-station' };
  const toSingle = ({ id }: Station) =>
    toCondition(view, now, { ...common, station: id, subject: id, since: view.state.heardAt.get(id)! });
  // What is told already is not told again in another grouping: it would end as well while it is not.
  const open = openAlarms(view, 'station-unheard');
  const told = silent.filter(({ id }) => open.has(id));
  const rest = silent.filter(({ id }) => !open.has(id));
  const hall = mainStation(view);
  const isOne = rest.length > STATIONS_APART || (rest.length > 0 && open.has(SEVERAL));
  if (!isOne || hall === undefined) return silent.map(toSingle);
  const several = toCondition(view, now, { ...common, station: hall, subject: SEVERAL, things: rest.length });
  return [several, ...told.map(toSingle)];
}

/** Of one kind, by what they are about: when they were raised. */
function openAlarms(view: BoardView, of: AlarmKind): Map<string, number> {
  const open = new Map<string, number>();
  for (const { kind, subject, raisedAt, endedAt } of view.state.entries.alarm.values())
    if (kind === of && subject !== undefined && endedAt === undefined) open.set(subject, raisedAt);
  return open;
}

function readTerminals(view: BoardView, now: number): AlarmCondition[] {
  return [...view.state.entries.terminal]
    .filter(([, { status }]) => status !== 'working')
    .map(([id, { station, status, since }]) => {
      const proposal = status === 'broken' ? 'repair-terminal' : 'refill-paper';
      return toCondition(view, now, { kind: 'terminal-broken', station, subject: id, since, proposal });
    });
}

/** One alarm for the whole hall: a list of cases belongs on the desk, not on a wall. */
function readLapsing(view: BoardView, now: number): AlarmCondition[] {
  const { profile } = view.config;
  const { lapsingHours } = alarmSettings(profile);
  const hall = mainStation(view);
  if (hall === undefined || lapsingHours === 0) return [];
  const soonMs = lapsingHours * HOUR_MS;
  const farthest = now + profile.targets.dueSoonHours * HOUR_MS;
  const isSoon = new Map<number, boolean>();
  let things = 0;
  for (const { open, dueAt } of view.state.entries.case.values()) {
    if (!open || dueAt === undefined || dueAt < now || dueAt > farthest) continue;
    // Promises end at a few moments of the day: each is looked at once.
    let soon = isSoon.get(dueAt);
    if (soon === undefined) isSoon.set(dueAt, (soon = openFor(view, now, dueAt) <= soonMs));
    if (soon) things++;
  }
  if (things === 0) return [];
  return [
    toCondition(view, now, { kind: 'promise-lapsing', station: hall, subject: hall, proposal: 'hasten', things }),
  ];
}

/** Milliseconds of [`from`, `to`) in which the doors of a station are open, of the hall's where none is named (A7). */
export function openFor(view: BoardView, from: number, to: number, station = mainStation(view)): number {
  const { calendar } = view.config;
  return openMs(view.zone, (day) => calendar.minutesOf(day, station), from, to);
}

function mainStation(view: BoardView): string | undefined {
  return view.config.profile.stations.find(({ kind }) => kind === 'hall')?.id;
}
