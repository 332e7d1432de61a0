/** Keeps accounts, their assignments, sessions and codes in `access.sqlite`; every change is noted beside, in the same transaction. */
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Assignment, Role } from '../../domain/access/roles.ts';
import type { AccessChangeKind } from '../../domain/events/schema.ts';
import { inTransaction } from '../sqlite/schema-ladder.ts';
import { drawSecretId } from './secret.ts';

/** Moments are epoch ms of the machine's clock. */
export interface Account {
  readonly staff: string;
  readonly name: string;
  /** As `passwords.ts` keeps it; null until the first was set. */
  readonly password: string | null;
  readonly createdAt: number;
  /** Whoever has left. */
  readonly endedAt: number | null;
}

export interface KeptAssignment extends Assignment {
  readonly id: string;
  readonly staff: string;
}

export interface Session {
  readonly id: string;
  readonly staff: string;
  /** What the browser says it is, in few words. */
  readonly label: string;
  readonly address: string;
  /** On the person's own telephone, for reading. */
  readonly isKept: boolean;
  readonly createdAt: number;
  /** When somebody last did something with it. */
  readonly seenAt: number;
  /** When the password was last given. */
  readonly confirmedAt: number;
  readonly endedAt: number | null;
}

export type CodePurpose = 'set-up' | 'invitation' | 'reset';

export interface Code {
  readonly purpose: CodePurpose;
  /** Absent at set-up, where nobody is known yet. */
  readonly staff: string | null;
  readonly createdAt: number;
}

/** What is told of a change, for the ledger: never a secret, a hash or an address. */
export interface AccessChange {
  readonly change: AccessChangeKind;
  readonly staff?: string;
  readonly role?: Role;
  readonly station?: string;
  readonly from?: string;
  readonly until?: string;
  readonly note?: string;
}

export interface NotedChange {
  readonly n: number;
  readonly id: string;
  readonly at: number;
  /** `kind:id`. */
  readonly actor: string;
  readonly data: AccessChange;
}

export type AccountStore = ReturnType<typeof openAccountStore>;

const ACCOUNT = 'staff, name, password, created_at AS createdAt, ended_at AS endedAt';
const ASSIGNMENT = 'id, staff, role, station, from_day AS "from", until_day AS until';
const SESSION =
  'id, staff, label, address, is_kept AS isKept, created_at AS createdAt, seen_at AS seenAt, confirmed_at AS confirmedAt, ended_at AS endedAt';

/** @param now the machine's clock, epoch ms */
export function openAccountStore(database: DatabaseSyncInstance, now: () => number) {
  const sql = (text: string) => database.prepare(text);
  const one = {
    account: sql(`SELECT ${ACCOUNT} FROM accounts WHERE staff = ?`),
    session: sql(`SELECT ${SESSION} FROM sessions WHERE hash = ?`),
    sessionById: sql(`SELECT ${SESSION} FROM sessions WHERE id = ?`),
    assignment: sql(`SELECT ${ASSIGNMENT} FROM assignments WHERE id = ?`),
    code: sql('SELECT purpose, staff, created_at AS createdAt FROM codes WHERE hash = ? AND ended_at IS NULL'),
    cameFrom: sql('SELECT 1 FROM sessions WHERE staff = ? AND address = ? AND created_at >= ? LIMIT 1'),
  };
  const all = {
    accounts: sql(`SELECT ${ACCOUNT} FROM accounts ORDER BY staff`),
    assignments: sql(`SELECT ${ASSIGNMENT} FROM assignments ORDER BY staff, from_day, id`),
    assignmentsOf: sql(`SELECT ${ASSIGNMENT} FROM assignments WHERE staff = ? ORDER BY from_day, id`),
    sessions: sql(`SELECT ${SESSION} FROM sessions WHERE ended_at IS NULL ORDER BY staff, created_at`),
    changes: sql('SELECT n, id, at, actor, data FROM changes ORDER BY n LIMIT 100'),
  };
  const put = {
    account: sql('INSERT INTO accounts (staff, name, password, created_at) VALUES (?, ?, ?, ?)'),
    assignment: sql(
      'INSERT INTO assignments (id, staff, role, station, from_day, until_day) VALUES (?, ?, ?, ?, ?, ?)',
    ),
    session: sql(
      'INSERT INTO sessions (id, hash, staff, label, address, is_kept, created_at, seen_at, confirmed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    ),
    code: sql('INSERT INTO codes (hash, purpose, staff, created_at) VALUES (?, ?, ?, ?)'),
    change: sql('INSERT INTO changes (id, at, actor, data) VALUES (?, ?, ?, ?)'),
  };
  const set = {
    name: sql('UPDATE accounts SET name = ? WHERE staff = ?'),
    password: sql('UPDATE accounts SET password = ? WHERE staff = ?'),
    accountEnd: sql('UPDATE accounts SET ended_at = ? WHERE staff = ? AND ended_at IS NULL'),
    until: sql('UPDATE assignments SET until_day = ? WHERE id = ?'),
    seen: sql('UPDATE sessions SET seen_at = ? WHERE id = ?'),
    confirmed: sql('UPDATE sessions SET confirmed_at = ?1, seen_at = ?1 WHERE id = ?2'),
    sessionEnd: sql('UPDATE sessions SET ended_at = ? WHERE id = ? AND ended_at IS NULL'),
    sessionsEnd: sql('UPDATE sessions SET ended_at = ? WHERE staff = ? AND ended_at IS NULL AND id IS NOT ?'),
    codeEnd: sql('UPDATE codes SET ended_at = ? WHERE hash = ? AND ended_at IS NULL'),
    codesEnd: sql('UPDATE codes SET ended_at = ? WHERE staff IS ? AND purpose = ? AND ended_at IS NULL'),
  };
  const forget = {
    changes: sql('DELETE FROM changes WHERE n <= ?'),
    sessions: sql('DELETE FROM sessions WHERE ended_at < ?1 OR seen_at < ?1'),
    codes: sql('DELETE FROM codes WHERE created_at < ?'),
  };
  const toSession = (row: unknown): Session | undefined =>
    row === undefined ? undefined : { ...(row as Session), isKept: (row as { isKept: number }).isKept === 1 };
  const toAssignment = (row: unknown): KeptAssignment => {
    const { id, staff, role, station, from, until } = row as Record<string, string | null>;
    return {
      id: id!,
      staff: staff!,
      role: role as Role,
      ...(station === null ? {} : { station }),
      ...(from === null ? {} : { from }),
      ...(until === null ? {} : { until }),
    };
  };

  return {
    account: (staff: string) => one.account.get(staff) as Account | undefined,
    accounts: () => all.accounts.all() as unknown as Account[],
    assignments: () => all.assignments.all().map(toAssignment),
    assignmentsOf: (staff: string) => all.assignmentsOf.all(staff).map(toAssignment),
    assignment(id: string): KeptAssignment | undefined {
      const row = one.assignment.get(id);
      return row === undefined ? undefined : toAssignment(row);
    },
    /** Sessions that nobody has ended; some of them may have run out. */
    sessions: () => all.sessions.all().map((row) => toSession(row)!),
    session: (id: string) => toSession(one.sessionById.get(id)),
    findSession: (hash: Buffer) => toSession(one.session.get(hash)),
    /** Whether this person has signed in from there since `since`. */
    cameFrom: (staff: string, address: string, since: number) => one.cameFrom.get(staff, address, since) !== undefined,
    findCode: (hash: Buffer) => one.code.get(hash) as Code | undefined,

    addAccount: (staff: string, name: string) => void put.account.run(staff, name, null, now()),
    rename: (staff: string, name: string) => void set.name.run(name, staff),
    setPassword: (staff: string, password: string) => void set.password.run(password, staff),
    endAccount: (staff: string) => set.accountEnd.run(now(), staff).changes > 0,
    addAssignment(staff: string, { role, station, from, until }: Assignment): string {
      const id = drawSecretId();
      put.assignment.run(id, staff, role, station ?? null, from ?? null, until ?? null);
      return id;
    },
    endAssignment: (id: string, until: string) => void set.until.run(until, id),
    addSession(hash: Buffer, session: Pick<Session, 'staff' | 'label' | 'address' | 'isKept'>): string {
      const id = drawSecretId();
      const at = now();
      const { staff, label, address, isKept } = session;
      put.session.run(id, hash, staff, label, address, isKept ? 1 : 0, at, at, at);
      return id;
    },
    noteSeen: (id: string) => void set.seen.run(now(), id),
    noteConfirmed: (id: string) => void set.confirmed.run(now(), id),
    endSession: (id: string) => set.sessionEnd.run(now(), id).changes > 0,
    endSessionsOf: (staff: string, except?: string) => void set.sessionsEnd.run(now(), staff, except ?? null),
    /** Only the last code of a purpose opens anything. */
    addCode(hash: Buffer, purpose: CodePurpose, staff: string | null): void {
      set.codesEnd.run(now(), staff, purpose);
      put.code.run(hash, purpose, staff, now());
    },
    endCode: (hash: Buffer) => set.codeEnd.run(now(), hash).changes > 0,
    /** What is over for so long that nobody asks for it. */
    tidy(before: number): void {
      forget.sessions.run(before);
      forget.codes.run(before);
    },

    /** Does `work` as one: all of it, with what is told of it, or nothing. */
    change: <T>(actor: string, work: (note: (change: AccessChange) => void) => T): T =>
      inTransaction(database, () =>
        work((data) => void put.change.run(`${drawSecretId()}-${drawSecretId()}`, now(), actor, JSON.stringify(data))),
      ),
    /** The oldest changes that the ledger has not been told of. */
    changes: (): NotedChange[] =>
      all.changes.all().map((row) => ({
        ...(row as Omit<NotedChange, 'data'>),
        data: JSON.parse((row as { data: string }).data) as AccessChange,
      })),
    forgetChanges: (upTo: number) => void forget.changes.run(upTo),
  };
}
