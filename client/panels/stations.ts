/** Today's acceptances of the stations beside one another. */
import { isHeard } from '../../domain/board/now.ts';
import { REST } from '../../domain/board/topics/bounds.ts';
import type { OverviewData, StationTile } from '../../domain/board/topics/data.ts';
import { MINUTE_MS } from '../../domain/calendar/zone.ts';
import { formatCount } from '../../domain/measures/numbers.ts';
import type { Behind } from '../ui/behind.ts';
import type { Words } from '../words/wall.ts';
import { isListening, type Moment } from './moment.ts';
import { own } from '../../domain/wire/own.ts';

export interface StationView {
  key: string;
  name: string;
  value: string;
  /** 0 nothing, 1 some, 2 the most of all stations today. */
  shade: 0 | 1 | 2;
  /** It goes by its id, which may be longer than its tile. */
  unknown?: true;
  /** The measure that its figure is; several stations as one have none. */
  behind?: Behind;
  /** What is odd about this station: silent, not in the profile, or with numbers that it gave out before. */
  flag?: string;
}

export interface StationsView {
  /** What it is called: of a day that is not today's, not today's. */
  label: string;
  /** Of all stations and channels. */
  accepted: string;
  hall: string;
  /** The measure of the hall's figure, where there is one hall. */
  behindHall?: Behind;
  communities: string;
  tiles: StationView[];
}

const MOST_TILES = 15;

export function buildStations(data: OverviewData, moment: Moment, words: Words): StationsView {
  const entries = listStations(data);
  const sum = (kind: 'hall' | 'community'): number =>
    entries.reduce((total, [, station]) => total + (station.kind === kind ? station.accepted : 0), 0);
  const communities = entries.filter(([, station]) => station.kind === 'community');
  const most = Math.max(0, ...communities.map(([, { merged, accepted }]) => (merged ? 0 : accepted)));
  const listening = isListening(data, moment);
  const tiles = communities.map(([key, station]): StationView => {
    const shade = station.accepted === 0 ? 0 : station.accepted === most && most > 1 ? 2 : 1;
    const view: StationView = {
      key,
      name: station.merged ? words.stations.others(station.merged) : words.pick(station.short, station.shortEn),
      value: formatCount(station.accepted),
      shade,
      ...(station.merged ? {} : { behind: toBehind(key, station, words) }),
    };
    if (station.unknown) return { ...view, unknown: true, flag: words.stations.unknown };
    const odd = station.reusedTickets ? { ...view, flag: words.stations.reused } : view;
    const heardAt = own(data.proof.heardAt, key);
    if (!listening || isHeard(heardAt, data.thresholds.unheardMinutes, moment.now)) return odd;
    const silent = heardAt === undefined ? undefined : moment.now - heardAt;
    const flag = silent === undefined ? words.stations.never : words.stations.unheard(Math.floor(silent / MINUTE_MS));
    return { ...view, flag };
  });
  const [hall, ...more] = entries.filter(([, station]) => station.kind === 'hall');
  return {
    label: moment.phase === 'past' ? words.stations.acceptedThen : words.stations.accepted,
    accepted: formatCount(data.counts.accepted),
    hall: formatCount(sum('hall')),
    ...(hall && more.length === 0 ? { behindHall: toBehind(...hall, words) } : {}),
    communities: formatCount(sum('community')),
    tiles: fold(
      tiles,
      communities.map(([, station]) => station),
      words,
    ),
  };
}

function toBehind(station: string, { short, shortEn }: StationTile, words: Words): Behind {
  return { term: 'accepted', station, of: words.pick(short, shortEn) };
}

function listStations({ order, stations }: OverviewData): [string, StationTile][] {
  return order.flatMap((id) => {
    const station = own(stations, id);
    return station ? [[id, station]] : [];
  });
}

/** More stations than fit are drawn together in the last tile, so that nothing is cut and the sum still holds. */
function fold(tiles: StationView[], stations: readonly StationTile[], words: Words): StationView[] {
  if (tiles.length <= MOST_TILES) return tiles;
  const kept = MOST_TILES - 1;
  const folded = stations.slice(kept);
  const rest = folded.reduce((total, { accepted }) => total + accepted, 0);
  const name = words.stations.others(folded.reduce((total, { merged = 1 }) => total + merged, 0));
  return [...tiles.slice(0, kept), { key: REST, name, value: formatCount(rest), shade: rest > 0 ? 1 : 0 }];
}
