/** Where somebody goes once they are signed in: the page that sent them here, else the one that their role works on. */
import { STATION_ROLES, type Assignment } from '../../../domain/access/roles.ts';

/** Of no real host: whatever leads away from it leads away from ours. */
const HERE = 'http://hall.invalid';
const LONGEST = 2_000;

/**
 * The path of the page that is to follow; `undefined` for none, for another host's, for this page itself, and for what
 * is no page.
 *
 * @param asked `next` of the page's query, which anybody may have written
 */
export function checkNext(asked: string | null): string | undefined {
  if (asked === null || asked.length > LONGEST || !/^\/(?!\/)[^\\\p{Cc}]*$/u.test(asked)) return undefined;
  let url: URL;
  try {
    url = new URL(asked, HERE);
  } catch {
    return undefined;
  }
  const { origin, pathname, search, hash } = url;
  // `/x/..//other.host` is written as a path and reads as a host.
  if (origin !== HERE || pathname.startsWith('//')) return undefined;
  if (/^\/(sign-in|api|assets)(\/|$)/.test(pathname)) return undefined;
  return pathname + search + hash;
}

/** The page that somebody of these assignments begins their day with. */
export function homeOf(assignments: readonly Assignment[]): string {
  const roles = assignments.map(({ role }) => role);
  if (roles.some((role) => STATION_ROLES.includes(role)) || roles.includes('manager')) return '/desk';
  return roles.includes('leader') ? '/' : '/accounts';
}

/** A path with the hall in its query, before what stands behind its `#`. */
export function keepHall(path: string, hall: string | undefined): string {
  const { pathname, searchParams, hash } = new URL(path, HERE);
  if (hall !== undefined && !searchParams.has('hall')) searchParams.set('hall', hall);
  const query = searchParams.toString();
  return `${pathname}${query === '' ? '' : `?${query}`}${hash}`;
}
