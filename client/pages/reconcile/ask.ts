/** What the page of reconciliation asks of the server. */
import type { Cause } from '../../../domain/reconcile/causes.ts';
import type { Stamp } from '../../../domain/reconcile/stamp.ts';
import type { FindingFilter, FindingList, ReconcileDay, ReconcileDays } from '../../../domain/wire/reconcile.ts';
import { readJson, request } from '../../live/request.ts';

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

export const readDay = (day: string | undefined) =>
  request(`/api/reconcile${day === undefined ? '' : `?day=${day}`}`, { read: readJson<ReconcileDay> });

export const readDays = () => request('/api/reconcile/days', { read: readJson<ReconcileDays> });

export function lay(day: string, mapping: string, file: Blob) {
  const query = new URLSearchParams({ day, mapping });
  return request(`/api/reconcile?${query.toString()}`, {
    file,
    answers: [404, 413, 422],
    read: readJson<{ readonly stamp: Stamp } | LayRefusal>,
    timeoutMs: LAY_MS,
  });
}

export function readFindings(run: string, filter: FindingFilter, after: number | undefined) {
  const query = new URLSearchParams({ run, limit: String(FINDINGS_SHOWN) });
  for (const [name, value] of Object.entries(filter) as [string, string | undefined][])
    if (value !== undefined) query.set(name, value);
  if (after !== undefined) query.set('after', String(after));
  return request(`/api/reconcile/findings?${query.toString()}`, { read: readJson<FindingList> });
}

export const noteFindings = (body: {
  readonly run: string;
  readonly findings: readonly number[];
  readonly owner?: string;
  readonly cause?: Cause;
  readonly note?: string;
}) => request('/api/reconcile/findings', { body, read: readJson<{ readonly stamp: Stamp }> });
