/** One walk over an event as it came: its size, its keys, its text, and whether it carries a citizen's identity. */
import {
  glanceAt,
  HAS_ODD_CHARACTERS,
  identityInList,
  identityInNumber,
  identityOf,
  PLAIN,
  readKey,
  type IdentityKind,
  type TextRule,
} from './identity.ts';
import { NOBODY, type Roster } from './names.ts';

export type InspectReason = 'depth' | 'size' | 'key' | 'text' | 'data' | 'identity';

export interface Flaw {
  /** Path without any text that could itself be an identity; a key that cannot be repeated is written `*`. */
  readonly field: string;
  readonly reason: InspectReason;
}

/** Longest string anywhere, longest key, deepest `data`, most keys and elements, most bytes of `data` as JSON. */
const STRING_LIMIT = 4_000;
const KEY_LIMIT = 200;
const DEPTH_LIMIT = 6;
export const ENTRY_LIMIT = 200;
const DATA_BYTES_LIMIT = 32_768;

/** Names through which an assignment would reach a prototype: the wire refuses them, so the door does, as names and as values. */
export const FORBIDDEN_NAMES: readonly string[] = ['__proto__', 'constructor', 'prototype'];
const forbidden = new Set(FORBIDDEN_NAMES);
/** Of the envelope; other attributes are not kept, and may hold what they like. */
const KEPT_ATTRIBUTES = new Set(['id', 'source', 'subject', 'type']);
/** NUL, or half of a surrogate pair: neither SQLite's text functions nor PostgreSQL nor UTF-8 can hold them. */
const brokenText = /\0|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

export function isBroken(text: string): boolean {
  return (glanceAt(text) & HAS_ODD_CHARACTERS) !== 0 && brokenText.test(text);
}

interface Walk {
  readonly roster: Roster;
  entries: number;
  /** An upper bound of the bytes of `data` as JSON. */
  bytes: number;
}

/**
 * The first flaw of `event` in the order of its keys, or `undefined`. Names on `roster` (the hall's own staff) are no
 * citizen's. Takes anything; never throws.
 */
export function inspectEvent(event: Readonly<Record<string, unknown>>, roster: Roster = NOBODY): Flaw | undefined {
  const walk: Walk = { roster, entries: 0, bytes: 0 };
  const flaw = inspectObject(event, '', 0, undefined, walk);
  if (flaw !== undefined) return flaw;
  if (walk.bytes > DATA_BYTES_LIMIT && countBytes(event['data']) > DATA_BYTES_LIMIT) {
    return { field: 'data', reason: 'size' };
  }
  return undefined;
}

function inspectObject(
  value: Readonly<Record<string, unknown>>,
  path: string,
  depth: number,
  telling: IdentityKind | undefined,
  walk: Walk,
): Flaw | undefined {
  if (depth > DEPTH_LIMIT) return { field: path, reason: 'depth' };
  const keys = Object.keys(value);
  walk.entries += keys.length;
  if (walk.entries > ENTRY_LIMIT) return { field: path || 'data', reason: 'size' };
  for (const key of keys) {
    if (forbidden.has(key)) return { field: join(path, key), reason: 'key' };
    if (key.length > KEY_LIMIT) return { field: join(path, '*'), reason: 'size' };
    const reading = readKey(key);
    if (reading.identity !== undefined) return { field: join(path, '*'), reason: 'identity' };
    if (isBroken(key)) return { field: join(path, '*'), reason: 'text' };
    const told = reading.tellable ? key : '*';
    walk.bytes += key.length * 6 + 4;
    const flaw = inspectValue(value[key], path, told, depth, reading.rule, telling ?? reading.telling, walk);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

/** `path` and `key` are joined only when there is something to report. */
function inspectValue(
  value: unknown,
  path: string,
  key: string,
  depth: number,
  rule: TextRule,
  telling: IdentityKind | undefined,
  walk: Walk,
): Flaw | undefined {
  switch (typeof value) {
    case 'string': {
      if (value.length > STRING_LIMIT) return { field: join(path, key), reason: 'size' };
      if (value.length <= 11 && forbidden.has(value) && (path !== '' || KEPT_ATTRIBUTES.has(key))) {
        return { field: join(path, key), reason: 'key' };
      }
      walk.bytes += value.length * 6 + 3;
      const glance = glanceAt(value);
      if (glance === PLAIN && telling === undefined) return undefined;
      if ((glance & HAS_ODD_CHARACTERS) !== 0 && brokenText.test(value)) {
        return { field: join(path, key), reason: 'text' };
      }
      if (identityOf(value, rule, telling, glance, walk.roster) === undefined) return undefined;
      return { field: join(path, key), reason: 'identity' };
    }
    case 'number':
      walk.bytes += 26;
      if (!Number.isFinite(value)) return { field: join(path, key), reason: 'data' };
      return telling === undefined && identityInNumber(value) === undefined
        ? undefined
        : { field: join(path, key), reason: 'identity' };
    case 'boolean':
    case 'undefined':
      walk.bytes += 6;
      return undefined;
    case 'object': {
      walk.bytes += 6;
      if (value === null) return undefined;
      if (!Array.isArray(value)) {
        if (!isPlainObject(value)) return { field: join(path, key), reason: 'data' };
        return inspectObject(value, join(path, key), depth + 1, telling, walk);
      }
      if (depth + 1 > DEPTH_LIMIT) return { field: join(path, key), reason: 'depth' };
      walk.entries += value.length;
      if (walk.entries > ENTRY_LIMIT) return { field: join(path, key), reason: 'size' };
      for (let i = 0; i < value.length; i++) {
        const flaw = inspectValue(value[i], join(path, key), String(i), depth + 1, rule, telling, walk);
        if (flaw !== undefined) return flaw;
      }
      if (identityInList(value, rule, walk.roster) === undefined) return undefined;
      return { field: join(path, key), reason: 'identity' };
    }
    default:
      return { field: join(path, key), reason: 'data' };
  }
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function countBytes(data: unknown): number {
  const text = JSON.stringify(data) ?? '';
  let bytes = text.length;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c > 0x7ff) bytes += c >= 0xd800 && c <= 0xdfff ? 1 : 2;
    else if (c > 0x7f) bytes += 1;
  }
  return bytes;
}
