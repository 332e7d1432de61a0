/** Who may do what: roles as dated assignments, and the one table of actions. Pure; a day is the hall's day, `YYYY-MM-DD`. */
import { isInForce } from '../profile/in-force.ts';

export const ROLES = ['clerk', 'lead', 'manager', 'leader', 'administrator'] as const;
export type Role = (typeof ROLES)[number];

/** Roles that belong to one station; the others belong to the whole hall. */
export const STATION_ROLES: readonly Role[] = ['clerk', 'lead'];

/** What somebody is, and where; `from` and `until` are days, both included. A substitute is one that ends. */
export interface Assignment {
  readonly role: Role;
  /** Present exactly where the role belongs to one station. */
  readonly station?: string | undefined;
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

/** Where a role may do a thing: at the stations of its assignments, or in the whole hall. */
type Reach = 'station' | 'hall';

/**
 * Every action that a signed-in person may ask for, with the roles that may. A role that is not named may not. What
 * concerns no station in particular asks for the reach `hall`.
 */
export const ACTIONS = {
  /** The station's desk: windows, queue, open cases, alarms. */
  'see-station': { clerk: 'station', lead: 'station', manager: 'hall', leader: 'hall' },
  /** Management topics of the wall, measures, reports. */
  'see-hall': { manager: 'hall', leader: 'hall' },
  /** Cases and all else that is written down at a desk, and the undoing of one's own. */
  record: { clerk: 'station', lead: 'station', manager: 'hall' },
  /** Voids of what others wrote down. */
  correct: { lead: 'station', manager: 'hall' },
  /** Windows: open, pause, close; tickets: call, recall, pass over, transfer, finish, give a number. */
  serve: { clerk: 'station', lead: 'station', manager: 'hall' },
  /** The end of the queue at closing time, and its taking back. */
  'end-queue': { lead: 'station', manager: 'hall' },
  /** The desk in the place of a system that is down. */
  'switch-feed': { lead: 'station', manager: 'hall' },
  /** Complaints answered, and ratings of the second round after a follow-up: never about oneself. */
  review: { lead: 'station', manager: 'hall' },
  /** Daily checks: of the hall where the profile leaves them to managers. Nobody's own conduct, which the route asks. */
  check: { lead: 'station', manager: 'hall' },
  /** What was checked and found. */
  'see-checks': { lead: 'station', manager: 'hall', leader: 'hall' },
  /** What citizens say: read, released, assigned, answered or declined; never what is about oneself. */
  'answer-voices': { lead: 'station', manager: 'hall' },
  /** Another system's export laid against the ledger. */
  reconcile: { manager: 'hall' },
  /** What that brought to light: owner and cause of a finding. */
  'settle-finding': { lead: 'station', manager: 'hall' },
  /** The stamps, and the findings. */
  'see-findings': { lead: 'station', manager: 'hall', leader: 'hall' },
  /** The hall's own words in a report. */
  'write-report': { manager: 'hall' },
  /** Which sections a report holds. */
  'arrange-report': { manager: 'hall', administrator: 'hall' },
  /** What is sent by itself: what became of it, a test, and a word on what nobody knows the end of. */
  'send-reports': { manager: 'hall', administrator: 'hall' },
  /** Stars of the month, their weights, and the hall's rules of conduct on the wall: never oneself. */
  'publish-stars': { manager: 'hall' },
  /** Instructions of leadership. */
  instruct: { leader: 'hall', manager: 'hall' },
  /** All instructions, whoever gave them, and their closing. */
  'see-instructions': { manager: 'hall' },
  /** Follow-ups of others. */
  'see-followups': { lead: 'station', manager: 'hall', leader: 'hall' },
  /** Follow-ups: assigned, hastened, and decided where nobody of the hall opened them; never about oneself. */
  'keep-followups': { lead: 'station', manager: 'hall' },
  /** Accounts of others. Whose, `mayManage` says. */
  'manage-accounts': { manager: 'hall', administrator: 'hall' },
  /** Who did what, when. */
  'see-audit': { manager: 'hall', administrator: 'hall' },
  /** What changes from day to day: notices, duty, hours and days off, targets, alarms, scenes. */
  arrange: { manager: 'hall', administrator: 'hall' },
  /** All of the hall's own documents, keys of systems, and displays. */
  'set-up': { administrator: 'hall' },
} as const satisfies Readonly<Record<string, Partial<Readonly<Record<Role, Reach>>>>>;
export type Action = keyof typeof ACTIONS;

/** The assignments that are in force on a day. */
export function assignmentsOn(assignments: readonly Assignment[], day: string): Assignment[] {
  return assignments.filter((assignment) => isInForce(assignment, day));
}

/**
 * Whether somebody may do `action` on `day`: at `station`, or in the whole hall where none is named.
 */
export function may(assignments: readonly Assignment[], action: Action, day: string, station?: string): boolean {
  const reaches: Partial<Readonly<Record<Role, Reach>>> = ACTIONS[action];
  return assignmentsOn(assignments, day).some((assignment) => {
    const reach = reaches[assignment.role];
    if (reach === undefined) return false;
    return reach === 'hall' || (station !== undefined && assignment.station === station);
  });
}

/** Whether somebody may do `action` at some station or in the whole hall on `day`: what a page offers at all. */
export function mayAnywhere(assignments: readonly Assignment[], action: Action, day: string): boolean {
  const reaches: Partial<Readonly<Record<Role, Reach>>> = ACTIONS[action];
  return assignmentsOn(assignments, day).some(({ role }) => reaches[role] !== undefined);
}

/**
 * Whether somebody of these roles may make, change or end an account of those: an administrator any, a manager those of
 * clerks, leads and leaders. Nobody their own, which the caller asks by the staff id.
 */
export function mayManage(mine: readonly Role[], theirs: readonly Role[]): boolean {
  if (mine.includes('administrator')) return true;
  return mine.includes('manager') && theirs.every((role) => role !== 'manager' && role !== 'administrator');
}
