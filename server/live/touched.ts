/** The paths of a topic that were touched since its last delta, and what they hold now. */
import { own } from '../../domain/wire/own.ts';
import type { DeltaSet, Json } from '../../domain/wire/protocol.ts';

/**
 * The delta for `paths` (JSON Pointers) with their values in `data`: a path below another one in the list is left to it,
 * and a path that leads nowhere any more is `null`.
 */
export function toDeltaSet(paths: ReadonlySet<string>, data: Json): DeltaSet {
  return Object.fromEntries(
    [...paths].filter((path) => !hasAncestor(paths, path)).map((path) => [path, valueAt(data, path)]),
  );
}

function hasAncestor(paths: ReadonlySet<string>, path: string): boolean {
  for (let at = path.lastIndexOf('/'); at >= 0; at = path.lastIndexOf('/', at - 1)) {
    if (path.length > 0 && paths.has(path.slice(0, at))) return true;
    if (at === 0) break;
  }
  return false;
}

function valueAt(data: Json, path: string): Json | null {
  if (path === '') return data;
  let value: Json | undefined = data;
  for (const part of path.slice(1).split('/')) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    value = own(value as Record<string, Json>, key);
  }
  return value ?? null;
}
