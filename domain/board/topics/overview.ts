/** 总览: how today is going. */
import { MEDICAL_LINE } from '../../measures/sums.ts';
import { isInForce, lineOf } from '../../profile/profile.ts';
import { addToTable, cellParts, type CellTable } from '../cells.ts';
import { PILOT, TODAY } from '../residency.ts';
import type { OverviewData, Promises, StationTile } from './data.ts';
import { countFollowups, toFollowupCards } from './followups.ts';
import { buildComparison, buildTrend } from './trend.ts';
import { toSceneHead } from './head.ts';
import { itemName, itemNameEn, nameStation, nameWindow, toSpread, type BoardView } from './view.ts';
import { toQueue, toWindowCards } from './windows.ts';

/** What does not fit at a legible size belongs to another scene. */
const FOLLOWUPS_SHOWN = 12;
const RECENT_SHOWN = 6;
const HOUR_MS = 3_600_000;

export function buildOverview(view: BoardView): OverviewData {
  const { today, config } = view;
  const pilot = config.profile.medicalPilot;
  const hall = config.profile.stations.find((station) => station.kind === 'hall');
  const comparison = buildComparison(view);
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
    ...(pilot ? { medicalPilot: { from: pilot.from, approved: countMedicalApproved(view, pilot.station) } } : {}),
    ratings: {
      satisfied: today.satisfied,
      activelySatisfied: today.activelySatisfied,
      byDefault: today.byDefault,
      poor: today.poor,
    },
    wait: toSpread(today.wait),
    queue: hall ? toQueue(view, hall.id) : [],
    promises: toPromises(view),
    windows: toWindowCards(view, hall?.id),
    followups: toFollowupCards(view, FOLLOWUPS_SHOWN),
    followupCounts: countFollowups(view),
    stations: toStationTiles(view),
    trend: buildTrend(view),
    ...(comparison ? { comparison } : {}),
    recent: toRecent(view),
  };
}

export function toStationTiles(view: BoardView): Record<string, StationTile> {
  const { state, config, day } = view;
  const accepted: CellTable = new Map();
  for (const [station, names] of view.table(TODAY))
    for (const [name, n] of names) if (cellParts(name)[0] === 'accepted') addToTable(accepted, station, 'n', n);
  const waiting = new Map<string, number>();
  for (const ticket of state.entries.ticket.values())
    if (!ticket.serving && ticket.day === day) waiting.set(ticket.station, (waiting.get(ticket.station) ?? 0) + 1);

  const tiles: Record<string, StationTile> = {};
  const addTile = (id: string, kind: StationTile['kind']) => {
    tiles[id] = {
      ...nameStation(view, id),
      kind,
      accepted: accepted.get(id)?.get('n') ?? 0,
      waiting: waiting.get(id) ?? 0,
    };
  };
  for (const station of config.profile.stations) if (isInForce(station, day)) addTile(station.id, station.kind);
  for (const id of [...accepted.keys()].sort()) if (id !== '' && !tiles[id]) addTile(id, 'community');
  return tiles;
}

/** Approved since the pilot began, at its station. */
function countMedicalApproved(view: BoardView, station: string): number {
  let approved = 0;
  for (const [name, n] of view.table(PILOT).get(station) ?? []) {
    const [head, outcome, item, line] = cellParts(name);
    if (head === 'finished' && outcome === 'approved' && lineOf(view.config, line, item) === MEDICAL_LINE)
      approved += n;
  }
  return approved;
}

function toPromises(view: BoardView): Promises {
  const { today, startsAt, endsAt, state, config } = view;
  const soonMs = config.profile.targets.dueSoonHours * HOUR_MS;
  const promises: Promises = {
    // `of` holds the overdue too; the view counts none of them, so it is the finished ones alone.
    finishedOnTime: today.onTime.n,
    finishedPromised: today.onTime.of - today.overdueOpen,
    overdueBefore: 0,
    dueToday: [],
    dueLater: [],
  };
  for (const { open, dueAt } of state.entries.case.values()) {
    if (!open || dueAt === undefined) continue;
    if (dueAt < startsAt) promises.overdueBefore++;
    else if (dueAt < endsAt) promises.dueToday.push(dueAt);
    else if (dueAt < endsAt + soonMs) promises.dueLater.push(dueAt);
  }
  promises.dueToday.sort((a, b) => a - b);
  promises.dueLater.sort((a, b) => a - b);
  return promises;
}

function toRecent(view: BoardView): OverviewData['recent'] {
  const cases = [...view.state.entries.case].filter(([, entry]) => entry.day === view.day);
  cases.sort(([idA, a], [idB, b]) => b.at - a.at || (idA < idB ? -1 : 1));
  return cases.slice(0, RECENT_SHOWN).map(([, entry]) => ({
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
