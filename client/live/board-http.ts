/** The two questions that a page asks over HTTP: the snapshot of a topic, and whether the server is well. */
import type { Topic } from '../../domain/board/topics/data.ts';
import type { Snapshot } from '../../domain/wire/protocol.ts';
import { readJson, request } from './request.ts';

export interface Access {
  /** The server's origin, `''` for the page's own. */
  readonly origin: string;
}

export type SnapshotAnswer =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot; readonly etag: string | undefined }
  | { readonly type: 'unchanged' | 'denied' | 'failed' };

export async function fetchSnapshot({ origin }: Access, topic: Topic, etag?: string): Promise<SnapshotAnswer> {
  const reply = await request(`${origin}/api/board?topic=${topic}`, {
    headers: etag === undefined ? {} : { 'If-None-Match': etag },
    read: async (response) => ({
      snapshot: await readJson<Snapshot>(response),
      etag: response.headers.get('ETag') ?? undefined,
    }),
  });
  if (reply.type === 'answered') return { type: 'snapshot', ...reply.value };
  if (reply.type === 'unreachable') return { type: 'failed' };
  if (reply.status === 304) return { type: 'unchanged' };
  // Only those without a right are ever told that they asked too often.
  return { type: [401, 403, 429].includes(reply.status) ? 'denied' : 'failed' };
}

export interface Health {
  readonly build: string;
  readonly now: number;
}

/** Undefined where the server does not answer with success. */
export async function fetchHealth({ origin }: Access): Promise<Health | undefined> {
  const reply = await request(`${origin}/healthz`, { read: readJson<Health> });
  return reply.type === 'answered' ? reply.value : undefined;
}
