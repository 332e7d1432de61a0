/** What the page asks of the server. */
import type { AccessKeys, KeyIssued } from '../../../domain/wire/accounts.ts';
import type { Effects, Flaw, Settings, SetupDocument, VersionEntry } from '../../../domain/wire/setup.ts';
import type { Value } from '../../../domain/settings/rows.ts';
import { readJson, request } from '../../live/request.ts';

/** All events of a year may have to be summed twice. */
const EFFECTS_MS = 60_000;

export interface Refused {
  readonly error: string;
  readonly field?: string;
  readonly flaws?: readonly Flaw[];
}

/** A document that is wrong is an answer, with all that is wrong in it. */
const REFUSALS = [409, 422];

export const readSettings = () => request('/api/settings', { read: readJson<Settings> });

export const putDocument = (document: SetupDocument, version: string, value: Value) =>
  request(`/api/setup/${document}`, {
    method: 'PUT',
    body: { version, value },
    answers: REFUSALS,
    read: readJson<{ version: string; value: Value } | Refused>,
  });

export const readEffects = (document: SetupDocument, value: Value) =>
  request(`/api/settings/${document}/effects`, {
    body: { value },
    answers: REFUSALS,
    timeoutMs: EFFECTS_MS,
    read: readJson<Effects | Refused>,
  });

export const readVersions = (document: SetupDocument) =>
  request(`/api/settings/${document}/versions`, { read: readJson<VersionEntry[]> });

export const readVersion = (document: SetupDocument, mark: string) =>
  request(`/api/settings/${document}/versions/${mark}`, { read: readJson<Value> });

export const readKeys = () => request('/api/access/keys', { read: readJson<AccessKeys> });

export type KeyKind = 'keys' | 'displays';

export const makeKey = (kind: KeyKind, body: object) =>
  request(`/api/access/${kind}`, { body, read: readJson<KeyIssued> });

export const renewKey = (kind: KeyKind, id: string) =>
  request(`/api/access/${kind}/${id}/renew`, { body: { overlapMinutes: 0 }, read: readJson<KeyIssued> });

export const endKey = (kind: KeyKind, id: string) =>
  request(`/api/access/${kind}/${id}/end`, { body: {}, read: () => true });
