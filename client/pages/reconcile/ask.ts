/** What the page of reconciliation asks of the server. */
import type { Stamp } from '../../../domain/reconcile/stamp.ts';
import type { Api } from '../../../domain/wire/api.ts';
import type { FindingFilter } from '../../../domain/wire/reconcile.ts';
import { ask, askAs } from '../../live/ask.ts';
import { readJson } from '../../live/request.ts';

/** A file of a hundred thousand rows takes a while. */
const LAY_MS = 300_000;
export const FINDINGS_SHOWN = 50;

/** Why a file was not taken, in the server's words. */
export interface LayRefusal {
  readonly error: string;
  readonly days?: readonly { readonly day: string }[];
  readonly zh?: string;
  readonly en?: string;
}

export const readDay = (day: string | undefined) => ask('GET /api/reconcile', { query: { day } });

export const readDays = () => ask('GET /api/reconcile/days');

export const lay = (day: string, mapping: string, file: Blob) =>
  askAs(
    'POST /api/reconcile',
    { query: { day, mapping }, file, timeoutMs: LAY_MS },
    { answers: [404, 413, 422], read: readJson<{ readonly stamp: Stamp } | LayRefusal> },
  );

export const readFindings = (run: string, filter: FindingFilter, after: number | undefined) =>
  ask('GET /api/reconcile/findings', { query: { run, limit: FINDINGS_SHOWN, ...filter, after } });

export const noteFindings = (body: Api['POST /api/reconcile/findings']['body']) =>
  ask('POST /api/reconcile/findings', { body });
