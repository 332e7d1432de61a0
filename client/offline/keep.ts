/** Has the browser keep this page, so that it opens without its server: only where the connection is encrypted, as browsers ask. */

import { atBase } from '../live/base.ts';

/** Fonts and what is loaded later come after the page itself. */
const SETTLED_MS = 3_000;

/** @param path the page's own, such as `/desk`: nothing else of the product is touched */
export function keepForOffline(path: string): void {
  if (!('serviceWorker' in navigator) || import.meta.env.DEV) return;
  void register(path).catch(() => {
    // Refused, as where the certificate is not trusted: the page works as it does without.
  });
}

async function register(path: string): Promise<void> {
  await navigator.serviceWorker.register(atBase('/offline.js'), { scope: atBase(path) });
  const { active } = await navigator.serviceWorker.ready;
  const tell = (): void => {
    const own = performance.getEntriesByType('resource').map(({ name }) => name);
    const assets = [...new Set(own)].filter((url) => url.startsWith(location.origin + atBase('/assets/')));
    active?.postMessage({ keep: { page: atBase(path), assets } });
  };
  tell();
  setTimeout(tell, SETTLED_MS);
}
