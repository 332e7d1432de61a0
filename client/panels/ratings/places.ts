/** Ratings by station and by window: each with its n, and no share where a handful of ratings cannot bear one. */
import type { RatedPlace, RatedStation, RatingsData } from '../../../domain/board/topics/data-ratings.ts';
import { formatCount } from '../../../domain/measures/numbers.ts';
import type { Words } from '../../words/wall.ts';
import { own } from '../../../domain/wire/own.ts';
import { writeLow, writeShare } from './distribution.ts';
import { behindPlace, type PlaceBehind } from './behind-place.ts';
import { firstOfMonth, nameStation } from './names.ts';

export interface PlaceRow {
  key: string;
  name: string;
  rated: string;
  /** A percentage; the two counts where there are few; a dash where there are none. */
  share: string;
  low: string;
  poor: string;
  byDefault: string;
  /** Too few to say a share, or none. */
  weight: 'full' | 'few' | 'none' | 'total';
  poorCount: number;
  /** Absent where it stands for several places. */
  behind?: PlaceBehind;
}

/** Below this many ratings a percentage says less than its two counts. */
export const LEAST_RATED = 20;

export function buildStationRows(data: RatingsData, words: Words): PlaceRow[] {
  const stations = data.order.flatMap((id): [string, RatedStation][] => {
    const station = own(data.stations, id);
    return station ? [[id, station]] : [];
  });
  const from = firstOfMonth(data.day.day);
  const rows = stations.map(([id, station]): PlaceRow => {
    const name = nameStation(station, words);
    const row = buildRow(id, name, station, words);
    return station.merged ? row : { ...row, behind: behindPlace({ from, station: id, of: name }) };
  });
  return [
    ...poorFirst(rows),
    totalRow(
      stations.map(([, station]) => station),
      words,
      behindPlace({ from }),
    ),
  ];
}

/** The street hall's windows; what names no window stands beside them, so that the rows add up to the hall's. */
export function buildWindowRows(data: RatingsData, words: Words): PlaceRow[] {
  const { places: text } = words.ratings;
  const hallId = data.order.find((id) => own(data.stations, id)?.kind === 'hall');
  if (hallId === undefined) return [];
  const hall = own(data.stations, hallId)!;
  const scope = { from: firstOfMonth(data.day.day), station: hallId };
  const windows = Object.entries(hall.windows).sort(
    ([idA, a], [idB, b]) =>
      Number(a.merged !== undefined) - Number(b.merged !== undefined) ||
      (a.label < b.label ? -1 : a.label > b.label ? 1 : idA < idB ? -1 : 1),
  );
  const named = sumPlaces(windows.map(([, window]) => window));
  const rest: RatedPlace = {
    satisfied: { n: hall.satisfied.n - named.satisfied.n, of: hall.satisfied.of - named.satisfied.of },
    poor: hall.poor - named.poor,
    byDefault: hall.byDefault - named.byDefault,
  };
  const rows = windows.map(([id, window]): PlaceRow => {
    // A window with a name of its own (绿色专窗) needs no 号窗.
    const label = /^[A-Za-z]?\d+$/.test(window.label) ? text.label(window.label) : window.label;
    const name = window.merged ? text.others(window.merged) : label;
    const row = buildRow(`window ${id}`, name, window, words);
    return window.merged ? row : { ...row, behind: behindPlace({ ...scope, window: id, of: name }) };
  });
  return [
    ...poorFirst(rows),
    ...(rest.satisfied.of + rest.byDefault > 0 ? [buildRow('without', text.withoutWindow, rest, words)] : []),
    totalRow([hall], words, behindPlace({ ...scope, of: nameStation(hall, words) })),
  ];
}

/** Where people were unhappy comes first, the most of them foremost; the others keep their order. */
function poorFirst(rows: readonly PlaceRow[]): PlaceRow[] {
  return [...rows].sort((a, b) => b.poorCount - a.poorCount);
}

function totalRow(places: readonly RatedPlace[], words: Words, behind: PlaceBehind): PlaceRow {
  return { ...buildRow('total', words.ratings.places.total, sumPlaces(places), words), weight: 'total', behind };
}

function buildRow(key: string, name: string, place: RatedPlace, words: Words): PlaceRow {
  const { satisfied, poor, byDefault } = place;
  const few = satisfied.of < LEAST_RATED;
  return {
    key,
    name,
    rated: formatCount(satisfied.of),
    share: few && satisfied.of > 0 ? `${satisfied.n}/${satisfied.of}` : writeShare(satisfied, words),
    low: few ? '' : writeLow(satisfied, words),
    poor: satisfied.of + byDefault === 0 ? '' : formatCount(poor),
    byDefault: satisfied.of + byDefault === 0 ? '' : formatCount(byDefault),
    weight: satisfied.of === 0 ? 'none' : few ? 'few' : 'full',
    poorCount: poor,
  };
}

function sumPlaces(places: readonly RatedPlace[]): RatedPlace {
  const sum: RatedPlace = { satisfied: { n: 0, of: 0 }, poor: 0, byDefault: 0 };
  for (const { satisfied, poor, byDefault } of places) {
    sum.satisfied.n += satisfied.n;
    sum.satisfied.of += satisfied.of;
    sum.poor += poor;
    sum.byDefault += byDefault;
  }
  return sum;
}
