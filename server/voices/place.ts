/** Where the form stands, as its page is told. */
import { isInForce, KEEP_DAYS, stationNames, type HallConfig } from '../../domain/profile/profile.ts';
import type { SayPlace, SayStation } from '../../domain/wire/voices.ts';

export interface PlaceOptions {
  readonly config: HallConfig;
  readonly demo: boolean;
  /** The hall's day. */
  readonly day: string;
  readonly outside: string | undefined;
}

/** @param station the tablet's; without one it is chosen. @returns undefined where the profile has no such station in force */
export function buildSayPlace(station: string | undefined, options: PlaceOptions): SayPlace | undefined {
  const { config, demo, day, outside } = options;
  const { profile } = config;
  const stations = profile.stations
    .filter((one) => isInForce(one, day))
    // The street hall first: whoever does not know which it was means that.
    .sort((a, b) => Number(b.kind === 'hall') - Number(a.kind === 'hall'))
    .map((one): SayStation => {
      const { zh, en } = stationNames(one, day);
      return { id: one.id, name: zh, ...(en === undefined ? {} : { nameEn: en }) };
    });
  const own = stations.find(({ id }) => id === station);
  if (station !== undefined && own === undefined) return undefined;
  return {
    hall: { name: profile.name.zh, ...(profile.name.en ? { nameEn: profile.name.en } : {}), demo },
    timeZone: profile.timeZone,
    ...(own === undefined ? {} : { station: own }),
    stations: own === undefined ? stations : [],
    ...(outside === undefined ? {} : { outside }),
    keepDays: profile.voices?.keepDays ?? KEEP_DAYS,
  };
}
