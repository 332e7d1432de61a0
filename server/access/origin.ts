/** Whether a request only reads, and whether what writes comes from a page of this very host. */
import type { Request } from 'express';
import { isSameHost } from './hosts.ts';

export function isReading({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}

/**
 * Whether a write comes from no page of this host. Browsers name the origin of every one.
 * @param host the one in the address of the page that asks
 */
export function isForeign({ headers: { origin } }: Request, host: string | undefined): boolean {
  return origin === undefined || !isSameHost(origin, host);
}
