/** The hall that a page was opened for, where a server has several: whatever the page asks names it as its own address does. */

import { atBase } from './base.ts';

/** @param search the query of the page's address; a page of the server's first hall names none */
export function readOwnHall(search = globalThis.location?.search): string | undefined {
  return new URLSearchParams(search).get('hall') ?? undefined;
}

/** One of the product's own addresses as a page asks for it: behind the prefix, with the hall in its query. */
export function withHall(address: string, hall = readOwnHall()): string {
  const placed = atBase(address);
  if (hall === undefined) return placed;
  return `${placed}${address.includes('?') ? '&' : '?'}hall=${encodeURIComponent(hall)}`;
}
