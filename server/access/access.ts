/** Who may send events, and which screens may show what: ingest keys and display tokens. */
import { timingSafeEqual } from 'node:crypto';
import type { Audience } from '../../domain/board/topics/data.ts';
import { hashSecret } from './secret.ts';
import { openAccountStore, type AccountStore } from './account-store.ts';
import { openAccessDatabase } from './database.ts';
import { openTokenStore, type NewToken, type TokenRecord } from './token-store.ts';

/** Stands in a key's list of sources for all of them. */
export const ANY_SOURCE = '*';

export interface IngestKey {
  readonly id: string;
  readonly hall: string;
  /** The sources that it may speak for; `*` for any. */
  readonly sources: readonly string[];
  readonly label: string;
  /** The first day, `YYYY-MM-DD`, on which its ticket numbers begin again each morning; absent where they never do. */
  readonly ticketsRestartFrom?: string;
}

/** The one thing that a device for citizens may do: rate what was done at its window; take a number, or say something, at its station. */
export type Post = { readonly rate: string } | { readonly take: string } | { readonly say: string };

export interface DisplayToken {
  readonly id: string;
  readonly hall: string;
  /** Whose topics it opens, or where it stands: then it opens no topic. */
  readonly audience: Audience | Post;
  readonly label: string;
}

/** As lists show them. Moments are epoch milliseconds; `revokedAt` may lie ahead while a rotation overlaps. */
export type Listed<T> = T & { readonly createdAt: number; readonly revokedAt: number | null };
/** `secret` is known only now; the store keeps its hash. */
export type Issued<T> = T & { readonly secret: string };

export interface TokenDesk<T, New> {
  add(entry: New): Issued<T>;
  list(): readonly Listed<T>[];
  /** A new one with the same rights; the old one ends after `overlapMs` (0 where absent). `undefined`: `id` is not in force. */
  rotate(id: string, overlapMs?: number): Issued<T> | undefined;
  /** `false` when `id` is unknown or has ended already. Other processes see it at their next look-up. */
  revoke(id: string): boolean;
}

export interface Access {
  readonly ingestKeys: TokenDesk<IngestKey, Omit<IngestKey, 'id'>>;
  readonly displayTokens: TokenDesk<DisplayToken, Omit<DisplayToken, 'id'>>;
  /** Accounts, sessions and codes of people. */
  readonly accounts: AccountStore;
  /** The key that `token` is, if it is in force at this moment. Read from the store each time, never cached. */
  findIngestKey(token: string): IngestKey | undefined;
  findDisplayToken(token: string): DisplayToken | undefined;
  close(): void;
}

export interface AccessOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A first key from the configuration (HALLPULSE_INGEST_KEY), good for any source of `hall`; empty means none. */
  readonly firstKey?: { readonly secret: string; readonly hall: string };
}

/** The id under which the configuration's key appears, where other keys show theirs. */
export const FIRST_KEY_ID = 'configured';

/** Opens `access.sqlite` in `folder`, made where it is missing. Several processes may have it open. */
export function openAccess(folder: string, { now, firstKey }: AccessOptions): Access {
  const database = openAccessDatabase(folder);
  const store = openTokenStore(database, now);
  const firstHash = firstKey?.secret ? hashSecret(firstKey.secret) : undefined;
  const first: IngestKey | undefined = firstKey && {
    id: FIRST_KEY_ID,
    hall: firstKey.hall,
    sources: [ANY_SOURCE],
    label: 'HALLPULSE_INGEST_KEY',
  };

  return {
    accounts: openAccountStore(database, now),
    ingestKeys: {
      add: ({ hall, label, ...rights }) =>
        issue(readIngestKey, store.add('hpk', { hall, label, scope: writeRights(rights) })),
      list: () => store.list('hpk').map((record) => listed(readIngestKey, record)),
      rotate: (id, overlapMs = 0) => issueMaybe(readIngestKey, store.rotate('hpk', id, overlapMs)),
      revoke: (id) => store.revoke('hpk', id),
    },
    displayTokens: {
      add: ({ hall, audience, label }) =>
        issue(readDisplayToken, store.add('hpd', { hall, label, scope: JSON.stringify(audience) })),
      list: () => store.list('hpd').map((record) => listed(readDisplayToken, record)),
      rotate: (id, overlapMs = 0) => issueMaybe(readDisplayToken, store.rotate('hpd', id, overlapMs)),
      revoke: (id) => store.revoke('hpd', id),
    },
    findIngestKey(token) {
      // Hashes have one length, whatever was sent, so the comparison tells nothing by its time.
      if (firstHash !== undefined && timingSafeEqual(firstHash, hashSecret(token))) return first;
      const record = store.find('hpk', token);
      return record && readIngestKey(record);
    },
    findDisplayToken(token) {
      const record = store.find('hpd', token);
      return record && readDisplayToken(record);
    },
    close: () => database.close(),
  };
}

/** Whether `key` may send events of `source`. */
export function maySpeakFor(key: IngestKey, source: string): boolean {
  return key.sources.includes(ANY_SOURCE) || key.sources.includes(source);
}

/** The token of an `Authorization: Bearer …` header, or `undefined`. */
export function readBearer(header: string | undefined): string | undefined {
  return header === undefined ? undefined : /^Bearer +([\x21-\x7e]{1,512}) *$/i.exec(header)?.[1];
}

type Rights = Pick<IngestKey, 'sources' | 'ticketsRestartFrom'>;

/** A key that is no more than its sources is stored as earlier versions did, which can still read it. */
function writeRights({ sources, ticketsRestartFrom }: Rights): string {
  return JSON.stringify(ticketsRestartFrom === undefined ? sources : { sources, ticketsRestartFrom });
}

function readIngestKey({ id, hall, scope, label }: TokenRecord): IngestKey {
  const rights = JSON.parse(scope) as string[] | Rights;
  return { id, hall, label, ...('sources' in rights ? rights : { sources: rights }) };
}

function readDisplayToken({ id, hall, scope, label }: TokenRecord): DisplayToken {
  return { id, hall, audience: JSON.parse(scope) as Audience | Post, label };
}

function listed<T>(read: (record: TokenRecord) => T, record: TokenRecord): Listed<T> {
  return { ...read(record), createdAt: record.createdAt, revokedAt: record.revokedAt };
}

function issue<T>(read: (record: TokenRecord) => T, { record, secret }: NewToken): Issued<T> {
  return { ...read(record), secret };
}

function issueMaybe<T>(read: (record: TokenRecord) => T, token: NewToken | undefined): Issued<T> | undefined {
  return token && issue(read, token);
}
