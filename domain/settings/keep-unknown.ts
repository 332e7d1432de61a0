/** What somebody wrote into a document beside what the product knows stays in it. Pure. */
import { FORBIDDEN_NAMES } from '../events/inspect.ts';

/**
 * @param raw as it was written
 * @param read the same as its schema has read it: with what was left out filled in, without what is unknown
 * @returns `read` with all of `raw` in its order
 */
export function keepUnknown<T>(raw: unknown, read: T): T {
  if (Array.isArray(raw) && Array.isArray(read)) return read.map((one, i) => keepUnknown(raw[i] as unknown, one)) as T;
  if (!isObject(raw) || !isObject(read)) return read;
  const names = new Set([...Object.keys(raw), ...Object.keys(read)]);
  const entries = [...names]
    .filter((name) => !FORBIDDEN_NAMES.includes(name))
    .map((name) => [
      name,
      Object.hasOwn(read, name)
        ? Object.hasOwn(raw, name)
          ? keepUnknown(raw[name], read[name])
          : read[name]
        : raw[name],
    ]);
  return Object.fromEntries(entries) as T;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
