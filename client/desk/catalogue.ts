/** What a station's desk needs to record without a server: asked for, and kept with its ETag for when there is none. */
import type { DeskCatalogue } from '../../domain/desk/catalogue.ts';
import { askAs } from '../live/ask.ts';
import { readJson } from '../live/request.ts';
import type { DeskStore } from './store.ts';

export type CatalogueAnswer =
  /** `isKept`: the server was not there to say whether it still holds. */
  | { readonly type: 'here'; readonly catalogue: DeskCatalogue; readonly isKept: boolean }
  | { readonly type: 'signed-out' | 'not-allowed' | 'none' };

interface Kept {
  readonly etag: string | undefined;
  readonly catalogue: DeskCatalogue;
}

/**
 * The catalogue of `station`, which the server is trusted to send in the shape that it promises. Without TLS a browser
 * starts no page offline: this is for a page that is open, or was loaded before its server went.
 */
export async function readCatalogue(store: DeskStore, station: string): Promise<CatalogueAnswer> {
  const key = `catalogue:${station}`;
  const kept = toKept(await store.read(key).catch(() => undefined));
  const headers: Record<string, string> = kept?.etag === undefined ? {} : { 'If-None-Match': kept.etag };
  const reply = await askAs(
    'GET /api/desk/catalogue',
    { query: { station }, headers },
    {
      answers: [304],
      read: async (response): Promise<Kept | undefined> => {
        if (response.status === 304) return undefined;
        return { etag: response.headers.get('ETag') ?? undefined, catalogue: await readJson<DeskCatalogue>(response) };
      },
    },
  );
  if (reply.type === 'answered') {
    const now = reply.value ?? kept;
    // Where it cannot be kept, the page has it as long as it is open.
    if (reply.value) await store.write(key, reply.value).catch(() => {});
    return now ? { type: 'here', catalogue: now.catalogue, isKept: false } : { type: 'none' };
  }
  if (reply.type === 'refused' && reply.status === 401) return { type: 'signed-out' };
  if (reply.type === 'refused' && reply.status === 403) return { type: 'not-allowed' };
  return kept ? { type: 'here', catalogue: kept.catalogue, isKept: true } : { type: 'none' };
}

function toKept(value: unknown): Kept | undefined {
  if (typeof value !== 'object' || value === null || !('catalogue' in value)) return undefined;
  const etag = 'etag' in value && typeof value.etag === 'string' ? value.etag : undefined;
  return { etag, catalogue: value.catalogue as DeskCatalogue };
}
