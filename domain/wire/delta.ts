/** The difference between two versions of a topic's data, and the step from one to the next. */
import type { DeltaSet, Json } from './protocol.ts';

type JsonObject = { readonly [key: string]: Json };

/** Names through which an assignment would reach the prototype instead of the data. */
const REFUSED: readonly string[] = ['__proto__', 'constructor', 'prototype'];

/**
 * Every path of `next` that differs from `previous`, as JSON Pointers (RFC 6901), with its value in `next`;
 * `null` where a thing is gone. Arrays come whole, no path is a prefix of another, and `''` stands for the whole.
 *
 * @throws RangeError when a key is `__proto__`, `constructor` or `prototype`
 */
export function diffData(previous: Json, next: Json): DeltaSet {
  const set: Record<string, Json | null> = {};
  collect('', previous, next, set);
  return set;
}

function collect(path: string, previous: Json, next: Json, set: Record<string, Json | null>): void {
  if (previous === next) return;
  if (!isObject(previous) || !isObject(next)) {
    if (isEqual(previous, next)) return;
    checkKeys(next);
    set[path] = next;
    return;
  }
  for (const key of Object.keys(previous)) {
    if (!Object.hasOwn(next, key)) set[join(path, key)] = null;
  }
  for (const key of Object.keys(next)) {
    const at = join(path, key);
    if (Object.hasOwn(previous, key)) collect(at, previous[key]!, next[key]!, set);
    else {
      checkKeys(next[key]!);
      set[at] = next[key]!;
    }
  }
}

/**
 * `data` with every path of `set` at its new value. Nothing is changed in place: branches that no path touches are
 * the very same objects in the result. A path through an object that is missing makes it.
 *
 * @throws RangeError when a path is no JSON Pointer, names `__proto__`, `constructor` or `prototype`,
 * or leads through something that is no object; the caller then needs the whole snapshot
 */
export function applyDelta(data: Json, set: DeltaSet): Json {
  const owned = new Set<object>();
  let result = data;
  for (const [path, value] of Object.entries(set)) {
    if (path === '') {
      if (value === null) throw new RangeError('a delta must not remove the whole');
      checkKeys(value);
      result = value;
    } else result = write(result, split(path), 0, value, owned);
  }
  return result;
}

function write(at: Json, keys: readonly string[], depth: number, value: Json | null, owned: Set<object>): Json {
  if (!isObject(at)) throw new RangeError(`a delta leads through no object: ${keys.slice(0, depth).join(' / ')}`);
  const key = keys[depth]!;
  const present = Object.hasOwn(at, key);
  if (value === null && !present) return at;
  // A branch is copied once for a whole set, however many paths touch it.
  const copy = (owned.has(at) ? at : { ...at }) as Record<string, Json>;
  owned.add(copy);
  if (depth < keys.length - 1) copy[key] = write(present ? at[key]! : {}, keys, depth + 1, value, owned);
  else if (value === null) delete copy[key];
  else {
    checkKeys(value);
    copy[key] = value;
  }
  return copy;
}

function join(path: string, key: string): string {
  if (REFUSED.includes(key)) throw new RangeError(`the key ${key} is refused`);
  return `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

function split(path: string): string[] {
  if (!path.startsWith('/') || /~(?![01])/.test(path)) throw new RangeError('a path is no JSON Pointer');
  const keys = path
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const refused = keys.find((key) => REFUSED.includes(key));
  if (refused !== undefined) throw new RangeError(`the key ${refused} is refused`);
  return keys;
}

function checkKeys(value: Json): void {
  if (Array.isArray(value)) value.forEach(checkKeys);
  else if (isObject(value)) {
    for (const [key, part] of Object.entries(value)) {
      if (REFUSED.includes(key)) throw new RangeError(`the key ${key} is refused`);
      checkKeys(part);
    }
  }
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Deep equality of JSON values; the order of an object's keys says nothing. */
function isEqual(a: Json, b: Json): boolean {
  if (a === b) return true;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((part: Json, index) => isEqual(part, b[index] as Json));
  }
  if (!isObject(a) || !isObject(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isEqual(a[key]!, b[key]!))
  );
}
