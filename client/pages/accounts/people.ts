/** The list of people: what state an account is in, what its assignments are called, and who is found. */
import { assignmentsOn, STATION_ROLES, type Assignment } from '../../../domain/access/roles.ts';
import type { Account, AccountAssignment } from '../../../domain/wire/accounts.ts';
import type { AccountsWords } from '../../words/accounts.ts';
import { tellSpan } from './when.ts';

/** `idle`: with a password, and without anything to do on that day. */
export type State = Account['state'] | 'idle';

export function stateOf({ state, assignments }: Account, day: string): State {
  return state === 'active' && assignmentsOn(assignments, day).length === 0 ? 'idle' : state;
}

export type Phase = 'now' | 'coming' | 'over';

export function phaseOf({ from, until }: Assignment, day: string): Phase {
  if (until !== undefined && until < day) return 'over';
  return from !== undefined && from > day ? 'coming' : 'now';
}

const ORDER: readonly Phase[] = ['now', 'coming', 'over'];

/** Those in force first, then those to come, then those that are over, the latest of them first. */
export function sortPosts(assignments: readonly AccountAssignment[], day: string): AccountAssignment[] {
  const rank = (one: Assignment) => ORDER.indexOf(phaseOf(one, day));
  return [...assignments].sort(
    (a, b) =>
      rank(a) - rank(b) ||
      (phaseOf(a, day) === 'over' ? -1 : 1) * compare(a.from ?? '', b.from ?? '') ||
      compare(a.id, b.id),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Names of stations by id. */
export type StationNames = ReadonlyMap<string, string>;

/** What somebody is and where; a station that is not known is called by its id. */
export function tellPost({ role, station }: Assignment, stations: StationNames, words: AccountsWords): string {
  const place = station === undefined ? words.accounts.hall : (stations.get(station) ?? station);
  return `${words.access.role[role]} · ${place}`;
}

/** The days of an assignment. */
export function tellDays(assignment: Assignment, today: string, words: AccountsWords): string {
  return tellSpan(assignment, today, words.accounts);
}

/** In place of a station: whoever has an assignment in the whole hall. */
export const HALL = '*hall';

export interface Wanted {
  /** Of a name or a staff id. */
  readonly text: string;
  /** A station's id, `HALL`, or empty for all. */
  readonly station: string;
  readonly withEnded: boolean;
}

/** Whom somebody looks for, by staff id; at a station is whoever is or will be there. */
export function findPeople(accounts: readonly Account[], wanted: Wanted, day: string): Account[] {
  const text = fold(wanted.text.trim());
  return accounts
    .filter(({ state }) => wanted.withEnded || state !== 'ended')
    .filter(({ staff, name }) => fold(name).includes(text) || fold(staff).includes(text))
    .filter(({ assignments }) => wanted.station === '' || assignments.some((one) => isAt(one, wanted.station, day)))
    .sort((a, b) => a.staff.localeCompare(b.staff, 'en', { numeric: true }));
}

function isAt(assignment: Assignment, station: string, day: string): boolean {
  if (phaseOf(assignment, day) === 'over') return false;
  return station === HALL ? !STATION_ROLES.includes(assignment.role) : assignment.station === station;
}

/** Full-width letters and capitals are the same to whoever types. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
