/** What the page of accounts asks of the server, and what all its parts work with. */
import type { Assignment } from '../../../domain/access/roles.ts';
import type { Zone } from '../../../domain/calendar/zone.ts';
import type {
  AccessKeys,
  AccountList,
  AuditKind,
  AuditPage,
  CodeIssued,
  OwnAccount,
} from '../../../domain/wire/accounts.ts';
import type { SignedIn } from '../../../domain/wire/desk.ts';
import { readJson, request, type Reply } from '../../live/request.ts';
import type { AccountsWords } from '../../words/accounts.ts';

export interface Desk {
  readonly words: AccountsWords;
  readonly who: SignedIn;
  readonly zone: Zone;
  /**
   * Asks, and asks again once whoever is signed in has given the password where the server wants it first. Whoever is
   * signed out is led to signing in.
   */
  readonly ask: <T>(question: () => Promise<Reply<T>>) => Promise<Reply<T>>;
}

const ofAccount = (staff: string, deed: string) => `/api/accounts/${encodeURIComponent(staff)}/${deed}`;
const nothing = (): undefined => undefined;

export const readAccounts = () => request('/api/accounts', { read: readJson<AccountList> });

export const readOwn = () => request('/api/accounts/own', { read: readJson<OwnAccount> });

export const addAccount = (body: { staff: string; name: string; assignment: Assignment }) =>
  request('/api/accounts', { body, read: readJson<CodeIssued> });

export const addAssignment = (staff: string, assignment: Assignment) =>
  request(ofAccount(staff, 'assignments'), { body: assignment, read: nothing });

/** @param until its last day */
export const endAssignment = (staff: string, id: string, until: string) =>
  request(ofAccount(staff, `assignments/${encodeURIComponent(id)}/end`), { body: { until }, read: nothing });

export const issueCode = (staff: string) => request(ofAccount(staff, 'code'), { body: {}, read: readJson<CodeIssued> });

/** @param handTo who is given the open follow-ups; without, they stay where they are */
export const endAccount = (staff: string, handTo: string | undefined) =>
  request(ofAccount(staff, 'end'), {
    body: handTo === undefined ? {} : { handTo },
    read: readJson<{ readonly handedOn?: number }>,
  });

export const endSession = (id: string) =>
  request(`/api/accounts/sessions/${encodeURIComponent(id)}/end`, { body: {}, read: nothing });

export const changePassword = (old: string, password: string) =>
  request('/api/session/password', { body: { old, password }, read: nothing });

export const confirmPassword = (password: string) =>
  request('/api/session/confirm', { body: { password }, read: readJson<SignedIn> });

export const readKeys = () => request('/api/access/keys', { read: readJson<AccessKeys> });

export function readAudit(asked: { kind: AuditKind; staff: string; before: number | undefined; limit: number }) {
  const query = new URLSearchParams({ kind: asked.kind, limit: String(asked.limit) });
  if (asked.staff !== '') query.set('staff', asked.staff);
  if (asked.before !== undefined) query.set('before', String(asked.before));
  return request(`/api/audit?${query.toString()}`, { read: readJson<AuditPage> });
}
