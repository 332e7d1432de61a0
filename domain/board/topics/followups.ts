/** 督办事项: what must be followed up, those due first. */
import { closeAfter } from '../../calendar/working-hours.ts';
import type { Profile } from '../../profile/profile.ts';
import { cellParts } from '../cells.ts';
import type { FollowupEntry } from '../entries.ts';
import { TODAY } from '../residency.ts';
import { FOLLOWUPS_SHOWN } from './bounds.ts';
import type { FollowupCard, FollowupCounts, FollowupsData } from './data.ts';
import { nameStaff, nameStation, nameWindow, toCountdownBasis, toDayHead, toHallHead, type BoardView } from './view.ts';

/** Deadlines differ by place; a hall states its own as `targets.poorRatingDays`. */
const POOR_RATING_DAYS = 5;

export function buildFollowups(view: BoardView): FollowupsData {
  return {
    hall: toHallHead(view),
    day: toDayHead(view),
    followups: toFollowupCards(view, FOLLOWUPS_SHOWN),
    counts: countFollowups(view),
    ...toCountdownBasis(view),
  };
}

/** Open follow-ups by id, the `limit` of them that are due first; only those about `about` where it is given. */
export function toFollowupCards(
  view: BoardView,
  limit: number,
  about?: FollowupEntry['about'],
): Record<string, FollowupCard> {
  // Only what is shown becomes a card: of very many each would cost a look into the calendar twice.
  const sorted = [...view.state.entries.followup]
    .filter(([, entry]) => about === undefined || entry.about === about)
    .map(([id, entry]) => ({ id, entry, dueAt: findDeadline(view, entry)?.at ?? Infinity }))
    .sort((a, b) => a.dueAt - b.dueAt || a.entry.openedAt - b.entry.openedAt || (a.id < b.id ? -1 : 1));
  return Object.fromEntries(sorted.slice(0, limit).map(({ id, entry }) => [id, toFollowupCard(view, entry)]));
}

export function toFollowupCard(view: BoardView, entry: FollowupEntry): FollowupCard {
  const { about, station, owner, openedAt } = entry;
  const { name, nameEn } = nameStation(view, station);
  const windowId = entry.case === undefined ? undefined : view.state.entries.case.get(entry.case)?.window;
  const due = findDeadline(view, entry);
  return {
    about,
    station,
    stationName: name,
    ...(nameEn ? { stationNameEn: nameEn } : {}),
    ...(windowId === undefined ? {} : { window: nameWindow(view, windowId) }),
    ...(owner ? { owner: nameStaff(view, owner) } : {}),
    openedAt,
    ...(due ? { due } : {}),
  };
}

/** Its own, or for one about a rating the hall's target (K2). */
function findDeadline(view: BoardView, { about, openedAt, dueBy }: FollowupEntry): FollowupCard['due'] {
  if (dueBy !== undefined) return { at: dueBy, by: 'followup' };
  if (about !== 'rating') return undefined;
  return { at: closeAfter(view.zone, view.workingHours, openedAt, poorRatingDays(view.config.profile)), by: 'target' };
}

/** Working days in which a poor rating is to be followed up. */
export function poorRatingDays(profile: Profile): number {
  return profile.targets.poorRatingDays ?? POOR_RATING_DAYS;
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
