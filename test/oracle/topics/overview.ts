/** 总览, and the day's cases as its chart and others' show them. */
import { onceFor, type BoardFacts } from '../board.ts';
import { minuteOf, moveDay } from '../days.ts';
import { MEDICAL } from '../oracle.ts';
import { readReuses } from '../tickets.ts';
import { sceneHead } from './head.ts';
import { followupCounts, openPromises, queueOf, shownWindows, spreadOf, waitsAt, windowCards } from './floor.ts';
import { dueFollowups, followupCards } from './followups.ts';
import { inForce, kindOf, lineOf, nameItem, nameStation, nameWindow, splitStrangers, tally } from './names.ts';

export interface Accepted {
  readonly id: string;
  readonly at: number;
  readonly day: string;
  readonly minute: number;
  readonly place: string;
  readonly item: string;
  readonly channel: string;
  readonly atWindow: boolean;
  readonly medical: boolean;
  readonly window: string | null | undefined;
}

/** Every case by its winning acceptance (C4). */
export const acceptances = onceFor((board): readonly Accepted[] =>
  board.cases.map(({ accepted: { at, data } }) => ({
    id: data.case,
    at,
    day: board.dayOf(at),
    minute: minuteOf(board.zone, at),
    place: data.station,
    item: data.item,
    channel: data.channel,
    atWindow: data.channel === 'window' || data.channel === 'home-visit',
    medical: lineOf(board, data.line, data.item) === MEDICAL,
    window: data.window,
  })),
);

/** The working days before today that share its weekday, newest first; none of more than a year ago. */
export function sameWeekdays({ day, works }: BoardFacts, most: number): string[] {
  const before = Array.from({ length: 52 }, (_, i) => moveDay(day, -7 * (i + 1)));
  return before.filter((one) => works(one)).slice(0, most);
}

export const slotOf = ({ minute }: Accepted): number => Math.floor(minute / 30);

/** How often a ticket number came again today (C9), at some stations. */
export function reused(board: BoardFacts, ids: readonly string[]): { reusedTickets?: number } {
  const again = readReuses(board.living, board.dayOf).filter(
    ({ at, place }) => board.dayOf(at) === board.day && ids.includes(place),
  ).length;
  return again > 0 ? { reusedTickets: again } : {};
}

export function overviewTopic(board: BoardFacts): object {
  const { config, today, day, cases, startsAt, endsAt } = board;
  const pilot = config.profile.medicalPilot;
  const hall = config.profile.stations.find(({ kind }) => kind === 'hall')!.id;
  const due = openPromises(board).map((one) => one.due);
  const horizon = endsAt + config.profile.targets.dueSoonHours * 3_600_000;
  return {
    ...sceneHead(board),
    counts: {
      accepted: today.accepted,
      windowCases: today.windowCases,
      onlineCases: today.onlineCases,
      selfServiceCases: today.selfServiceCases,
      otherCases: today.otherCases,
      medicalCases: today.medicalCases,
      finished: today.finished,
      // Of all days: a case that was accepted late last night is open, too.
      open: cases.filter(({ finished }) => finished === undefined).length,
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
            approved: cases.filter(
              ({ accepted: { data }, finished }) =>
                data.station === pilot.station &&
                lineOf(board, data.line, data.item) === MEDICAL &&
                finished?.data.outcome === 'approved' &&
                board.dayOf(finished.at) >= pilot.from,
            ).length,
          },
        }
      : {}),
    ratings: {
      satisfied: today.satisfied,
      activelySatisfied: today.activelySatisfied,
      byDefault: today.byDefault,
      poor: today.poor,
    },
    hallId: hall,
    wait: spreadOf(waitsAt(board, [hall])),
    queue: queueOf(board, hall),
    promises: {
      finishedOnTime: today.onTime.n,
      finishedPromised: today.onTime.of - today.overdueOpen,
      overdueBefore: due.filter((at) => at < startsAt).length,
      dueToday: due.filter((at) => at >= startsAt && at < endsAt),
      dueLater: due.filter((at) => at >= endsAt && at < horizon),
    },
    ...shownWindows(
      board,
      windowCards(board).filter(([, card]) => card.station === hall),
    ),
    followups: followupCards(dueFollowups(board), 12, 20_000),
    followupCounts: followupCounts(board),
    ...tiles(board),
    ...chart(board),
    recent: acceptances(board)
      .filter((one) => one.day === day)
      .sort((a, b) => b.at - a.at || (a.id < b.id ? -1 : 1))
      .slice(0, 6)
      .map((one) => ({
        at: one.at,
        station: nameStation(board, one.place).short,
        item: nameItem(board, one.item),
        channel: one.channel,
        ...(one.window ? { window: nameWindow(board, one.window) } : {}),
      })),
  };
}

function tiles(board: BoardFacts) {
  const { config, day } = board;
  const accepted = tally(
    acceptances(board).filter((one) => one.day === day),
    ({ place }) => ` ${place}`,
  );
  const countAt = (ids: readonly string[]) => ids.reduce((sum, id) => sum + (accepted[` ${id}`] ?? 0), 0);
  const waitAt = (ids: readonly string[]) => ids.reduce((sum, id) => sum + queueOf(board, id).length, 0);
  const known = config.profile.stations.filter((station) => inForce(station, day)).map(({ id }) => id);
  const others = Object.keys(accepted)
    .map((key) => key.slice(1))
    .filter((id) => !known.includes(id));
  const { shown, rest } = splitStrangers(others, (id) => countAt([id]));
  const isOfProfile = (id: string) => known.includes(id);
  const tile = (ids: readonly string[], naming: object, kind: string) => ({
    ...naming,
    ...reused(board, ids),
    kind,
    accepted: countAt(ids),
    waiting: waitAt(ids),
  });
  const stations = [...known, ...shown].map((id) => [
    id,
    tile([id], nameStation(board, id), isOfProfile(id) ? kindOf(board, id) : 'community'),
  ]);
  if (rest.length > 0)
    stations.push(['', tile(rest, { name: '', short: '', unknown: true, merged: rest.length }, 'community')]);
  return { stations: Object.fromEntries(stations) as object, order: stations.map(([id]) => id) };
}

function chart(board: BoardFacts): object {
  const { day, works } = board;
  const all = acceptances(board);
  const today = all.filter((one) => one.day === day);
  const past = works(day) ? sameWeekdays(board, 8).filter((one) => all.some((other) => other.day === one)) : [];
  const usual: Record<string, number[]> = {};
  for (const one of all) {
    const index = past.indexOf(one.day);
    if (index >= 0) (usual[slotOf(one)] ??= past.map(() => 0))[index]!++;
  }
  const [last] = sameWeekdays(board, 1);
  const then = all.filter((one) => one.day === last && one.atWindow);
  const minutes = [...new Set(then.map(({ minute }) => minute))].sort((a, b) => a - b);
  return {
    trend: {
      slotMinutes: 30,
      window: tally(
        today.filter((one) => one.atWindow),
        slotOf,
      ),
      online: tally(
        today.filter((one) => one.channel === 'online'),
        slotOf,
      ),
      other: tally(
        today.filter((one) => !one.atWindow && one.channel !== 'online'),
        slotOf,
      ),
      usual,
      usualDays: past.length,
    },
    ...(last !== undefined && all.some((one) => one.day === last)
      ? {
          comparison: {
            day: last,
            windowCases: minutes.map((minute) => [minute, then.filter((one) => one.minute <= minute).length]),
            total: then.length,
          },
        }
      : {}),
  };
}
