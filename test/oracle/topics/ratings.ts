/** 评价. */
import type { BoardFacts } from '../board.ts';
import { firstOfEach, ofType } from '../facts.ts';
import { sceneHead } from './head.ts';
import { dueFollowups, followupCards } from './followups.ts';
import { inForce, kindOf, nameStation, nameWindow, splitStrangers, tally } from './names.ts';

interface Rating {
  readonly month: string;
  readonly day: string;
  readonly place: string;
  readonly window: string | null | undefined;
  readonly score: number;
  readonly byPerson: boolean;
}

export function ratingsTopic(board: BoardFacts): object {
  const { config, day, living } = board;
  const month = day.slice(0, 7);
  const all = ofType(living, 'hall.rating.given')
    .filter(({ data }) => data.round !== 2)
    .map(({ at, data }): Rating => {
      const on = board.dayOf(at);
      return {
        day: on,
        month: on.slice(0, 7),
        place: data.station,
        window: data.window,
        score: data.score,
        byPerson: data.byDefault !== true,
      };
    });
  // Nobody rates tomorrow, so this month has no end.
  const ofMonth = all.filter((one) => one.month >= month);
  const followups = dueFollowups(board).filter(({ about }) => about === 'rating');
  return {
    ...sceneHead(board),
    today: scores(all.filter((one) => one.day === day)),
    month: scores(ofMonth),
    earlier: [5, 4, 3, 2, 1]
      .map((back) => monthBefore(month, back))
      .map((one) => ({ month: one, ...placeOf(all.filter((rating) => rating.month === one)) }))
      .filter((one) => all.some((rating) => rating.month === one.month)),
    ...placesOf(board, ofMonth),
    loop: loopOf(board, ofMonth, followups.length),
    followups: followupCards(followups),
    poorRatingDays: config.profile.targets.poorRatingDays ?? 5,
  };
}

function monthBefore(month: string, back: number): string {
  const date = new Date(`${month}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() - back);
  return date.toISOString().slice(0, 7);
}

function scores(ratings: readonly Rating[]): object {
  return {
    active: tally(
      ratings.filter(({ byPerson }) => byPerson),
      ({ score }) => score,
    ),
    byDefault: tally(
      ratings.filter(({ byPerson }) => !byPerson),
      ({ score }) => score,
    ),
  };
}

function placeOf(ratings: readonly Rating[]) {
  const active = ratings.filter(({ byPerson }) => byPerson);
  return {
    satisfied: { n: active.filter(({ score }) => score >= 3).length, of: active.length },
    poor: ratings.filter(({ score }) => score < 3).length,
    byDefault: ratings.length - active.length,
  };
}

/** Poor ones before others, then the many. */
function weigh(ratings: readonly Rating[]): number {
  return placeOf(ratings).poor * 1_000_000 + ratings.length;
}

function placesOf(board: BoardFacts, ratings: readonly Rating[]) {
  const { config, day } = board;
  const known = config.profile.stations.filter((station) => inForce(station, day)).map(({ id }) => id);
  const at = (ids: readonly string[]) => ratings.filter(({ place }) => ids.includes(place));
  const others = [...new Set(ratings.map(({ place }) => place))].filter((id) => !known.includes(id));
  const { shown, rest } = splitStrangers(others, (id) => weigh(at([id])));
  const stations: [string, object][] = [...known, ...shown].map((id) => [
    id,
    {
      ...nameStation(board, id),
      kind: kindOf(board, id),
      ...placeOf(at([id])),
      windows: windowsOf(board, id, at([id])),
    },
  ]);
  if (rest.length > 0) {
    const merged = { name: '', short: '', kind: 'community', unknown: true, merged: rest.length };
    stations.push(['', { ...merged, ...placeOf(at(rest)), windows: {} }]);
  }
  return { stations: Object.fromEntries(stations), order: stations.map(([id]) => id) };
}

function windowsOf(board: BoardFacts, station: string, ratings: readonly Rating[]): object {
  const known = board.config.profile.windows
    .filter((window) => window.station === station && inForce(window, board.day))
    .map(({ id }) => id);
  const at = (ids: readonly string[]) => ratings.filter(({ window }) => window != null && ids.includes(window));
  const others = [...new Set(ratings.flatMap(({ window }) => window ?? []))].filter((id) => !known.includes(id));
  const [most, bytes] = kindOf(board, station) === 'hall' ? [12, 8_000] : [3, 1_200];
  const { shown, rest } = splitStrangers(others, (id) => weigh(at([id])), most, bytes);
  return Object.fromEntries([
    ...[...known, ...shown].map((id) => [id, { label: nameWindow(board, id), ...placeOf(at([id])) }]),
    ...(rest.length > 0 ? [['', { label: '', merged: rest.length, ...placeOf(at(rest)) }]] : []),
  ]) as object;
}

function loopOf(board: BoardFacts, ratings: readonly Rating[], listed: number): object {
  const { living, day } = board;
  const opened = firstOfEach(ofType(living, 'hall.followup.opened'), ({ data }) => data.followup).filter(
    ({ at, data }) => data.about === 'rating' && board.dayOf(at) >= `${day.slice(0, 7)}-01`,
  );
  const results = opened.map(
    ({ data }) =>
      ofType(living, 'hall.followup.closed').findLast((closed) => closed.data.followup === data.followup)?.data.result,
  );
  const count = (result: string | undefined) => results.filter((one) => one === result).length;
  return {
    poor: placeOf(ratings).poor,
    opened: opened.length,
    calledBack: count('called-back'),
    rectified: count('rectified'),
    explained: count('explained'),
    misrated: count('misrated'),
    open: count(undefined),
    carried: listed - count(undefined),
  };
}
