/** What the page of accounts asks of the server, and what all its parts work with. */
import type { Assignment } from '../../../domain/access/roles.ts';
import type { Zone } from '../../../domain/calendar/zone.ts';
import type { AuditKind } from '../../../domain/wire/accounts.ts';
import type { SignedIn } from '../../../domain/wire/desk.ts';
import { ask } from '../../live/ask.ts';
import type { Reply } from '../../live/request.ts';
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

export const readAccounts = () => ask('GET /api/accounts');

export const readOwn = () => ask('GET /api/accounts/own');

export const addAccount = (body: { staff: string; name: string; assignment: Assignment }) =>
  ask('POST /api/accounts', { body });

export const addAssignment = (staff: string, body: Assignment) =>
  ask('POST /api/accounts/:staff/assignments', { at: { staff }, body });

/** @param until its last day */
export const endAssignment = (staff: string, id: string, until: string) =>
  ask('POST /api/accounts/:staff/assignments/:id/end', { at: { staff, id }, body: { until } });

export const issueCode = (staff: string) => ask('POST /api/accounts/:staff/code', { at: { staff }, body: {} });

/** @param handTo who is given the open follow-ups; without, they stay where they are */
export const endAccount = (staff: string, handTo: string | undefined) =>
  ask('POST /api/accounts/:staff/end', { at: { staff }, body: handTo === undefined ? {} : { handTo } });

export const endSession = (id: string) => ask('POST /api/accounts/sessions/:id/end', { at: { id }, body: {} });

export const changePassword = (old: string, password: string) =>
  ask('POST /api/session/password', { body: { old, password } });

export const confirmPassword = (password: string) => ask('POST /api/session/confirm', { body: { password } });

export const readKeys = () => ask('GET /api/access/keys');

export const readAudit = ({
  staff,
  ...asked
}: {
  kind: AuditKind;
  staff: string;
  before: number | undefined;
  limit: number;
}) => ask('GET /api/audit', { query: { ...asked, ...(staff === '' ? {} : { staff }) } });
