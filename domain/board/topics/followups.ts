/** 督办事项: what must be followed up, those due first. */
import { closeAfter } from '../../calendar/working-hours.ts';
import { dayOf } from '../../calendar/zone.ts';
import type { Profile } from '../../profile/profile.ts';
import { readNameOf } from '../cells.ts';
import { gravest, standing, stateOfLamp, type LampState } from '../../followups/lamps.ts';
import { followupSettings } from '../../profile/followups.ts';
import type { CaseEntry, FollowupEntry, LitLamp } from '../entries.ts';
import type { FollowupFacts } from '../parts/followup.ts';
import { TODAY } from '../residency.ts';
import { fitCards, FOLLOWUPS_SHOWN, type Fitted } from './bounds.ts';
import type { FollowupCard, FollowupCounts, FollowupsData } from './data.ts';
import {
  nameStaff,
  nameStation,
  nameWindow,
  perView,
  toCountdownBasis,
  toDayHead,
  toHallHead,
  type BoardView,
} from './view.ts';

/** Deadlines differ by place; a hall states its own as `targets.poorRatingDays`. */
const POOR_RATING_DAYS = 5;

export type Due = FollowupCard['due'];
/** An open follow-up with its deadline. */
export type DueFollowup = readonly [id: string, followup: { readonly entry: FollowupEntry; readonly due: Due }];

export function buildFollowups(view: BoardView): FollowupsData {
  return {
    hall: toHallHead(view),
    day: toDayHead(view),
    followups: Object.fromEntries(toFollowupCards(view, readFollowups(view)).shown),
    counts: countFollowups(view),
    ...toCountdownBasis(view),
  };
}

/** The open ones, those due first before the others. */
export const readFollowups = perView((view): readonly DueFollowup[] => {
  const targets = new Map<string, number>();
  const all = [...view.state.entries.followup].map(([id, entry]): DueFollowup => [
    id,
    { entry, due: findDeadline(view, entry, targets) },
  ]);
  return all.sort(
    ([idA, a], [idB, b]) =>
      (a.due?.at ?? Infinity) - (b.due?.at ?? Infinity) || a.entry.openedAt - b.entry.openedAt || (idA < idB ? -1 : 1),
  );
});

/** The first of them as cards. */
export function toFollowupCards(
  view: BoardView,
  followups: readonly DueFollowup[],
  bound = FOLLOWUPS_SHOWN,
): Fitted<DueFollowup[1], FollowupCard> {
  return fitCards(followups, ({ entry, due }) => toFollowupCard(view, entry, due), bound);
}

export function toFollowupCard(view: BoardView, entry: FollowupEntry, due: Due): FollowupCard {
  const { about, station, owner, openedAt } = entry;
  const { name, nameEn } = nameStation(view, station);
  const behind = entry.case === undefined ? undefined : view.state.entries.case.get(entry.case);
  const windowId = behind && isAtHand(view, behind) ? behind.window : undefined;
  return {
    about,
    station,
    stationName: name,
    ...(nameEn ? { stationNameEn: nameEn } : {}),
    ...(windowId === undefined ? {} : { window: nameWindow(view, windowId) }),
    ...(owner ? { owner: nameStaff(view, owner) } : {}),
    openedAt,
    ...(due ? { due } : {}),
    ...readLamp(entry, due?.at),
    ...(entry.submitted ? { submitted: true } : {}),
  };
}

function readLamp(entry: FollowupEntry, term: number | undefined): Pick<FollowupCard, 'lamp'> {
  const lamp = gravest(standing(entry, term).filter(({ counts }) => counts !== false));
  return lamp === undefined ? {} : { lamp };
}

/** What any way to the day remembers: open cases whose promise runs, and those of the day itself. */
function isAtHand({ day }: BoardView, entry: CaseEntry): boolean {
  return entry.day === day || (entry.open && entry.dueAt !== undefined);
}

/**
 * Its own, or for one about a rating the hall's target (K2), which is the same for all that were opened in one day.
 * @param targets of the days that were asked for already
 */
export function findDeadline(
  view: BoardView,
  { about, openedAt, dueBy }: Pick<FollowupEntry, 'about' | 'openedAt' | 'dueBy'>,
  targets = new Map<string, number>(),
): Due {
  if (dueBy !== undefined) return { at: dueBy, by: 'followup' };
  if (about !== 'rating') return undefined;
  const day = dayOf(view.zone, openedAt);
  let at = targets.get(day);
  if (at === undefined) {
    at = closeAfter(view.zone, view.workingHours, openedAt, poorRatingDays(view.config.profile));
    targets.set(day, at);
  }
  return { at, by: 'target' };
}

/** What is known of a follow-up of which a lamp was lit, whether it is open or closed. */
export type LampFacts = Pick<FollowupFacts, 'about' | 'station' | 'openedAt' | 'dueBy' | 'lamps'>;

/** A lamp that was lit in the month that is looked at, with what it says of itself now. */
export interface MonthLamp extends Pick<LampFacts, 'about' | 'station'> {
  readonly followup: string;
  readonly lit: LitLamp;
  readonly state: LampState;
}

/**
 * The lamps of a moment's month, at deadlines as they are now: those of one that has moved are left behind.
 * @param found by follow-up, those of which a lamp was lit in the month
 * @param now epoch ms
 */
export function listMonthLamps(view: BoardView, found: ReadonlyMap<string, LampFacts>, now: number): MonthLamp[] {
  const { zone, config } = view;
  const month = dayOf(zone, now).slice(0, 7);
  const time = { zone, hoursOn: view.workingHours };
  const { lamps: settings } = followupSettings(config.profile);
  const targets = new Map<string, number>();
  return [...found].flatMap(([followup, facts]) =>
    standing(facts, findDeadline(view, facts, targets)?.at)
      .filter((lit) => dayOf(zone, lit.at).startsWith(month))
      .map((lit) => {
        const { station, about } = facts;
        return { followup, station, about, lit, state: stateOfLamp(lit, now, settings, time) };
      }),
  );
}

/** Working days in which a poor rating is to be followed up. */
export function poorRatingDays(profile: Profile): number {
  return profile.targets.poorRatingDays ?? POOR_RATING_DAYS;
}

export function countFollowups(view: BoardView): FollowupCounts {
  const counts = { open: view.state.entries.followup.size, openedToday: 0, closedToday: 0 };
  for (const names of view.table(TODAY).of('followup').values()) {
    for (const [name, n] of names) {
      if (readNameOf('followup', name).step === 'opened') counts.openedToday += n;
      else counts.closedToday += n;
    }
  }
  return counts;
}
