/** Opens a page of the staff where no server is: keeps the page as it was last loaded, and shows that where the server's own cannot be had. */

/** What of a service worker's world is used here; the page's own types know none of it. */
interface Scope {
  skipWaiting(): Promise<void>;
  readonly clients: { claim(): Promise<void> };
  addEventListener(type: 'install' | 'activate', listener: (event: Lasting) => void): void;
  addEventListener(type: 'message', listener: (event: Lasting & { readonly data: unknown }) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
}
interface Lasting {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Lasting {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
const scope = globalThis as unknown as Scope;

/** This worker lies where the product does. */
const ASSETS = new URL('assets/', location.href).pathname;
/** A line that swallows what is asked is no better than none. */
const SERVER_MS = 4_000;

// The next page that is opened is to be this version's already.
scope.addEventListener('install', (event) => event.waitUntil(scope.skipWaiting()));
scope.addEventListener('activate', (event) => event.waitUntil(scope.clients.claim()));

/** A page names what it is made of: that is kept, and what earlier versions were made of goes. */
scope.addEventListener('message', (event) => {
  const { keep } = (event.data ?? {}) as { keep?: { page: string; assets: readonly string[] } };
  if (keep) event.waitUntil(keepAll(keep.page, keep.assets));
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET') return;
  if (request.mode === 'navigate') event.respondWith(openPage(request));
  else if (isAsset(request.url)) event.respondWith(openAsset(request));
});

/** Each page has a cache of its own. */
async function keepAll(page: string, loaded: readonly string[]): Promise<void> {
  const cache = await caches.open(`hallpulse:${page}`);
  const response = await fetch(page);
  if (!response.ok) return;
  // The page may be of a newer version than the one that is open.
  const named = [...(await response.clone().text()).matchAll(/"([\w./~-]*\/assets\/[\w.-]+)"/g)].map(
    ([, path]) => new URL(path!, location.origin).href,
  );
  const needed = new Set([...named, ...loaded]);
  const there = new Set((await cache.keys()).map(({ url }) => url));
  // The assets first: a page without them would open as nothing.
  await cache.addAll([...needed].filter((url) => !there.has(url)));
  await cache.put(page, response);
  await Promise.all([...there].filter((url) => isAsset(url) && !needed.has(url)).map((url) => cache.delete(url)));
}

/** The server's own, but for a gateway's word that there is none. */
async function openPage(request: Request): Promise<Response> {
  const known = (): Promise<Response | undefined> => caches.match(request, { ignoreSearch: true });
  try {
    const response = await fetch(request, { signal: AbortSignal.timeout(SERVER_MS) });
    return response.status < 502 ? response : ((await known()) ?? response);
  } catch (error) {
    const response = await known();
    if (response) return response;
    throw error;
  }
}

/** By its name an asset never changes. */
async function openAsset(request: Request): Promise<Response> {
  return (await caches.match(request)) ?? fetch(request);
}

function isAsset(url: string): boolean {
  const { origin, pathname } = new URL(url);
  return origin === location.origin && pathname.startsWith(ASSETS);
}

export {};
