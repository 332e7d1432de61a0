/** What the pages of accounts are told over HTTP: ready accounts of a demo, codes, the list of people, the audit, keys. */
import type { Assignment, Role } from '../access/roles.ts';
import type { SignedIn } from './desk.ts';

/** A ready account of a demo, whose password is no secret. */
export interface Offer {
  readonly staff: string;
  readonly name: string;
  readonly role: Role;
  readonly password: string;
}

/** `GET /api/session` where nobody is signed in, beside its `error`. */
export interface SignedOut {
  readonly hall?: SignedIn['hall'];
  /** In the demo alone. */
  readonly offers?: readonly Offer[];
}

/** What a code is good for, as `POST /api/codes/look` tells it; whose it is, where it is somebody's already. */
export interface CodeSeen {
  readonly purpose: 'set-up' | 'invitation' | 'reset';
  readonly staff?: string;
  readonly name?: string;
  readonly hall: { readonly name: string; readonly demo?: boolean; readonly practice?: boolean };
}

export interface AccountAssignment extends Assignment {
  readonly id: string;
}

/** Somebody's browser; moments are epoch ms of the machine's clock. */
export interface AccountSession {
  readonly id: string;
  readonly label: string;
  readonly createdAt: number;
  readonly seenAt: number;
  /** A telephone of one's own, for thirty days. */
  readonly keep: boolean;
  /** The one that asks. */
  readonly mine?: true;
}

export interface Account {
  readonly staff: string;
  readonly name: string;
  /** `invited`: without a password as yet. `locked`: after too many wrong ones. */
  readonly state: 'invited' | 'active' | 'ended' | 'locked';
  /** Whether the one who asks may change it; absent: yes. */
  readonly mayTouch?: boolean;
  readonly assignments: readonly AccountAssignment[];
  readonly lastSeen?: number;
  readonly sessions: readonly AccountSession[];
}

export interface AccountList {
  readonly accounts: readonly Account[];
  readonly stations: readonly { readonly id: string; readonly name: string }[];
  /** Those that the one who asks may give. */
  readonly roles: readonly Role[];
  /** People of the profile without an account. */
  readonly roster: readonly {
    readonly id: string;
    readonly name: string;
    readonly station?: string;
  }[];
  /** The machine's clock, epoch ms. */
  readonly now: number;
}

/** What everybody may ask of their own account. */
export type OwnAccount = Pick<AccountList, 'stations' | 'now'> & Pick<Account, 'sessions'>;

/** A code as it is given out, once: good for a day, behind the `#` of `address`. */
export interface CodeIssued {
  readonly code: string;
  readonly address: string;
}

/** `people`: what was done by hand. `access`: accounts, sessions and keys alone. */
export const AUDIT_KINDS = ['people', 'access', 'all'] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

export interface AuditLine {
  readonly seq: number;
  /** When it happened and when it came in, epoch ms of the hall's clock. */
  readonly at: number;
  readonly receivedAt?: number;
  /** Absent where nobody knows. `name` of somebody with an account. */
  readonly actor?: { readonly kind: string; readonly id: string; readonly name?: string };
  readonly type: string;
  readonly subject?: string;
  /** Fields of the event that say what was done and hold nobody's words. */
  readonly about: Readonly<Record<string, string>>;
}

export interface AuditPage {
  readonly lines: readonly AuditLine[];
  /** To ask on `before`; absent at the first event. */
  readonly next?: number;
}

/** A sender's key or a display's token. */
export interface AccessKey {
  readonly id: string;
  readonly label: string;
  /** The sources that it sends as, or what it may show. */
  readonly what: string;
  readonly createdAt: number;
  /** One that was renewed may end later than now. */
  readonly revokedAt?: number;
}

/** A key or token that was just made; its secret is told this once. */
export interface KeyIssued {
  readonly id: string;
  readonly label: string;
  readonly secret: string;
}

export interface AccessKeys {
  /** The machine's clock, by which they end, epoch ms. */
  readonly now: number;
  readonly keys: readonly AccessKey[];
  readonly displays: readonly AccessKey[];
}
