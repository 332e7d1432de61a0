/** Accounts as people use them: signing in and out, codes, assignments, leaving. Every refusal is a value with its reason. */
import {
  assignmentsOn,
  mayManage,
  ROLES,
  STATION_ROLES,
  type Assignment,
  type Role,
} from '../../domain/access/roles.ts';
import { findStaffFlaw } from '../../domain/access/staff-id.ts';
import type { AccessChange, AccountStore, CodePurpose, KeptAssignment, Session } from './account-store.ts';
import { isStrong, type Passwords } from './passwords.ts';
import type { Person } from './person.ts';
import { drawCode, drawSecret, hashSecret, isSecret, parseCode } from './secret.ts';
import type { SignInGuesses } from './sign-in-guesses.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Over a lunch of two hours a desk stays signed in; nobody's session outlasts their day. */
const IDLE_MS = 2.5 * HOUR_MS;
const ABSOLUTE_MS = 12 * HOUR_MS;
/** A leader's own telephone, for reading. */
const KEPT_MS = 30 * DAY_MS;
/** For so long after a password was given a kept session may do more than read. */
const FRESH_MS = 12 * HOUR_MS;
export const CODE_MS = DAY_MS;
/** An address from which somebody signed in within this time is known. */
const KNOWN_MS = 30 * DAY_MS;
/** What is noted of use is noted once a minute: a sheet of entries is not a sheet of writes here. */
const SEEN_EVERY_MS = 60_000;

export interface AccountsOptions {
  readonly store: AccountStore;
  readonly passwords: Passwords;
  readonly guesses: SignInGuesses;
  /** The machine's clock, epoch ms: sessions go by it. */
  readonly now: () => number;
  /** The hall's day: assignments go by it. */
  readonly day: () => string;
  /** Ids of stations, and words that make a bad password here: the hall's names. */
  readonly stations: () => ReadonlyMap<string, unknown>;
  readonly words: () => readonly string[];
}

export type AccountRefusal =
  | 'wrong'
  | 'locked'
  | 'no-assignment'
  | 'unknown-code'
  | 'weak-password'
  | 'identity'
  | 'form'
  | 'exists'
  | 'unknown-account'
  | 'unknown-station'
  | 'not-allowed';

export interface Refused {
  readonly ok: false;
  readonly reason: AccountRefusal;
  readonly field?: string;
  /** Of `locked`. */
  readonly waitMs?: number;
}
export type Done<T> = ({ readonly ok: true } & T) | Refused;

/** From where somebody signs in. */
export interface Place {
  readonly address: string;
  /** The browser in few words. */
  readonly label: string;
}

export type Accounts = ReturnType<typeof createAccounts>;

export function createAccounts(options: AccountsOptions) {
  const { store, passwords, guesses, now } = options;
  const refuse = (reason: AccountRefusal, more: Partial<Refused> = {}): Refused => ({ ok: false, reason, ...more });

  const isLeader = (staff: string): boolean =>
    assignmentsOn(store.assignmentsOf(staff), options.day()).some(({ role }) => role === 'leader');
  const stands = (session: Session): boolean => {
    if (session.endedAt !== null) return false;
    const at = now();
    // A telephone is kept for the sake of the role, and no longer than that.
    if (session.isKept && isLeader(session.staff)) return at < session.createdAt + KEPT_MS;
    return at < session.createdAt + ABSOLUTE_MS && at < session.seenAt + IDLE_MS;
  };
  const toPerson = (session: Session | undefined): Person | undefined => {
    if (!session || !stands(session)) return undefined;
    const account = store.account(session.staff);
    if (!account || account.endedAt !== null) return undefined;
    const { staff, name } = account;
    const { id, confirmedAt, isKept } = session;
    return { staff, name, assignments: store.assignmentsOf(staff), session: id, confirmedAt, isKept };
  };
  const begin = (staff: string, place: Place, keep: boolean): { person: Person; secret: string } => {
    const secret = drawSecret('hps');
    const id = store.change(`staff:${staff}`, (note) => {
      note({ change: 'signed-in', staff });
      return store.addSession(hashSecret(secret), { staff, ...place, isKept: keep && isLeader(staff) });
    });
    return { person: toPerson(store.session(id))!, secret };
  };
  /** Whether it is the person's password; what failed too often is not even looked at. */
  const check = async (staff: string, password: string, address: string): Promise<Refused | undefined> => {
    const attempt = { staff, address, isKnown: store.cameFrom(staff, address, now() - KNOWN_MS) };
    const waitMs = guesses.waitFor(attempt);
    if (waitMs > 0) return refuse('locked', { waitMs });
    const isLocking = guesses.begin(attempt);
    const account = store.account(staff);
    let isRight: boolean;
    try {
      isRight = await passwords.matches(password, account?.endedAt === null ? account.password : null);
    } catch (error) {
      guesses.takeBack(attempt);
      throw error;
    }
    if (isRight) {
      guesses.takeBack(attempt);
      guesses.noteRight(attempt);
      return undefined;
    }
    // Told under the name of somebody who exists: what else is typed into the field may be anything, a password even.
    if (isLocking && account) store.change('hall:access', (note) => note({ change: 'locked', staff }));
    return refuse('wrong');
  };
  const findFlaw = (staff: string, name: string, password?: string): Refused | undefined => {
    const flaw = findStaffFlaw(staff, name);
    if (flaw) return refuse(flaw.why, { field: flaw.field });
    if (password !== undefined && !isStrong(password, [staff, name, ...options.words()]))
      return refuse('weak-password', { field: 'password' });
    return undefined;
  };
  const findAssignmentFlaw = ({ role, station, from, until }: Assignment): Refused | undefined => {
    if (STATION_ROLES.includes(role) !== (station !== undefined)) return refuse('form', { field: 'station' });
    if (station !== undefined && !options.stations().has(station))
      return refuse('unknown-station', { field: 'station' });
    if (from !== undefined && until !== undefined && until < from) return refuse('form', { field: 'until' });
    return undefined;
  };
  const rolesOf = (assignments: readonly Assignment[]): Role[] =>
    assignmentsOn(assignments, options.day()).map(({ role }) => role);
  /** Roles that stand now or will: an account with an administrator's day to come is one already. */
  const standing = (staff: string): KeptAssignment[] =>
    store.assignmentsOf(staff).filter(({ until }) => until === undefined || until >= options.day());
  /** Whether `person` may touch the account of `staff`: not their own, and none above theirs. */
  const mayTouch = (person: Person, staff: string): boolean =>
    person.staff !== staff &&
    mayManage(
      rolesOf(person.assignments),
      standing(staff).map(({ role }) => role),
    );
  const find = (person: Person, staff: string): Refused | undefined => {
    if (!store.account(staff)) return refuse('unknown-account');
    return mayTouch(person, staff) ? undefined : refuse('not-allowed');
  };
  const issueCode = (purpose: CodePurpose, staff: string | null): string => {
    const code = drawCode();
    store.addCode(hashSecret(code), purpose, staff);
    return code;
  };
  const lookAtCode = (text: string) => {
    const code = parseCode(text);
    const found = code === undefined ? undefined : store.findCode(hashSecret(code));
    if (!found || now() >= found.createdAt + CODE_MS) return undefined;
    // Whoever has left comes back by another account, not by an old code.
    if (found.staff !== null && store.account(found.staff)?.endedAt !== null) return undefined;
    return { ...found, hash: hashSecret(code!) };
  };
  const assign = (staff: string, assignment: Assignment, note: (change: AccessChange) => void): string => {
    note({ change: 'assignment-added', staff, ...defined(assignment) });
    return store.addAssignment(staff, assignment);
  };

  return {
    /** The person of a session's secret, and that it was used where somebody did something with it. */
    find(secret: string, isUse: boolean): Person | undefined {
      if (!isSecret(secret, 'hps')) return undefined;
      const session = store.findSession(hashSecret(secret));
      const person = toPerson(session);
      if (person && isUse && now() - session!.seenAt >= SEEN_EVERY_MS) store.noteSeen(person.session);
      return person;
    },
    /** The person of a session by its id, while it stands. */
    ofSession: (id: string) => toPerson(store.session(id)),
    isFresh: ({ confirmedAt }: Person) => now() - confirmedAt < FRESH_MS,

    async signIn(
      { staff, password, keep }: { staff: string; password: string; keep: boolean },
      place: Place,
    ): Promise<Done<{ person: Person; secret: string }>> {
      const wrong = await check(staff, password, place.address);
      if (wrong) return wrong;
      if (rolesOf(store.assignmentsOf(staff)).length === 0) return refuse('no-assignment');
      return { ok: true, ...begin(staff, place, keep) };
    },
    async confirm(person: Person, password: string, address: string): Promise<Done<object>> {
      const wrong = await check(person.staff, password, address);
      if (wrong) return wrong;
      store.noteConfirmed(person.session);
      return { ok: true };
    },
    signOut(person: Person): void {
      store.endSession(person.session);
    },
    async changePassword(person: Person, old: string, next: string, address: string): Promise<Done<object>> {
      const wrong = await check(person.staff, old, address);
      if (wrong) return wrong;
      const flaw = findFlaw(person.staff, person.name, next);
      if (flaw) return flaw;
      const kept = await passwords.hash(next);
      store.change(`staff:${person.staff}`, (note) => {
        store.setPassword(person.staff, kept);
        // Whoever changes a password means that nobody else shall be in with the old one.
        store.endSessionsOf(person.staff, person.session);
        note({ change: 'password-set', staff: person.staff });
      });
      return { ok: true };
    },

    lookAtCode(text: string): Done<{ purpose: CodePurpose; staff?: string; name?: string }> {
      const found = lookAtCode(text);
      if (!found) return refuse('unknown-code');
      const account = found.staff === null ? undefined : store.account(found.staff);
      return { ok: true, purpose: found.purpose, ...(account ? { staff: account.staff, name: account.name } : {}) };
    },
    /** A code gives a password to the account it was made for; at set-up it makes the first administrator. */
    async useCode(
      text: string,
      given: { password: string; staff?: string | undefined; name?: string | undefined },
      place: Place,
    ): Promise<Done<{ person: Person; secret: string }>> {
      const found = lookAtCode(text);
      if (!found) return refuse('unknown-code');
      const isSetUp = found.purpose === 'set-up';
      const staff = (isSetUp ? given.staff?.trim() : found.staff) ?? '';
      const known = store.account(staff);
      const name = (isSetUp ? given.name?.trim() : undefined) ?? known?.name ?? '';
      if (isSetUp && known && (known.password !== null || known.endedAt !== null))
        return refuse('exists', { field: 'staff' });
      const flaw = findFlaw(staff, name, given.password);
      if (flaw) return flaw;
      const kept = await passwords.hash(given.password);
      const isDone = store.change(isSetUp ? 'command:set-up' : `staff:${staff}`, (note) => {
        // Of two that come with one code in the same moment the first has it.
        if (!store.endCode(found.hash)) return false;
        if (isSetUp) {
          if (known) store.rename(staff, name);
          else store.addAccount(staff, name);
          note({ change: 'account-added', staff });
          assign(staff, { role: 'administrator' }, note);
        }
        store.setPassword(staff, kept);
        store.endSessionsOf(staff);
        note({ change: found.purpose === 'reset' ? 'password-reset' : 'password-set', staff });
        note({ change: 'code-used', staff });
        return true;
      });
      if (!isDone) return refuse('unknown-code');
      guesses.noteRight({ staff, address: place.address, isKnown: true });
      if (rolesOf(store.assignmentsOf(staff)).length === 0) return refuse('no-assignment');
      return { ok: true, ...begin(staff, place, false) };
    },
    /** The one-time code by which the first administrator is made; `undefined` where there is one who can sign in. */
    issueSetUp(): string | undefined {
      const isThere = store.accounts().some(({ staff, password, endedAt }) => {
        return password !== null && endedAt === null && standing(staff).some(({ role }) => role === 'administrator');
      });
      if (isThere) return undefined;
      // A start is no deed of anybody: what becomes of the code is told.
      return issueCode('set-up', null);
    },
    list: (person: Person) => {
      const assignments = store.assignments();
      const sessions = store.sessions().filter(stands);
      return store.accounts().map((account) => ({
        ...account,
        mayTouch: mayTouch(person, account.staff),
        assignments: assignments.filter(({ staff }) => staff === account.staff),
        sessions: sessions.filter(({ staff }) => staff === account.staff),
      }));
    },
    rolesToGive: (person: Person): Role[] => ROLES.filter((role) => mayManage(rolesOf(person.assignments), [role])),
    add(person: Person, staff: string, name: string, assignment: Assignment): Done<{ code: string }> {
      const flaw = findFlaw(staff, name) ?? findAssignmentFlaw(assignment);
      if (flaw) return flaw;
      if (!mayManage(rolesOf(person.assignments), [assignment.role])) return refuse('not-allowed');
      if (store.account(staff)) return refuse('exists', { field: 'staff' });
      return store.change(`staff:${person.staff}`, (note) => {
        store.addAccount(staff, name);
        note({ change: 'account-added', staff });
        assign(staff, assignment, note);
        note({ change: 'code-issued', staff, note: 'invitation' });
        return { ok: true as const, code: issueCode('invitation', staff) };
      });
    },
    addAssignment(person: Person, staff: string, assignment: Assignment): Done<{ id: string }> {
      const flaw = find(person, staff) ?? findAssignmentFlaw(assignment);
      if (flaw) return flaw;
      if (!mayManage(rolesOf(person.assignments), [assignment.role])) return refuse('not-allowed');
      if (store.account(staff)!.endedAt !== null) return refuse('unknown-account');
      return store.change(`staff:${person.staff}`, (note) => ({
        ok: true as const,
        id: assign(staff, assignment, note),
      }));
    },
    endAssignment(person: Person, staff: string, id: string, until: string): Done<object> {
      const flaw = find(person, staff);
      if (flaw) return flaw;
      const found = store.assignment(id);
      if (found?.staff !== staff) return refuse('unknown-account');
      return store.change(`staff:${person.staff}`, (note) => {
        store.endAssignment(id, until);
        const { role, station } = found;
        note({ change: 'assignment-ended', staff, role, ...(station === undefined ? {} : { station }), until });
        return { ok: true as const };
      });
    },
    issueReset(person: Person, staff: string): Done<{ code: string }> {
      const flaw = find(person, staff);
      if (flaw) return flaw;
      const { password, endedAt } = store.account(staff)!;
      // An administrator's own word is not enough for another administrator's password: that is for the machine's keeper.
      if (endedAt !== null) return refuse('unknown-account');
      if (standing(staff).some(({ role }) => role === 'administrator')) return refuse('not-allowed');
      const purpose = password === null ? 'invitation' : 'reset';
      return store.change(`staff:${person.staff}`, (note) => {
        note({ change: 'code-issued', staff, note: purpose });
        return { ok: true as const, code: issueCode(purpose, staff) };
      });
    },
    /** Why somebody may not end an account; `undefined` where they may. */
    findBarToEnd(person: Person, staff: string): Refused | undefined {
      return find(person, staff) ?? (this.isHere(staff) ? undefined : refuse('unknown-account'));
    },
    /** Of somebody who leaves: nothing opens any more from this moment. */
    end(person: Person, staff: string): Done<object> {
      const flaw = find(person, staff);
      if (flaw) return flaw;
      return store.change(`staff:${person.staff}`, (note) => {
        if (!store.endAccount(staff)) return refuse('unknown-account');
        store.endSessionsOf(staff);
        for (const { id, from } of standing(staff)) {
          const day = options.day();
          store.endAssignment(id, from !== undefined && from > day ? from : day);
        }
        note({ change: 'account-ended', staff });
        return { ok: true as const };
      });
    },
    endSession(person: Person, id: string): Done<object> {
      const session = store.session(id);
      if (!session) return refuse('unknown-account');
      if (session.staff !== person.staff && !mayTouch(person, session.staff)) return refuse('not-allowed');
      return store.change(`staff:${person.staff}`, (note) => {
        if (store.endSession(id)) note({ change: 'session-ended', staff: session.staff });
        return { ok: true as const };
      });
    },
    /** Where somebody is or will be. */
    stationsFromToday: (): ReadonlySet<string> =>
      new Set(
        store
          .assignments()
          .filter(({ until }) => until === undefined || until >= options.day())
          .flatMap(({ station }) => (station === undefined ? [] : [station])),
      ),
    isHere: (staff: string) => store.account(staff)?.endedAt === null,
  };
}

/** Without the fields that say nothing: an absent day is no day. */
function defined({ role, station, from, until }: Assignment): Omit<AccessChange, 'change' | 'staff'> {
  return {
    role,
    ...(station === undefined ? {} : { station }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}
