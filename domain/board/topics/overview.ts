/** 总览: how today is going. */
import { MEDICAL_LINE } from '../../measures/medical-line.ts';
import { isInForce, lineOf } from '../../profile/profile.ts';
import { readNameOf, sumNames } from '../cells.ts';
import type { CaseEntry } from '../entries.ts';
import { PILOT, TODAY } from '../residency.ts';
import { boundMoments, isKey, MOMENTS_SHOWN, REST, splitByWeight, type Bound } from './bounds.ts';
import type { OverviewData, Promises, StationTile } from './data.ts';
import { countFollowups, readFollowups, toFollowupCards } from './followups.ts';
import { buildComparison, buildTrend } from './trend.ts';
import { toSceneHead } from './head.ts';
import { countReused, itemName, itemNameEn, nameStation, nameWindow, type BoardView } from './view.ts';
import { boundWindows, listWindows, toQueue, toWaits } from './windows.ts';

/** What does not fit at a legible size belongs to another scene. */
const FOLLOWUPS: Bound = { most: 12, bytes: 20_000 };
const RECENT_SHOWN = 6;
const HOUR_MS = 3_600_000;

export function buildOverview(view: BoardView): OverviewData {
  const { today, config } = view;
  const pilot = config.profile.medicalPilot;
  const hall = config.profile.stations.find((station) => station.kind === 'hall');
  const comparison = buildComparison(view);
  const queue = hall ? toQueue(view, hall.id) : [];
  return {
    ...toSceneHead(view),
    counts: {
      accepted: today.accepted,
      windowCases: today.windowCases,
      onlineCases: today.onlineCases,
      selfServiceCases: today.selfServiceCases,
      otherCases: today.otherCases,
      medicalCases: today.medicalCases,
      finished: today.finished,
      open: today.open,
      peopleServed: today.peopleServed,
      deferredCases: today.deferredCases,
      instantApprovals: today.instantApprovals,
      voided: today.voided,
      corrected: today.corrected,
    },
    ...(pilot
      ? {
          medicalPilot: {
            from: pilot.from,
            station: pilot.station,
            approved: countMedicalApproved(view, pilot.station),
          },
        }
      : {}),
    ratings: {
      satisfied: today.satisfied,
      activelySatisfied: today.activelySatisfied,
      byDefault: today.byDefault,
      poor: today.poor,
    },
    ...(hall ? { hallId: hall.id } : {}),
    wait: toWaits(view, hall ? [hall.id] : []),
    queue: queue.slice(0, MOMENTS_SHOWN),
    ...(queue.length > MOMENTS_SHOWN ? { queueMore: queue.length - MOMENTS_SHOWN } : {}),
    promises: toPromises(view),
    ...boundWindows(view, listWindows(view, hall?.id)),
    followups: Object.fromEntries(toFollowupCards(view, readFollowups(view), FOLLOWUPS).shown),
    followupCounts: countFollowups(view),
    ...toStationTiles(view),
    trend: buildTrend(view),
    ...(comparison ? { comparison } : {}),
    recent: toRecent(view),
  };
}

function toStationTiles(view: BoardView): Pick<OverviewData, 'stations' | 'order'> {
  const { config, day } = view;
  const accepted = new Map<string, number>();
  for (const [station, names] of view.table(TODAY).of('accepted')) accepted.set(station, sumNames(names));
  const toTile = (id: string, kind: StationTile['kind']): [string, StationTile] => [
    id,
    {
      ...nameStation(view, id),
      ...countReused(view, [id]),
      kind,
      accepted: accepted.get(id) ?? 0,
      waiting: toQueue(view, id).length,
    },
  ];
  const known = config.profile.stations.filter((station) => isInForce(station, day) && isKey(station.id));
  const others = new Set(accepted.keys());
  for (const { id } of known) others.delete(id);
  const { shown, rest } = splitByWeight(others, (id) => accepted.get(id) ?? 0);
  const tiles = [...known.map(({ id, kind }) => toTile(id, kind)), ...shown.map((id) => toTile(id, 'community'))];
  if (rest.length > 0) {
    const sum = (read: (id: string) => number) => rest.reduce((total, id) => total + read(id), 0);
    const merged: StationTile = {
      name: '',
      short: '',
      kind: 'community',
      unknown: true,
      merged: rest.length,
      ...countReused(view, rest),
      accepted: sum((id) => accepted.get(id) ?? 0),
      waiting: sum((id) => toQueue(view, id).length),
    };
    tiles.push([REST, merged]);
  }
  return { stations: Object.fromEntries(tiles), order: tiles.map(([id]) => id) };
}

/** Approved since the pilot began, at its station. */
function countMedicalApproved(view: BoardView, station: string): number {
  let approved = 0;
  for (const [name, n] of view.table(PILOT).at('finished', station)) {
    const cell = readNameOf('finished', name);
    if (cell.outcome !== 'approved') continue;
    if (lineOf(view.config, cell.line, cell.item) === MEDICAL_LINE) approved += n;
  }
  return approved;
}

function toPromises(view: BoardView): Promises {
  const { today, startsAt, endsAt, state, config } = view;
  const soonMs = config.profile.targets.dueSoonHours * HOUR_MS;
  let overdueBefore = 0;
  const dueToday: number[] = [];
  const dueLater: number[] = [];
  for (const { open, dueAt } of state.entries.case.values()) {
    if (!open || dueAt === undefined) continue;
    if (dueAt < startsAt) overdueBefore++;
    else if (dueAt < endsAt) dueToday.push(dueAt);
    else if (dueAt < endsAt + soonMs) dueLater.push(dueAt);
  }
  const soon = boundMoments(dueToday.sort((a, b) => a - b));
  const later = boundMoments(dueLater.sort((a, b) => a - b));
  return {
    // `of` holds the overdue too; the view counts none of them, so it is the finished ones alone.
    finishedOnTime: today.onTime.n,
    finishedPromised: today.onTime.of - today.overdueOpen,
    overdueBefore,
    dueToday: soon.exact,
    ...(soon.more ? { dueTodayMore: soon.more } : {}),
    dueLater: later.exact,
    ...(later.more ? { dueLaterMore: later.more } : {}),
  };
}

type RecentCase = readonly [id: string, entry: CaseEntry];

function toRecent(view: BoardView): OverviewData['recent'] {
  const compare = ([idA, a]: RecentCase, [idB, b]: RecentCase) => b.at - a.at || (idA < idB ? -1 : 1);
  // A busy day has more cases than it is worth sorting for six of them.
  const cases: RecentCase[] = [];
  for (const found of view.state.entries.case) {
    if (found[1].day !== view.day) continue;
    const last = cases[RECENT_SHOWN - 1];
    if (last && compare(found, last) > 0) continue;
    cases.push(found);
    cases.sort(compare);
    cases.length = Math.min(cases.length, RECENT_SHOWN);
  }
  return cases.map(([, entry]) => ({
    at: entry.at,
    station: nameStation(view, entry.station).short,
    item: itemName(view, entry.item),
    ...nameItemEn(view, entry.item),
    channel: entry.channel,
    ...(entry.window ? { window: nameWindow(view, entry.window) } : {}),
  }));
}

function nameItemEn(view: BoardView, code: string): { itemEn?: string } {
  const { nameEn } = itemNameEn(view, code);
  return nameEn === undefined ? {} : { itemEn: nameEn };
}
