/** 评价: the distribution of ratings by place and month, and the loop of the poor ones. */
import { isInForce } from '../../profile/profile.ts';
import { cellParts, type CellTable } from '../cells.ts';
import { MONTH, monthsBefore, RATED_MONTHS, TODAY } from '../residency.ts';
import type { RatedPlace, RatedStation, RatingCounts, RatingLoop, RatingsData } from './data-ratings.ts';
import { poorRatingDays, toFollowupCard } from './followups.ts';
import { toSceneHead } from './head.ts';
import { nameStation, type BoardView } from './view.ts';

export function buildRatings(view: BoardView): RatingsData {
  return {
    ...toSceneHead(view),
    today: countScores(view.table(TODAY)),
    month: countScores(view.table(MONTH)),
    earlier: toEarlierMonths(view),
    stations: toStations(view),
    loop: toLoop(view),
    followups: toFollowups(view),
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
  const { stations, windows } = view.config.profile;
  const rated: RatingsData['stations'] = {};
  const labels = new Map(windows.map(({ id, label }) => [id, label]));
  const addStation = (id: string, kind: RatedStation['kind']) =>
    (rated[id] ??= { ...nameStation(view, id), kind, ...emptyPlace(), windows: {} });
  for (const station of stations) if (isInForce(station, view.day)) addStation(station.id, station.kind);
  for (const { id, station, label, ...span } of windows)
    if (isInForce(span, view.day) && rated[station]) rated[station].windows[id] = { label, ...emptyPlace() };
  for (const [id, names] of view.table(MONTH)) {
    for (const score of readScores(names)) {
      const station = addStation(id, view.config.stations.get(id)?.kind ?? 'community');
      addScore(station, score);
      const { window } = score;
      if (window === undefined) continue;
      addScore((station.windows[window] ??= { label: labels.get(window) ?? window, ...emptyPlace() }), score);
    }
  }
  return rated;
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

function toFollowups(view: BoardView): RatingsData['followups'] {
  const open = [...view.state.entries.followup].filter(([, { about }]) => about === 'rating');
  return Object.fromEntries(open.map(([id, entry]) => [id, toFollowupCard(view, entry)]));
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
