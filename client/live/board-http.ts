/** The two questions that a page asks over HTTP: the snapshot of a topic, and whether the server is well. */
import type { Topic } from '../../domain/board/topics/data.ts';
import type { Snapshot } from '../../domain/wire/protocol.ts';

export interface Access {
  /** The server's origin, `''` for the page's own. */
  readonly origin: string;
}

export type SnapshotAnswer =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot; readonly etag: string | undefined }
  | { readonly type: 'unchanged' | 'denied' | 'failed' };

const TIMEOUT_MS = 10_000;

export async function fetchSnapshot(access: Access, topic: Topic, etag?: string): Promise<SnapshotAnswer> {
  try {
    const response = await fetch(`${access.origin}/api/board?topic=${topic}`, {
      // A display's right to read is a cookie that the server gave it.
      headers: etag === undefined ? {} : { 'If-None-Match': etag },
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    if (response.status === 304) return { type: 'unchanged' };
    // Only those without a right are ever told that they asked too often.
    if ([401, 403, 429].includes(response.status)) return { type: 'denied' };
    if (!response.ok) return { type: 'failed' };
    const snapshot = (await response.json()) as Snapshot;
    return { type: 'snapshot', snapshot, etag: response.headers.get('ETag') ?? undefined };
  } catch {
    // Out of reach is an answer too: the caller tries again.
    return { type: 'failed' };
  }
}

export interface Health {
  readonly build: string;
  readonly now: number;
}

/** Undefined where the server does not answer with success. */
export async function fetchHealth({ origin }: Access): Promise<Health | undefined> {
  try {
    const response = await fetch(`${origin}/healthz`, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return response.ok ? ((await response.json()) as Health) : undefined;
  } catch {
    return undefined;
  }
}
