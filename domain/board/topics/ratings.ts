/** 评价: the distribution of ratings by place and month, and the loop of the poor ones. */
import { isInForce } from '../../profile/profile.ts';
import { cellParts, type CellTable } from '../cells.ts';
import { MONTH, monthsBefore, RATED_MONTHS, TODAY } from '../residency.ts';
import { FOLLOWUPS_SHOWN, REST, splitByWeight } from './bounds.ts';
import type { RatedPlace, RatedStation, RatingCounts, RatingLoop, RatingsData } from './data-ratings.ts';
import { poorRatingDays, toFollowupCards } from './followups.ts';
import { toSceneHead } from './head.ts';
import { nameStation, type BoardView } from './view.ts';

export function buildRatings(view: BoardView): RatingsData {
  const open = [...view.state.entries.followup.values()].filter(({ about }) => about === 'rating').length;
  return {
    ...toSceneHead(view),
    today: countScores(view.table(TODAY)),
    month: countScores(view.table(MONTH)),
    earlier: toEarlierMonths(view),
    stations: toStations(view),
    loop: toLoop(view),
    followups: toFollowupCards(view, FOLLOWUPS_SHOWN, 'rating'),
    ...(open > FOLLOWUPS_SHOWN ? { moreFollowups: open - FOLLOWUPS_SHOWN } : {}),
    poorRatingDays: poorRatingDays(view.config.profile),
  };
}

function countScores(table: CellTable): RatingCounts {
  const counts: RatingCounts = { active: {}, byDefault: {} };
  for (const names of table.values()) {
    for (const { score, active, n } of readScores(names)) {
      const scores = active ? counts.active : counts.byDefault;
      scores[score] = (scores[score] ?? 0) + n;
    }
  }
  return counts;
}

function toEarlierMonths(view: BoardView): RatingsData['earlier'] {
  const months: RatingsData['earlier'] = [];
  for (const month of monthsBefore(view.day.slice(0, 7), RATED_MONTHS).reverse()) {
    const place = emptyPlace();
    for (const names of view.table(month).values()) for (const score of readScores(names)) addScore(place, score);
    if (place.satisfied.of + place.byDefault > 0) months.push({ month, ...place });
  }
  return months;
}

function toStations(view: BoardView): RatingsData['stations'] {
  const { config, day } = view;
  const table = view.table(MONTH);
  const known = config.profile.stations.filter((station) => isInForce(station, day)).map(({ id }) => id);
  const others = new Map<string, number>();
  for (const [id, names] of table) {
    const count = [...readScores(names)].reduce((sum, { n }) => sum + n, 0);
    if (count > 0 && !known.includes(id)) others.set(id, count);
  }
  const { shown, rest } = splitByWeight(others.keys(), (id) => others.get(id)!);
  const stations = [...known, ...shown].map((id): [string, RatedStation] => [id, toStation(view, id, table)]);
  if (rest.length > 0) {
    const merged = { ...emptyPlace(), windows: {} };
    for (const id of rest) for (const score of readScores(table.get(id)!)) addScore(merged, score);
    stations.push([REST, { name: '', short: '', kind: 'community', unknown: true, merged: rest.length, ...merged }]);
  }
  return Object.fromEntries(stations);
}

function toStation(view: BoardView, id: string, table: CellTable): RatedStation {
  const { stations, profile } = view.config;
  const place = emptyPlace();
  const own = profile.windows.filter((window) => window.station === id && isInForce(window, view.day));
  const windows = new Map(own.map(({ id: window }) => [window, emptyPlace()]));
  for (const score of readScores(table.get(id) ?? new Map())) {
    addScore(place, score);
    const { window } = score;
    if (window === undefined) continue;
    const rated = windows.get(window) ?? emptyPlace();
    windows.set(window, rated);
    addScore(rated, score);
  }
  const labels = new Map(profile.windows.map(({ id: window, label }) => [window, label]));
  const strange = [...windows.keys()].filter((window) => !own.some((one) => one.id === window));
  const weightOf = (window: string) => windows.get(window)!.satisfied.of + windows.get(window)!.byDefault;
  const listed = [...own.map(({ id: window }) => window), ...splitByWeight(strange, weightOf).shown];
  return {
    ...nameStation(view, id),
    kind: stations.get(id)?.kind ?? 'community',
    ...place,
    windows: Object.fromEntries(
      listed.map((window) => [window, { label: labels.get(window) ?? window, ...windows.get(window)! }]),
    ),
  };
}

function toLoop(view: BoardView): RatingLoop {
  const loop = { poor: 0, opened: 0, calledBack: 0, rectified: 0, explained: 0, misrated: 0, open: 0, carried: 0 };
  for (const names of view.table(MONTH).values()) {
    for (const [name, n] of names) {
      const [head, a, b] = cellParts(name);
      if (head === 'score' && Number(a) < 3) loop.poor += n;
      else if (head === 'followup' && a === 'opened' && b === 'rating') loop.opened += n;
      else if (head === 'resolved' && a === 'rating') {
        if (b === 'called-back') loop.calledBack += n;
        else if (b === 'rectified') loop.rectified += n;
        else if (b === 'explained') loop.explained += n;
        else if (b === 'misrated') loop.misrated += n;
      }
    }
  }
  loop.open = loop.opened - loop.calledBack - loop.rectified - loop.explained - loop.misrated;
  const listed = [...view.state.entries.followup.values()].filter(({ about }) => about === 'rating').length;
  loop.carried = listed - loop.open;
  return loop;
}

interface Score {
  readonly score: string;
  readonly active: boolean;
  readonly window: string | undefined;
  readonly n: number;
}

/** Cells `score/1…5/active|default[/window]` of one station. */
function* readScores(names: ReadonlyMap<string, number>): Generator<Score> {
  for (const [name, n] of names) {
    const [head, score = '', kind, window] = cellParts(name);
    if (head === 'score') yield { score, active: kind === 'active', window, n };
  }
}

function emptyPlace(): RatedPlace {
  return { satisfied: { n: 0, of: 0 }, poor: 0, byDefault: 0 };
}

function addScore(place: RatedPlace, { score, active, n }: Score): void {
  const isPoor = Number(score) < 3;
  if (isPoor) place.poor += n;
  if (!active) place.byDefault += n;
  else {
    place.satisfied.of += n;
    if (!isPoor) place.satisfied.n += n;
  }
}
