/** At which stations somebody works, and what of the desk they are offered there. */
import { may, STATION_ROLES, type Action } from '../../../domain/access/roles.ts';
import type { SignedIn } from '../../../domain/wire/desk.ts';
import type { Place } from './choices.ts';

/** Stations of the person's own assignments, in their order. */
export function ownStations({ assignments }: SignedIn): string[] {
  const stations = assignments.flatMap(({ role, station }) =>
    STATION_ROLES.includes(role) && station !== undefined ? [station] : [],
  );
  return [...new Set(stations)];
}

/** Where this browser's desk stands for this person: where it stood, if they may see that; else their first station. */
export function choosePlace(who: SignedIn, kept: Place | undefined, all: readonly string[]): Place | undefined {
  const seen = (station: string) => mayAt(who, 'see-station', station);
  if (kept && seen(kept.station)) return kept;
  const first = ownStations(who)[0] ?? all.find(seen);
  return first === undefined ? undefined : { station: first };
}

export function mayAt({ assignments, day }: SignedIn, action: Action, station?: string): boolean {
  return may(assignments, action, day, station);
}
