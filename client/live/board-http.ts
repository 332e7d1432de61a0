/** The two questions that a page asks over HTTP: the snapshot of a topic, and whether the server is well. */
import type { Topic } from '../../domain/board/topics/data.ts';
import type { Health } from '../../domain/wire/health.ts';
import type { Snapshot } from '../../domain/wire/protocol.ts';
import { askAs } from './ask.ts';
import { readJson } from './request.ts';
import { isSnapshot } from './snapshot-in-page.ts';

export interface Access {
  /** The server's origin, `''` for the page's own. */
  readonly origin: string;
}

/** `unbuilt`: the server cannot make this topic. `foreign`: something else answers in the server's place, such as a login page. */
export type SnapshotAnswer =
  | { readonly type: 'snapshot'; readonly snapshot: Snapshot; readonly etag: string | undefined }
  | { readonly type: 'unchanged' | 'denied' | 'unbuilt' | 'recounting' | 'foreign' | 'failed' };

/** From here on a gateway says that there is no server behind it. */
const NO_SERVER_STATUS = 502;

export async function fetchSnapshot({ origin }: Access, topic: Topic, etag?: string): Promise<SnapshotAnswer> {
  const headers: Record<string, string> = etag === undefined ? {} : { 'If-None-Match': etag };
  const reply = await askAs(
    'GET /api/board',
    { origin, query: { topic }, headers },
    {
      read: async (response) => ({
        snapshot: await readJson<unknown>(response),
        etag: response.headers.get('ETag') ?? undefined,
      }),
    },
  );
  if (reply.type === 'answered') {
    const { snapshot, etag: next } = reply.value;
    return isSnapshot(snapshot, topic) ? { type: 'snapshot', snapshot, etag: next } : { type: 'foreign' };
  }
  if (reply.type === 'unreachable') return { type: reply.isForeign ? 'foreign' : 'failed' };
  const { status, error } = reply;
  if (status === 304) return { type: 'unchanged' };
  // The server never refuses without a word.
  if (error === undefined) return { type: status < NO_SERVER_STATUS ? 'foreign' : 'failed' };
  // Only those without a right are ever told that they asked too often.
  if ([401, 403, 429].includes(status)) return { type: 'denied' };
  if (error === 'topic-failed') return { type: 'unbuilt' };
  return { type: error === 'recounting' ? 'recounting' : 'failed' };
}

/** What the server says of itself, be it well or not; undefined where no such word comes. */
export async function fetchHealth({ origin }: Access): Promise<Health | undefined> {
  const reply = await askAs('GET /healthz', { origin }, { answers: [503], read: readJson<unknown> });
  return reply.type === 'answered' && isHealth(reply.value) ? reply.value : undefined;
}

function isHealth(value: unknown): value is Health {
  const { status, build, now } = (value ?? {}) as Partial<Record<keyof Health, unknown>>;
  return (status === 'ok' || status === 'failed') && typeof build === 'string' && typeof now === 'number';
}
