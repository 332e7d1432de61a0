/** Where the product lies on its host: at the root, or behind a prefix, which the server has then written into the page. */

/** Such as `/hall`; empty at the root. */
export const BASE = globalThis.document?.querySelector('meta[name="base"]')?.getAttribute('content') ?? '';

/** One of the product's own addresses as the browser is to ask for it; a whole address stays as it is. */
export function atBase(address: string): string {
  return address.startsWith('/') ? BASE + address : address;
}

/** The page's own address without origin and prefix. */
export function readOwnPath({ pathname, search, hash }: Location = location): string {
  return `${pathname.slice(BASE.length) || '/'}${search}${hash}`;
}
