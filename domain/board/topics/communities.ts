/** 社区: the street hall and its stations beside one another. */
import { toSpreadMs } from '../../measures/spread.ts';
import { isDayBound, MEDICAL_LINE } from '../../measures/sums.ts';
import { doesTakeTickets } from '../../measures/build.ts';
import { isInForce, lineOf } from '../../profile/profile.ts';
import { cellParts } from '../cells.ts';
import { checkDaysOf, checksRange, TODAY } from '../residency.ts';
import type { TodayRatings } from './data.ts';
import type { CaseKind, CheckResult, CommunitiesData, StationRow } from './data-communities.ts';
import { toSceneHead } from './head.ts';
import { nameStation, toSpread, type BoardView } from './view.ts';
import { toQueue } from './windows.ts';

type StationPromises = StationRow['promises'];

export function buildCommunities(view: BoardView): CommunitiesData {
  const promises = splitPromises(view);
  const order = listStations(view, promises);
  const checkDays = checkDaysOf(view.day);
  const due = checkDays.filter((day) => isCheckDay(view, day));
  return {
    ...toSceneHead(view),
    stations: Object.fromEntries(order.map((id) => [id, toRow(view, id, due, promises.get(id))])),
    order,
    areas: [...view.config.profile.dailyChecks],
    checkDays,
  };
}

/** Those in force, and any other that the day's sums name: what is left out here would be missing from the totals. */
function listStations(view: BoardView, promises: ReadonlyMap<string, unknown>): string[] {
  const { config, state, day } = view;
  const order = config.profile.stations.filter((station) => isInForce(station, day)).map(({ id }) => id);
  const others = new Set<string>(promises.keys());
  for (const [id, names] of view.table(TODAY)) if ([...names.keys()].some(isDayBound)) others.add(id);
  for (const ticket of state.entries.ticket.values()) if (ticket.day === day) others.add(ticket.station);
  for (const id of ['', ...order]) others.delete(id);
  return [...order, ...[...others].sort()];
}

function toRow(view: BoardView, id: string, due: readonly string[], open: StationPromises | undefined): StationRow {
  const { config, day } = view;
  const waits = new Map<number, number>();
  const load: Partial<Record<CaseKind, number>> = {};
  const promises: StationPromises = {
    finishedOnTime: 0,
    finishedPromised: 0,
    overdueBefore: open?.overdueBefore ?? 0,
    dueToday: open?.dueToday ?? [],
  };
  const ratings: TodayRatings = {
    satisfied: { n: 0, of: 0 },
    activelySatisfied: { n: 0, of: 0 },
    byDefault: 0,
    poor: 0,
  };
  let accepted = 0;
  let finished = 0;
  for (const [name, n] of view.table(TODAY).get(id) ?? []) {
    const [head, a = '', b = '', c = ''] = cellParts(name);
    if (head === 'accepted') {
      accepted += n;
      const kind = kindOf(a, lineOf(config, c, b));
      load[kind] = (load[kind] ?? 0) + n;
    } else if (head === 'finished') finished += n;
    else if (head === 'wait') waits.set(Number(b), (waits.get(Number(b)) ?? 0) + n);
    else if (head === 'promised') {
      promises.finishedPromised += n;
      if (a === 'kept') promises.finishedOnTime += n;
    } else if (head === 'score') addScore(ratings, Number(a), b === 'active', n);
  }
  const [waitingSince, ...others] = toQueue(view, id);
  return {
    ...nameStation(view, id),
    kind: config.stations.get(id)?.kind ?? 'community',
    accepted,
    load,
    finished,
    ...(doesTakeTickets(config, id, day) ? { tickets: true } : {}),
    waiting: waitingSince === undefined ? 0 : 1 + others.length,
    ...(waitingSince === undefined ? {} : { waitingSince }),
    wait: toSpread(toSpreadMs(waits)),
    promises,
    ratings,
    checks: readChecks(view, id, due),
  };
}

function kindOf(channel: string, line: string | undefined): CaseKind {
  if (line === MEDICAL_LINE) return 'medical';
  if (channel === 'window' || channel === 'home-visit') return 'window';
  return channel === 'online' ? 'online' : 'other';
}

function addScore(ratings: TodayRatings, score: number, isActive: boolean, n: number): void {
  const isSatisfied = score >= 3;
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
    const promises = split.get(station) ?? { finishedOnTime: 0, finishedPromised: 0, overdueBefore: 0, dueToday: [] };
    split.set(station, promises);
    if (dueAt < view.startsAt) promises.overdueBefore++;
    else promises.dueToday.push(dueAt);
  }
  for (const { dueToday } of split.values()) dueToday.sort((a, b) => a - b);
  return split;
}

/** Whether checks were owed at all: before a hall's first day in the ledger nobody owed any. */
function isCheckDay(view: BoardView, day: string): boolean {
  return (view.state.days.get(day)?.openings ?? 0) > 0 || view.table(rangeOf(view, day)).size > 0;
}

function rangeOf(view: BoardView, day: string): string {
  return day === view.day ? TODAY : checksRange(day);
}

function readChecks(view: BoardView, id: string, due: readonly string[]): StationRow['checks'] {
  const station = view.config.stations.get(id);
  const areas: readonly string[] = view.config.profile.dailyChecks;
  const checks: StationRow['checks'] = {};
  if (!station) return checks;
  for (const day of due) {
    if (!isInForce(station, day)) continue;
    const results: Record<string, CheckResult> = {};
    if (day !== view.day) for (const area of areas) results[area] = 'missing';
    for (const [name, n] of view.table(rangeOf(view, day)).get(id) ?? []) {
      const [head, , area = '', result] = cellParts(name);
      if (head === 'check' && n > 0 && areas.includes(area)) results[area] = result === 'ok' ? 'ok' : 'issue';
    }
    checks[day] = results;
  }
  return checks;
}
