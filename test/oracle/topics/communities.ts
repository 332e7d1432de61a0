/** 社区: every station's day, and its checks of the last working days. */
import { works } from '../arithmetic.ts';
import type { BoardFacts } from '../board.ts';
import { moveDay } from '../days.ts';
import { ofType } from '../facts.ts';
import { sceneHead } from './head.ts';
import { acceptances, reused, type Accepted } from './overview.ts';
import { openPromises, queueOf, spreadOf, waitsAt } from './floor.ts';
import { inForce, kindOf, nameStation, splitStrangers, tally } from './names.ts';

export function communitiesTopic(board: BoardFacts): object {
  const { config, day, visitors, endsAt } = board;
  const { stations, dailyChecks } = config.profile;
  const known = stations.filter((station) => inForce(station, day)).map(({ id }) => id);
  const named = [
    ...board.busyPlaces,
    ...visitors.filter((one) => one.day === day).map(({ place }) => place),
    ...openPromises(board)
      .filter(({ due }) => due < endsAt)
      .map(({ place }) => place),
  ];
  const others = [...new Set(named)].filter((id) => !known.includes(id));
  const today = acceptances(board).filter((one) => one.day === day);
  const { shown, rest } = splitStrangers(others, (id) => today.filter(({ place }) => place === id).length);
  const back = Array.from({ length: 41 }, (_, i) => moveDay(day, -i));
  const checkDays = back
    .filter((one) => stations.some(({ id }) => works(config.calendarDocument, one, id)))
    .slice(0, 10)
    .reverse();
  const rows = [...known, ...shown].map((id) => [id, row(board, [id], checkDays)] as const);
  return {
    ...sceneHead(board),
    stations: Object.fromEntries([...rows, ...(rest.length > 0 ? [['', row(board, rest, [])] as const] : [])]),
    order: [...known, ...shown, ...(rest.length > 0 ? [''] : [])],
    areas: dailyChecks,
    areaNames: {},
    checkDays,
  };
}

function loadOf({ atWindow, channel }: Accepted): string {
  return atWindow ? 'window' : channel === 'online' ? 'online' : 'other';
}

function row(board: BoardFacts, ids: readonly string[], checkDays: readonly string[]): object {
  const { config, day, startsAt, endsAt } = board;
  const isHere = (place: string) => ids.includes(place);
  const isToday = (at: number) => board.dayOf(at) === day;
  const accepted = acceptances(board).filter((one) => one.day === day && isHere(one.place));
  const finished = board.cases.filter(
    (one) => one.finished !== undefined && isToday(one.finished.at) && isHere(one.accepted.data.station),
  );
  const judged = finished.filter((one) => one.promise !== undefined || one.finished!.data.onTime != null);
  const queue = ids.flatMap((id) => queueOf(board, id));
  const due = openPromises(board).filter(({ place }) => isHere(place));
  const ratings = ofType(board.living, 'hall.rating.given')
    .filter(({ at, data }) => isToday(at) && isHere(data.station) && data.round !== 2)
    .map(({ data }) => data);
  const active = ratings.filter(({ byDefault }) => byDefault !== true);
  const isGood = ({ score }: { score: number }) => score > 2;
  const isMerged = ids.length > 1;
  const place = config.profile.stations.find(({ id }) => id === ids[0]);
  return {
    ...(isMerged ? { name: '', short: '', unknown: true, merged: ids.length } : nameStation(board, ids[0]!)),
    ...reused(board, ids),
    kind: isMerged ? 'community' : kindOf(board, ids[0]!),
    accepted: accepted.length,
    load: tally(accepted, loadOf),
    finished: finished.length,
    ...(!isMerged && place?.ticketsFrom !== undefined && place.ticketsFrom <= day ? { tickets: true } : {}),
    waiting: queue.length,
    ...(queue.length > 0 ? { waitingSince: Math.min(...queue) } : {}),
    wait: spreadOf(waitsAt(board, ids)),
    promises: {
      finishedOnTime: judged.filter(({ promise, finished: end }) =>
        promise === undefined ? end!.data.onTime === true : end!.at <= promise,
      ).length,
      finishedPromised: judged.length,
      overdueBefore: due.filter((one) => one.due < startsAt).length,
      dueToday: due.map((one) => one.due).filter((at) => at >= startsAt && at < endsAt),
    },
    ratings: {
      satisfied: { n: ratings.filter(isGood).length, of: ratings.length },
      activelySatisfied: { n: active.filter(isGood).length, of: active.length },
      byDefault: ratings.length - active.length,
      poor: ratings.filter((rating) => !isGood(rating)).length,
    },
    checks: isMerged || place === undefined ? {} : checksOf(board, ids[0]!, checkDays),
  };
}

/** On the days on which the hall was at work, what the station did of what it owed. */
function checksOf(board: BoardFacts, id: string, checkDays: readonly string[]): object {
  const { config, day, living, ownDays } = board;
  const place = config.profile.stations.find((station) => station.id === id)!;
  const done = ofType(living, 'hall.check.done');
  const owed = checkDays.filter(
    (one) =>
      (ownDays.some(({ type, data }) => type === 'hall.day.opened' && data.day === one) ||
        done.some(({ at }) => board.dayOf(at) === one)) &&
      inForce(place, one) &&
      works(config.calendarDocument, one, id),
  );
  return Object.fromEntries(
    owed.map((one) => [
      one,
      Object.fromEntries(
        config.profile.dailyChecks.flatMap((area) => {
          const last = done.findLast(
            ({ at, data }) => board.dayOf(at) === one && data.station === id && data.area === area,
          );
          if (!last) return one === day ? [] : [[area, 'missing']];
          return [[area, last.data.result]];
        }),
      ),
    ]),
  );
}
