/** A value that is built anew and says the same is the very same object as before, in its parts too. Pure. */

import { own } from '../../domain/wire/own.ts';

/**
 * `next` with every part of `previous` in it that is equal to its own; all of `previous` where nothing differs.
 * Only plain objects and lists are looked into, and nobody changes them.
 */
export function reuse(previous: unknown, next: unknown): unknown {
  if (Object.is(previous, next)) return next;
  if (Array.isArray(previous) && Array.isArray(next)) {
    const parts = next.map((part, index) => reuse(previous[index], part));
    return parts.length === previous.length && parts.every((part, index) => Object.is(part, previous[index]))
      ? previous
      : parts;
  }
  if (!isPlain(previous) || !isPlain(next)) return next;
  const keys = Object.keys(next);
  const parts = new Map<string, unknown>();
  let isSame = keys.length === Object.keys(previous).length;
  for (const key of keys) {
    const before = own(previous, key);
    const part = reuse(before, own(next, key));
    parts.set(key, part);
    isSame &&= Object.hasOwn(previous, key) && Object.is(part, before);
  }
  return isSame ? previous : Object.fromEntries(parts);
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
