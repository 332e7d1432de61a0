/** What the page of imports asks of the server. */
import type { FileReading, ImportAsk, ImportLook, Said } from '../../../domain/wire/import.ts';
import { ask, askAs } from '../../live/ask.ts';
import { readJson } from '../../live/request.ts';

/** A large file over a slow line, and its look. */
const SEND_MS = 900_000;
const LOOK_MS = 120_000;

/** Why something was not done, where the server says more than a word. */
export interface Unheld extends Partial<Said> {
  readonly error: string;
  readonly path?: string;
}

const TOLD = [404, 409, 413, 422] as const;
const orUnheld = <T>() => ({ answers: TOLD, read: readJson<T | Unheld> });

export const send = (file: File) =>
  askAs('POST /api/imports', { query: { name: file.name }, file, timeoutMs: SEND_MS }, orUnheld<ImportLook>());

export const lookAgain = (id: string, reading: FileReading, wanted: readonly string[]) =>
  askAs('POST /api/imports/look', { body: { id, reading, wanted }, timeoutMs: LOOK_MS }, orUnheld<ImportLook>());

export const begin = (id: string, asked: ImportAsk) =>
  askAs('POST /api/imports/run', { body: { id, ...asked } }, orUnheld<Record<string, never>>());

export const readState = (id: string) => ask('GET /api/imports', { query: { id } });

export const stop = (id: string) => ask('POST /api/imports/stop', { body: { id } });

export const drop = (id: string) => ask('POST /api/imports/drop', { body: { id } });

export const keep = (name: string, mapping: ImportAsk['mapping'], replace: boolean) =>
  askAs('PUT /api/mappings', { body: { name, mapping, replace } }, orUnheld<{ readonly id: string }>());
