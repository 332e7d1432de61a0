/** Has the browser keep this page, so that it opens without its server: only where the connection is encrypted, as browsers ask. */

import { atBase } from '../live/base.ts';

/** Fonts and what is loaded later come after the page itself. */
const SETTLED_MS = 3_000;

/** `unencrypted`: no browser keeps it there; `refused`: this one does not, as where the certificate is not trusted. */
export type Keeping = 'kept' | 'unencrypted' | 'refused';

/**
 * What is not kept works as it does without.
 * @param path the page's own, such as `/desk`: nothing else of the product is touched
 * @returns whether it will open without its server
 */
export async function keepForOffline(path: string): Promise<Keeping> {
  if (import.meta.env.DEV) return 'kept';
  if (!isSecureContext) return 'unencrypted';
  if (!('serviceWorker' in navigator)) return 'refused';
  try {
    await navigator.serviceWorker.register(atBase('/offline.js'), { scope: atBase(path) });
  } catch {
    return 'refused';
  }
  void tellAssets(path);
  return 'kept';
}

async function tellAssets(path: string): Promise<void> {
  const { active } = await navigator.serviceWorker.ready;
  const tell = (): void => {
    const own = performance.getEntriesByType('resource').map(({ name }) => name);
    const assets = [...new Set(own)].filter((url) => url.startsWith(location.origin + atBase('/assets/')));
    active?.postMessage({ keep: { page: atBase(path), assets } });
  };
  tell();
  setTimeout(tell, SETTLED_MS);
}
