/** 评价: the distribution of ratings by place and month, and the loop of the poor ones. */
import { dayOf } from '../../calendar/zone.ts';
import { isPoor } from '../../events/kinds.ts';
import { addTo } from '../../measures/spread.ts';
import { isInForce } from '../../profile/profile.ts';
import { readCellName, type CellTable } from '../cells.ts';
import { MONTH, monthsBefore, RATED_MONTHS, TODAY } from '../residency.ts';
import { boundMoments, isKey, REST, splitByWeight, type Bound } from './bounds.ts';
import type { RatedPlace, RatedStation, RatedWindow, RatingCounts, RatingLoop, RatingsData } from './data-ratings.ts';
import { poorRatingDays, readFollowups, toFollowupCards, type DueFollowup } from './followups.ts';
import { toSceneHead } from './head.ts';
import { nameStation, nameWindow, type BoardView } from './view.ts';

/** Windows that the profile does not know; the wall shows those of the street hall alone. */
const WINDOWS_SHOWN: Readonly<Record<'hall' | 'others', Bound>> = {
  hall: { most: 12, bytes: 8_000 },
  others: { most: 3, bytes: 1_200 },
};
/** Moments by which those follow-ups are due that are not listed. */
const DUE_MORE = 96;

export function buildRatings(view: BoardView): RatingsData {
  const open = readFollowups(view).filter(([, { entry }]) => entry.about === 'rating');
  const { shown, rest } = toFollowupCards(view, open);
  return {
    ...toSceneHead(view),
    today: countScores(view.table(TODAY)),
    month: countScores(view.table(MONTH)),
    earlier: toEarlierMonths(view),
    ...toStations(view),
    loop: toLoop(view),
    followups: Object.fromEntries(shown),
    ...(rest.length > 0 ? { moreFollowups: rest.length, moreDue: splitDue(view, rest) } : {}),
    poorRatingDays: poorRatingDays(view.config.profile),
  };
}

/** Deadlines of those that are not listed, in their order: of this month's apart from those of earlier months. */
function splitDue(view: BoardView, rest: readonly DueFollowup[]): NonNullable<RatingsData['moreDue']> {
  const month = view.day.slice(0, 7);
  const isOfMonth = ([, { entry }]: DueFollowup) => dayOf(view.zone, entry.openedAt).slice(0, 7) === month;
  const read = (followups: readonly DueFollowup[]) =>
    boundMoments(
      followups.flatMap(([, { due }]) => due?.at ?? []),
      0,
      DUE_MORE,
    ).more ?? [];
  return { open: read(rest.filter(isOfMonth)), carried: read(rest.filter((one) => !isOfMonth(one))) };
}

function countScores(table: CellTable): RatingCounts {
  const [given, filled] = [new Map<string, number>(), new Map<string, number>()];
  for (const names of table.values()) {
    for (const { score, active, n } of readScores(names)) {
      const scores = active ? given : filled;
      addTo(scores, score, n);
    }
  }
  return { active: Object.fromEntries(given), byDefault: Object.fromEntries(filled) };
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

function toStations(view: BoardView): Pick<RatingsData, 'stations' | 'order'> {
  const { config, day } = view;
  const table = view.table(MONTH);
  const known = new Set(
    config.profile.stations
      .filter((station) => isInForce(station, day))
      .map(({ id }) => id)
      .filter(isKey),
  );
  const others = new Map<string, number>();
  for (const [id, names] of table) {
    if (known.has(id)) continue;
    const place = emptyPlace();
    for (const score of readScores(names)) addScore(place, score);
    if (place.satisfied.of + place.byDefault + place.poor > 0) others.set(id, weigh(place));
  }
  const { shown, rest } = splitByWeight(others.keys(), (id) => others.get(id)!);
  const stations = [...known, ...shown].map((id): [string, RatedStation] => [id, toStation(view, id, table)]);
  if (rest.length > 0) {
    const merged = { ...emptyPlace(), windows: {} };
    for (const id of rest) for (const score of readScores(table.get(id)!)) addScore(merged, score);
    stations.push([REST, { name: '', short: '', kind: 'community', unknown: true, merged: rest.length, ...merged }]);
  }
  return { stations: Object.fromEntries(stations), order: stations.map(([id]) => id) };
}

function toStation(view: BoardView, id: string, table: CellTable): RatedStation {
  const { stations, profile } = view.config;
  const kind = stations.get(id)?.kind ?? 'community';
  const place = emptyPlace();
  const known = new Set(
    profile.windows
      .filter((window) => window.station === id && isInForce(window, view.day))
      .map(({ id: window }) => window)
      .filter(isKey),
  );
  const windows = new Map([...known].map((window) => [window, emptyPlace()]));
  for (const score of readScores(table.get(id) ?? new Map())) {
    addScore(place, score);
    const { window } = score;
    if (window === undefined) continue;
    const rated = windows.get(window) ?? emptyPlace();
    windows.set(window, rated);
    addScore(rated, score);
  }
  const strange = [...windows.keys()].filter((window) => !known.has(window));
  const bound = kind === 'hall' ? WINDOWS_SHOWN.hall : WINDOWS_SHOWN.others;
  const { shown, rest } = splitByWeight(strange, (window) => weigh(windows.get(window)!), bound);
  const listed = [...known, ...shown].map((window): [string, RatedWindow] => [
    window,
    { label: nameWindow(view, window), ...windows.get(window)! },
  ]);
  if (rest.length > 0) {
    const merged = emptyPlace();
    for (const window of rest) addPlace(merged, windows.get(window)!);
    listed.push([REST, { label: '', merged: rest.length, ...merged }]);
  }
  return { ...nameStation(view, id), kind, ...place, windows: Object.fromEntries(listed) };
}

/** Poor ratings before others. */
function weigh({ poor, satisfied, byDefault }: RatedPlace): number {
  return poor * 1_000_000 + satisfied.of + byDefault;
}

function toLoop(view: BoardView): RatingLoop {
  const loop = { poor: 0, opened: 0, calledBack: 0, rectified: 0, explained: 0, misrated: 0, open: 0, carried: 0 };
  for (const names of view.table(MONTH).values()) {
    for (const [name, n] of names) {
      const cell = readCellName(name);
      if (cell.head === 'score' && isPoor(cell.score)) loop.poor += n;
      else if (cell.head === 'followup' && cell.step === 'opened' && cell.about === 'rating') loop.opened += n;
      else if (cell.head === 'resolved' && cell.about === 'rating') {
        if (cell.result === 'called-back') loop.calledBack += n;
        else if (cell.result === 'rectified') loop.rectified += n;
        else if (cell.result === 'explained') loop.explained += n;
        else if (cell.result === 'misrated') loop.misrated += n;
      }
    }
  }
  loop.open = loop.opened - loop.calledBack - loop.rectified - loop.explained - loop.misrated;
  const listed = readFollowups(view).filter(([, { entry }]) => entry.about === 'rating').length;
  loop.carried = listed - loop.open;
  return loop;
}

interface Score {
  readonly score: string;
  readonly active: boolean;
  readonly window: string | undefined;
  readonly n: number;
}

/** The scores of one station. */
function* readScores(names: ReadonlyMap<string, number>): Generator<Score> {
  for (const [name, n] of names) {
    const cell = readCellName(name);
    if (cell.head !== 'score') continue;
    yield { score: cell.score, active: cell.kind === 'active', window: cell.window || undefined, n };
  }
}

function emptyPlace(): RatedPlace {
  return { satisfied: { n: 0, of: 0 }, poor: 0, byDefault: 0 };
}

function addPlace(sum: RatedPlace, { satisfied, poor, byDefault }: RatedPlace): void {
  sum.satisfied.n += satisfied.n;
  sum.satisfied.of += satisfied.of;
  sum.poor += poor;
  sum.byDefault += byDefault;
}

function addScore(place: RatedPlace, { score, active, n }: Score): void {
  if (isPoor(score)) place.poor += n;
  if (!active) place.byDefault += n;
  else {
    place.satisfied.of += n;
    if (!isPoor(score)) place.satisfied.n += n;
  }
}
