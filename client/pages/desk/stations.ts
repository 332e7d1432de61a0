/** At which station a browser's desk stands for whoever is signed in, and what they are offered there. */
import { may, STATION_ROLES, type Action } from '../../../domain/access/roles.ts';
import type { SignedIn } from '../../../domain/wire/desk.ts';
import type { Place } from './choices.ts';

/** Where it stood, if they may see that; else the first station of their own, else the first that they may see. */
export function choosePlace({ assignments, stations }: SignedIn, kept: Place | undefined): Place | undefined {
  if (kept && stations.some(({ id }) => id === kept.station)) return kept;
  const own = assignments.find(({ role }) => STATION_ROLES.includes(role))?.station;
  const station = own ?? stations[0]?.id;
  return station === undefined ? undefined : { station };
}

export function mayAt({ assignments, day }: SignedIn, action: Action, station?: string): boolean {
  return may(assignments, action, day, station);
}
