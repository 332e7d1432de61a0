/** What the page asks of the server. */
import type { Api } from '../../../domain/wire/api.ts';
import type { Effects, Flaw, SetupDocument } from '../../../domain/wire/setup.ts';
import type { Value } from '../../../domain/settings/rows.ts';
import { ask, askAs } from '../../live/ask.ts';
import { readJson } from '../../live/request.ts';

/** All events of a year may have to be summed twice. */
const EFFECTS_MS = 60_000;

export interface Refused {
  readonly error: string;
  readonly field?: string;
  readonly flaws?: readonly Flaw[];
}

/** A document is a value of fields. */
type Document = Api['PUT /api/setup/:document']['body']['value'];

/** A document that is wrong is an answer, with all that is wrong in it. */
const REFUSALS = [409, 422];

export const readSettings = () => ask('GET /api/settings');

export const putDocument = (document: SetupDocument, version: string, value: Value) =>
  askAs(
    'PUT /api/setup/:document',
    { at: { document }, body: { version, value: value as Document } },
    { answers: REFUSALS, read: readJson<{ version: string; value: Value } | Refused> },
  );

export const readEffects = (document: SetupDocument, value: Value) =>
  askAs(
    'POST /api/settings/:document/effects',
    { at: { document }, body: { value: value as Document }, timeoutMs: EFFECTS_MS },
    { answers: REFUSALS, read: readJson<Effects | Refused> },
  );

export const readVersions = (document: SetupDocument) =>
  ask('GET /api/settings/:document/versions', { at: { document } });

export const readVersion = (document: SetupDocument, mark: string) =>
  askAs('GET /api/settings/:document/versions/:mark', { at: { document, mark } }, { read: readJson<Value> });

export const readKeys = () => ask('GET /api/access/keys');

export type KeyKind = 'keys' | 'displays';

export const makeKey = (body: Api['POST /api/access/keys']['body']) => ask('POST /api/access/keys', { body });

export const makeDisplay = (body: Api['POST /api/access/displays']['body']) =>
  ask('POST /api/access/displays', { body });

/** @param overlapMinutes for how long what it replaces goes on opening */
export const renewKey = (kind: KeyKind, id: string, overlapMinutes: number) =>
  ask(`POST /api/access/${kind}/:id/renew`, { at: { id }, body: { overlapMinutes } });

export const endKey = (kind: KeyKind, id: string) => ask(`POST /api/access/${kind}/:id/end`, { at: { id }, body: {} });
