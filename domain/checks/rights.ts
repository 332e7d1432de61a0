/** Who may check what (spec D). Pure; a day is the hall's day. */
import { assignmentsOn, may, STATION_ROLES, type Assignment } from '../access/roles.ts';
import { checkSettings, type Profile } from '../profile/profile.ts';

/**
 * Leads their own station and managers all, or managers alone, as the profile says. Nobody confirms their own conduct:
 * that of a station is not for whoever works there.
 */
export function mayCheck(
  assignments: readonly Assignment[],
  { area, station, day }: { readonly area: string; readonly station: string; readonly day: string },
  profile: Profile,
): boolean {
  const isHalls = may(assignments, 'check', day);
  if (!isHalls && (checkSettings(profile).by === 'managers' || !may(assignments, 'check', day, station))) return false;
  return area !== 'conduct' || !worksAt(assignments, station, day);
}

function worksAt(assignments: readonly Assignment[], station: string, day: string): boolean {
  return assignmentsOn(assignments, day).some((one) => STATION_ROLES.includes(one.role) && one.station === station);
}
