/** 社区: the street hall and its stations beside one another. */
import { isPoor } from '../../events/kinds.ts';
import { doesTakeTickets } from '../../measures/add-cell.ts';
import { checkSettings, isInForce, type Profile } from '../../profile/profile.ts';
import { readNameOf, sumNames } from '../cells.ts';
import { EXPLAINED } from '../parts/standing.ts';
import { checkDaysOf, checksRange, TODAY } from '../residency.ts';
import { boundMoments, isKey, REST, splitByWeight } from './bounds.ts';
import type { TodayRatings } from './data.ts';
import { kindOfCase } from './case-kind.ts';
import type { CaseKind, CheckResult, CommunitiesData, StationRow } from './data-communities.ts';
import { toSceneHead } from './head.ts';
import { countReused, nameStation, type BoardView } from './view.ts';
import { toQueue, toWaits } from './windows.ts';

/** Of each station's promises so many are told one by one, and so many moments beyond them. */
const PROMISES_SHOWN = 60;
const PROMISES_MORE = 96;

/** Open promises of a station that had passed when the day began, and those that end in it, ascending. */
interface StationPromises {
  overdueBefore: number;
  readonly dueToday: number[];
}

export function buildCommunities(view: BoardView): CommunitiesData {
  const promises = splitPromises(view);
  const { order, rest } = listStations(view, promises);
  const checkDays = checkDaysOf(view.config, view.day);
  const due = checkDays.filter((day) => isCheckDay(view, day));
  return {
    ...toSceneHead(view),
    stations: Object.fromEntries([
      ...order.map((id) => [id, toRow(view, [id], due, promises)] as const),
      ...(rest.length > 0 ? [[REST, toRow(view, rest, [], promises)] as const] : []),
    ]),
    order: rest.length > 0 ? [...order, REST] : order,
    areas: [...view.config.profile.dailyChecks],
    areaNames: nameOwnAreas(view.config.profile),
    checkDays,
  };
}

function nameOwnAreas(profile: Profile): CommunitiesData['areaNames'] {
  const own = checkSettings(profile).areas ?? [];
  const shown = own.filter(({ id }) => profile.dailyChecks.includes(id));
  return Object.fromEntries(shown.map(({ id, zh, en }) => [id, { zh, ...(en ? { en } : {}) }]));
}

/** Those in force, and any other that the day's sums name: what is left out here would be missing from the totals. */
function listStations(
  view: BoardView,
  promises: ReadonlyMap<string, StationPromises>,
): { order: string[]; rest: string[] } {
  const { config, state, day } = view;
  const order = config.profile.stations
    .filter((station) => isInForce(station, day))
    .map(({ id }) => id)
    .filter(isKey);
  const others = new Set<string>(promises.keys());
  for (const id of view.activeStations) others.add(id);
  for (const ticket of state.entries.ticket.values()) if (ticket.day === day) others.add(ticket.station);
  for (const id of order) others.delete(id);
  const weights = new Map([...others].map((id) => [id, sumNames(view.table(TODAY).at('accepted', id))]));
  // Where no station is named, as by a void of what never came, nothing of a row has happened.
  if (weights.get('') === 0) others.delete('');
  const { shown, rest } = splitByWeight(others, (id) => weights.get(id)!);
  return { order: [...order, ...shown], rest };
}

/** The row of one station, or of several as one. */
function toRow(
  view: BoardView,
  ids: readonly string[],
  due: readonly string[],
  split: ReadonlyMap<string, StationPromises>,
): StationRow {
  const { config, day } = view;
  const [id] = ids as [string];
  const isMerged = ids.length > 1;
  const load: Partial<Record<CaseKind, number>> = {};
  const open = joinPromises(ids.map((one) => split.get(one)));
  let [finishedOnTime, finishedPromised, accepted, finished] = [0, 0, 0, 0];
  const ratings: TodayRatings = {
    satisfied: { n: 0, of: 0 },
    activelySatisfied: { n: 0, of: 0 },
    byDefault: 0,
    poor: 0,
  };
  for (const one of ids) {
    const today = view.table(TODAY);
    for (const [name, n] of today.at('accepted', one)) {
      accepted += n;
      const kind = kindOfCase(readNameOf('accepted', name).channel);
      load[kind] = (load[kind] ?? 0) + n;
    }
    finished += sumNames(today.at('finished', one));
    for (const [name, n] of today.at('promised', one)) {
      finishedPromised += n;
      if (readNameOf('promised', name).kept === 'kept') finishedOnTime += n;
    }
    for (const [name, n] of today.at('score', one)) {
      const { score, kind } = readNameOf('score', name);
      addScore(ratings, Number(score), kind === 'active', n);
    }
  }
  const queues = ids.map((one) => toQueue(view, one)).filter((queue) => queue.length > 0);
  const waitingSince = queues.reduce<number | undefined>((first, [at]) => Math.min(first ?? Infinity, at!), undefined);
  const { exact, more } = boundMoments(open.dueToday, PROMISES_SHOWN, PROMISES_MORE);
  return {
    ...(isMerged ? { name: '', short: '', unknown: true, merged: ids.length } : nameStation(view, id)),
    ...countReused(view, ids),
    kind: isMerged ? 'community' : (config.stations.get(id)?.kind ?? 'community'),
    accepted,
    load,
    finished,
    ...(!isMerged && doesTakeTickets(config, id, day) ? { tickets: true } : {}),
    waiting: queues.reduce((sum, queue) => sum + queue.length, 0),
    ...(waitingSince === undefined ? {} : { waitingSince }),
    wait: toWaits(view, ids),
    promises: {
      finishedOnTime,
      finishedPromised,
      overdueBefore: open.overdueBefore,
      dueToday: exact,
      ...(more ? { dueTodayMore: more } : {}),
    },
    ratings,
    checks: readChecks(view, id, due),
  };
}

function joinPromises(all: readonly (StationPromises | undefined)[]): StationPromises {
  const known = all.filter((one) => one !== undefined);
  if (known.length === 1) return known[0]!;
  return {
    overdueBefore: known.reduce((sum, { overdueBefore }) => sum + overdueBefore, 0),
    dueToday: known.flatMap(({ dueToday }) => dueToday).sort((a, b) => a - b),
  };
}

function addScore(ratings: TodayRatings, score: number, isActive: boolean, n: number): void {
  const isSatisfied = !isPoor(score);
  ratings.satisfied.of += n;
  if (isSatisfied) ratings.satisfied.n += n;
  else ratings.poor += n;
  if (!isActive) {
    ratings.byDefault += n;
    return;
  }
  ratings.activelySatisfied.of += n;
  if (isSatisfied) ratings.activelySatisfied.n += n;
}

/** Open promises by station that have passed or end today, in one walk over the open cases. */
function splitPromises(view: BoardView): Map<string, StationPromises> {
  const split = new Map<string, StationPromises>();
  for (const { open, dueAt, station } of view.state.entries.case.values()) {
    if (!open || dueAt === undefined || dueAt >= view.endsAt) continue;
    const promises = split.get(station) ?? { overdueBefore: 0, dueToday: [] };
    split.set(station, promises);
    if (dueAt < view.startsAt) promises.overdueBefore++;
    else promises.dueToday.push(dueAt);
  }
  for (const { dueToday } of split.values()) dueToday.sort((a, b) => a - b);
  return split;
}

/** Whether checks were owed at all: before a hall's first day in the ledger nobody owed any. */
function isCheckDay(view: BoardView, day: string): boolean {
  return (view.state.days.get(day)?.openings ?? 0) > 0 || !view.table(rangeOf(view, day)).isEmpty;
}

function rangeOf(view: BoardView, day: string): string {
  return day === view.day ? TODAY : checksRange(day);
}

function readChecks(view: BoardView, id: string, due: readonly string[]): StationRow['checks'] {
  const station = view.config.stations.get(id);
  const areas: readonly string[] = view.config.profile.dailyChecks;
  const checks = new Map<string, Record<string, CheckResult>>();
  if (!station) return {};
  for (const day of due) {
    if (!isInForce(station, day) || !view.config.calendar.isWorkingDay(day, id)) continue;
    const results = new Map<string, CheckResult>();
    if (day !== view.day) for (const area of areas) results.set(area, 'missing');
    for (const [name, n] of view.table(rangeOf(view, day)).at('check', id)) {
      const cell = readNameOf('check', name);
      // Whoever explains why a check was not done has not done it.
      if (n <= 0 || !areas.includes(cell.area) || cell.result === EXPLAINED) continue;
      results.set(cell.area, cell.result === 'ok' ? 'ok' : 'issue');
    }
    checks.set(day, Object.fromEntries(results));
  }
  return Object.fromEntries(checks);
}
