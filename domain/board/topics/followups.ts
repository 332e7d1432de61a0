/** 督办事项: what must be followed up, those due first. */
import { cellParts } from '../cells.ts';
import { TODAY } from '../residency.ts';
import type { FollowupCard, FollowupCounts, FollowupsData } from './data.ts';
import { nameStaff, nameStation, toDayHead, toHallHead, type BoardView } from './view.ts';

export function buildFollowups(view: BoardView): FollowupsData {
  return {
    hall: toHallHead(view),
    day: toDayHead(view),
    followups: toFollowupCards(view),
    counts: countFollowups(view),
  };
}

/** Open follow-ups by id; with `limit`, the ones due first. */
export function toFollowupCards(view: BoardView, limit = Infinity): Record<string, FollowupCard> {
  const sorted = [...view.state.entries.followup].sort(
    ([idA, a], [idB, b]) =>
      (a.dueBy ?? Infinity) - (b.dueBy ?? Infinity) || a.openedAt - b.openedAt || (idA < idB ? -1 : 1),
  );
  return Object.fromEntries(
    sorted.slice(0, limit).map(([id, entry]) => [
      id,
      {
        about: entry.about,
        station: entry.station,
        stationName: nameStation(view, entry.station).name,
        openedAt: entry.openedAt,
        ...(entry.owner ? { owner: nameStaff(view, entry.owner) } : {}),
        ...(entry.dueBy === undefined ? {} : { dueBy: entry.dueBy }),
      } satisfies FollowupCard,
    ]),
  );
}

export function countFollowups(view: BoardView): FollowupCounts {
  const counts = { open: view.state.entries.followup.size, openedToday: 0, closedToday: 0 };
  for (const names of view.table(TODAY).values()) {
    for (const [name, n] of names) {
      const [head, kind] = cellParts(name);
      if (head !== 'followup') continue;
      if (kind === 'opened') counts.openedToday += n;
      else counts.closedToday += n;
    }
  }
  return counts;
}
