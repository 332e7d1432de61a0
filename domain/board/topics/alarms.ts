/** 告警: the open alarms, and today's that have ended. */
import type { AlarmEntry } from '../entries.ts';
import { addDays, endOfDay, momentOf } from '../../calendar/zone.ts';
import { ALARM_DAYS } from '../state.ts';
import { ALARM_KINDS } from '../../profile/profile.ts';
import { ALARMS_SHOWN, fitCards, shorten } from './bounds.ts';
import type { FollowupCard } from './data.ts';
import type { AlarmCard } from './data-alarms.ts';
import { findDeadline, toFollowupCard } from './followups.ts';
import { nameStaff, nameStation, nameUnknown, nameWindow, perView, type BoardView } from './view.ts';
import { toQueue } from './windows.ts';

/** Beside the open ones those that ended fill up to so many; the ledger has them all. */
const CARDS_SHOWN = 12;
const OPEN_WINDOW = 'open-window:';

/**
 * By alarm id: the open ones first, the hall's own before others' and the latest raised before the earlier; then those
 * that ended, the latest first. `more` open ones are not among them.
 */
export const toAlarmCards = perView((view): { cards: Record<string, AlarmCard>; more: number } => {
  const sorted = [...view.state.entries.alarm]
    .filter(isOfMonth(view))
    .sort(
      ([idA, a], [idB, b]) =>
        (b.endedAt ?? Infinity) - (a.endedAt ?? Infinity) ||
        Number(isKnown(b)) - Number(isKnown(a)) ||
        b.raisedAt - a.raisedAt ||
        (idA < idB ? -1 : 1),
    );
  const open = sorted.filter(([, { endedAt }]) => endedAt === undefined).length;
  const most = Math.min(Math.max(open, CARDS_SHOWN), ALARMS_SHOWN.most);
  const { shown, rest } = fitCards(sorted, (entry) => toAlarmCard(view, entry), { ...ALARMS_SHOWN, most });
  return {
    cards: Object.fromEntries(shown),
    more: rest.filter(([, { endedAt }]) => endedAt === undefined).length,
  };
});

/** As far as a board that goes back to an earlier day remembers, so that each way to a day shows the same. */
function isOfMonth({ state, zone }: BoardView): (alarm: readonly [id: string, entry: AlarmEntry]) => boolean {
  const { day } = state;
  if (day === undefined) return () => true;
  const from = momentOf(zone, addDays(day, -ALARM_DAYS));
  const until = endOfDay(zone, addDays(day, 1));
  return ([, { raisedAt }]) => raisedAt >= from && raisedAt < until;
}

function isKnown({ kind }: AlarmEntry): boolean {
  return ALARM_KINDS.some((known) => known === kind);
}

export function toAlarmCard(view: BoardView, entry: AlarmEntry): AlarmCard {
  const { name, short, nameEn, shortEn } = nameStation(view, entry.station);
  const window = entry.window ?? (entry.kind === 'window-overtime' ? entry.subject : undefined);
  const followup = entry.kind === 'poor-rating' ? readFollowup(view, entry.subject) : undefined;
  const proposed = entry.proposal?.startsWith(OPEN_WINDOW) ? entry.proposal.slice(OPEN_WINDOW.length) : undefined;
  const terminal = view.config.profile.terminals?.find(({ id }) => id === entry.subject);
  const station = view.config.stations.get(entry.station);
  const isHall = station?.kind === 'hall';
  // While it is open the waits go on, so the wall is given what it needs to time them itself.
  const queue = entry.endedAt === undefined ? toQueue(view, entry.station) : undefined;
  return {
    kind: nameUnknown(entry.kind),
    station: entry.station,
    stationName: name,
    ...(nameEn === undefined ? {} : { stationNameEn: nameEn }),
    ...(isHall ? {} : { stationShort: short }),
    ...(isHall || shortEn === undefined ? {} : { stationShortEn: shortEn }),
    ...(window === undefined ? {} : { window: nameWindow(view, window), windowId: window }),
    ...(entry.subject === undefined ? {} : { subject: entry.subject }),
    ...(terminal ? { subjectName: terminal.name } : {}),
    ...(terminal?.nameEn ? { subjectNameEn: terminal.nameEn } : {}),
    ...(window === undefined && followup?.window !== undefined ? { window: followup.window } : {}),
    ...(followup ? { followup: toCallBack(followup) } : {}),
    raisedAt: entry.raisedAt,
    ...(entry.since === undefined ? {} : { since: entry.since }),
    ...(entry.proposal === undefined ? {} : { proposal: shorten(entry.proposal) }),
    ...(proposed === undefined ? {} : { proposedWindow: nameWindow(view, proposed) }),
    ...(entry.takenAt === undefined ? {} : { takenAt: entry.takenAt }),
    ...(entry.takenBy === undefined ? {} : { takenBy: nameStaff(view, entry.takenBy) }),
    ...(entry.measure === undefined ? {} : { measure: shorten(entry.measure) }),
    ...(entry.endedAt === undefined ? {} : { endedAt: entry.endedAt }),
    ...(entry.endedBy === undefined ? {} : { endedBy: nameStaff(view, entry.endedBy) }),
    ...(entry.endReason === undefined ? {} : { endReason: entry.endReason }),
    ...(entry.effect === undefined ? {} : { effect: shorten(entry.effect) }),
    ...(entry.before === undefined ? {} : { before: entry.before }),
    ...(entry.after === undefined ? {} : { after: entry.after }),
    ...(queue === undefined ? {} : { waiting: queue.length }),
    ...(queue?.[0] === undefined ? {} : { waitingSince: queue[0] }),
  };
}

/** The open follow-up that a poor rating's alarm is about; one for several ratings is about none. */
function readFollowup(view: BoardView, id: string | undefined): FollowupCard | undefined {
  const entry = id === undefined ? undefined : view.state.entries.followup.get(id);
  return entry?.about === 'rating' ? toFollowupCard(view, entry, findDeadline(view, entry)) : undefined;
}

function toCallBack({ owner, openedAt, due }: FollowupCard): NonNullable<AlarmCard['followup']> {
  return { ...(owner === undefined ? {} : { owner }), openedAt, ...(due === undefined ? {} : { dueAt: due.at }) };
}
