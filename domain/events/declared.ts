/** Which fields an event type declares: what a sender puts beside them is nobody's to read. */
import * as v from 'valibot';
import { FORBIDDEN_NAMES } from './inspect.ts';
import { dataSchemas, isEventType, type EventType } from './schema.ts';

/** The declared fields of an object; the value is the same of an object in it, `undefined` for everything else. */
export type Fields = ReadonlyMap<string, Fields | undefined>;

interface Introspected extends v.GenericSchema {
  readonly entries?: Readonly<Record<string, Introspected>>;
  readonly wrapped?: Introspected;
}

function fieldsOf(schema: Introspected): Fields | undefined {
  if (schema.entries) return new Map(Object.entries(schema.entries).map(([name, entry]) => [name, fieldsOf(entry)]));
  return schema.wrapped ? fieldsOf(schema.wrapped) : undefined;
}

const declared = new Map<string, Fields>(
  Object.entries(dataSchemas).map(([type, schema]) => [type, fieldsOf(schema as Introspected) ?? new Map()]),
);

/** The fields of `data` of a type. */
function declaredFields(type: EventType): Fields {
  return declared.get(type)!;
}

/** Whether events of the type have a field of this name at the top of their data. */
export function declares(type: EventType, field: string): boolean {
  return declaredFields(type).has(field);
}

/**
 * `data` without what its type does not declare, at any depth; the very same object where nothing is left out.
 * Values are not judged: what an older version let in may still have the wrong form. What is no object, and a type
 * that is unknown, has nothing to keep: `{}`.
 */
export function keepDeclared(type: string, data: unknown): Record<string, unknown> {
  const fields = declared.get(type);
  return fields && isObject(data) ? keep(fields, data) : {};
}

/** Names of undeclared fields that are told to a sender and kept with a row, at most. */
const DROPPED_LIMIT = 50;
/** Ends a list of names that is not the whole. */
export const AND_MORE = '*';
/** A name of any script, without what could be taken for a path or hide something. */
const plainName = /^[\p{L}\p{N}_$:@-]{1,100}$/u;

/**
 * The paths, such as `reading.shade`, of what `keepDeclared` leaves out, in the order of the keys; of very many the
 * first few and `AND_MORE`. A name that is odd is no field that a version will ever know, and is in no list.
 */
export function listUndeclared(type: string, data: unknown): string[] {
  const fields = declared.get(type);
  const paths: string[] = [];
  if (fields && isObject(data)) collectUndeclared(fields, data, '', paths);
  return paths;
}

function collectUndeclared(fields: Fields, data: Record<string, unknown>, at: string, paths: string[]): void {
  for (const name of Object.keys(data)) {
    const inner = fields.get(name);
    const value = data[name];
    if (paths.length > DROPPED_LIMIT) return;
    if (fields.has(name)) {
      if (inner && isObject(value)) collectUndeclared(inner, value, `${at}${name}.`, paths);
    } else if (plainName.test(name)) paths.push(paths.length < DROPPED_LIMIT ? at + name : AND_MORE);
  }
}

/**
 * What of `sent` can be compared with a row from which the fields at `dropped` were left out when it came: what was
 * dropped then cannot be told apart now. Where that list is not the whole, only what the row holds can.
 */
export function keepComparable(
  sent: Record<string, unknown>,
  row: Record<string, unknown>,
  dropped: readonly string[],
): Record<string, unknown> {
  return leaveOut(dropped.includes(AND_MORE) ? keepAsIn(row, sent) : sent, dropped);
}

function keepAsIn(row: Record<string, unknown>, data: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(data).flatMap(([name, value]): [string, unknown][] => {
    if (!Object.hasOwn(row, name)) return [];
    const inner = row[name];
    return [[name, isObject(inner) && isObject(value) ? keepAsIn(inner, value) : value]];
  });
  return Object.fromEntries(entries);
}

/** `data` without the fields at `paths`. */
export function leaveOut(data: Record<string, unknown>, paths: readonly string[]): Record<string, unknown> {
  if (paths.length === 0) return data;
  const entries = Object.entries(data).flatMap(([name, value]): [string, unknown][] => {
    if (paths.includes(name)) return [];
    const inner = paths.filter((path) => path.startsWith(`${name}.`)).map((path) => path.slice(name.length + 1));
    return [[name, inner.length > 0 && isObject(value) ? leaveOut(value, inner) : value]];
  });
  return Object.fromEntries(entries);
}

/**
 * Whether an event's data have the form that its type declares: so have all that came through the door, but an older
 * door, or a hand in the ledger's file, may have let in what no part can be computed from. A void is well-formed when
 * it names an event, since the ledger takes it at its word.
 */
export function isWellFormed(type: string, data: unknown): boolean {
  if (!isEventType(type)) return false;
  if (type === 'hall.event.voided')
    return isObject(data) && typeof data['source'] === 'string' && typeof data['id'] === 'string';
  // An id of an older version that the wire cannot carry.
  if (isObject(data) && Object.values(data).some((value) => FORBIDDEN_NAMES.some((name) => name === value)))
    return false;
  return v.is(dataSchemas[type] as v.GenericSchema, data);
}

function keep(fields: Fields, data: Record<string, unknown>): Record<string, unknown> {
  let isWhole = true;
  for (const name of Object.keys(data)) {
    if (!fields.has(name) || part(fields, name, data) !== data[name]) {
      isWhole = false;
      break;
    }
  }
  if (isWhole) return data;
  return Object.fromEntries(
    Object.keys(data)
      .filter((name) => fields.has(name))
      .map((name) => [name, part(fields, name, data)]),
  );
}

function part(fields: Fields, name: string, data: Record<string, unknown>): unknown {
  const inner = fields.get(name);
  const value = data[name];
  return inner && isObject(value) ? keep(inner, value) : value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
