/** The two questions that a page asks over HTTP: the snapshot of a topic, and whether the server is well. */
import type { Topic } from '../../domain/board/topics/data.ts';
import type { Health } from '../../domain/wire/health.ts';
import type { Snapshot } from '../../domain/wire/protocol.ts';
import { ask, askAs } from './ask.ts';
import { readJson } from './request.ts';

export interface Access {
  /** The server's origin, `''` for the page's own. */
  readonly origin: string;
}

export type SnapshotAnswer =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot; readonly etag: string | undefined }
  | { readonly type: 'unchanged' | 'denied' | 'failed' };

export async function fetchSnapshot({ origin }: Access, topic: Topic, etag?: string): Promise<SnapshotAnswer> {
  const headers: Record<string, string> = etag === undefined ? {} : { 'If-None-Match': etag };
  const reply = await askAs(
    'GET /api/board',
    { origin, query: { topic }, headers },
    {
      read: async (response) => ({
        snapshot: await readJson<Snapshot>(response),
        etag: response.headers.get('ETag') ?? undefined,
      }),
    },
  );
  if (reply.type === 'answered') return { type: 'snapshot', ...reply.value };
  if (reply.type === 'unreachable') return { type: 'failed' };
  if (reply.status === 304) return { type: 'unchanged' };
  // Only those without a right are ever told that they asked too often.
  return { type: [401, 403, 429].includes(reply.status) ? 'denied' : 'failed' };
}

/** Undefined where the server does not answer with success. */
export async function fetchHealth({ origin }: Access): Promise<Health | undefined> {
  const reply = await ask('GET /healthz', { origin });
  return reply.type === 'answered' ? reply.value : undefined;
}
