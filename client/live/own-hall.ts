/** The hall that a page was opened for, where a server has several: whatever the page asks names it as its own address does. */

/** @param search the query of the page's address; a page of the server's first hall names none */
export function readOwnHall(search = globalThis.location?.search): string | undefined {
  return new URLSearchParams(search).get('hall') ?? undefined;
}

/** `address` with the hall in its query. */
export function withHall(address: string, hall = readOwnHall()): string {
  if (hall === undefined) return address;
  return `${address}${address.includes('?') ? '&' : '?'}hall=${encodeURIComponent(hall)}`;
}
