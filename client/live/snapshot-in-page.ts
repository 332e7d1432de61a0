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

/** @param topic the one that was asked for, where one was */
export function isSnapshot(value: unknown, topic?: string): value is Snapshot {
  const { epoch, seq, asOf, build, data, ...rest } = (value ?? {}) as Partial<Record<keyof Snapshot, unknown>>;
  return (
    typeof epoch === 'string' &&
    typeof seq === 'number' &&
    typeof asOf === 'number' &&
    typeof build === 'string' &&
    typeof data === 'object' &&
    data !== null &&
    (topic === undefined || rest.topic === topic)
  );
}
