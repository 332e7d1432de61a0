/** The gate for entries: what a browser sent becomes an Entry here, or the field that has not its form. */
import * as v from 'valibot';
import { isBroken, isPlainObject } from '../events/inspect.ts';
import { ID_LIMIT } from '../events/schema.ts';
import { entrySchema, type Act, type Entry } from './entry.ts';
import { nameEvent } from './to-events.ts';

export type ReadEntry =
  | { readonly ok: true; readonly entry: Entry }
  /** `id`: the entry's own where it may be repeated, else empty. `field`: a path of names that the form itself has; absent: the whole. */
  | { readonly ok: false; readonly id: string; readonly where: { readonly field?: string } };

const config = { abortEarly: true, abortPipeEarly: true } as const;
/** More events than any entry has: their ids must be none too long either. */
const MOST_EVENTS = 99;

/** Takes anything; never throws. */
export function readEntry(input: unknown): ReadEntry {
  const parsed = v.safeParse(entrySchema, input, config);
  if (!parsed.success) return refuse(input, pathOf(parsed.issues[0]));
  const entry = parsed.output;
  const stray = isPlainObject(input) ? findStray(input, entry) : '';
  if (stray !== undefined) return refuse(input, stray);
  if (nameEvent(entry.id, MOST_EVENTS).length > ID_LIMIT) return refuse(input, 'id');
  return { ok: true, entry };
}

/** Where something stands that the form does not have: a strict schema overlooks names that every object inherits. */
function findStray(input: Readonly<Record<string, unknown>>, entry: Entry): string | undefined {
  if (Object.keys(input).some((key) => !Object.hasOwn(entry, key))) return '';
  const act = input['act'] as Readonly<Record<string, unknown>>;
  const read: Act = entry.act;
  return Object.keys(act).some((key) => !Object.hasOwn(read, key)) ? 'act' : undefined;
}

/** Where a field is that nobody knows, its name may be anything: what holds it is told instead. */
function pathOf(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? []).map(({ key }) => String(key));
  return (issue.expected === 'never' ? path.slice(0, -1) : path).join('.');
}

function refuse(input: unknown, field: string): ReadEntry {
  return { ok: false, id: readId(input), where: field === '' ? {} : { field } };
}

function readId(input: unknown): string {
  const id: unknown = isPlainObject(input) && Object.hasOwn(input, 'id') ? input['id'] : undefined;
  return typeof id === 'string' && id.length <= ID_LIMIT && !isBroken(id) ? id : '';
}
