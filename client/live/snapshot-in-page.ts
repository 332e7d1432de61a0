/** The snapshot that the server may have put into the page, so that the first picture needs no further request. */
import type { Snapshot } from '../../domain/wire/protocol.ts';

export function readEmbeddedSnapshot(text: string | null | undefined): Snapshot | undefined {
  if (!text?.trim()) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return isSnapshot(value) ? value : undefined;
  } catch {
    // A page whose template was not filled: the snapshot is asked for instead.
    return undefined;
  }
}

function isSnapshot(value: unknown): value is Snapshot {
  return typeof value === 'object' && value !== null && 'epoch' in value && 'seq' in value && 'data' in value;
}
