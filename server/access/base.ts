/** Where the product lies on its host: at the root, or behind a prefix that a proxy keeps or takes away. */
import type { IncomingMessage } from 'node:http';

/**
 * Takes the prefix off a request's target. One that comes without it is meant all the same: the proxy has taken it
 * away, or a sender or a supervisor asks this process itself.
 *
 * @param base such as `/hall`; empty at the root
 */
export function enterBase(base: string, request: Pick<IncomingMessage, 'url'>): void {
  const { url = '' } = request;
  if (base === '' || !url.startsWith(base)) return;
  const rest = url.slice(base.length);
  if (rest === '' || rest.startsWith('?')) request.url = `/${rest}`;
  else if (rest.startsWith('/')) request.url = rest;
}

/** The path of cookies: no other program behind the same host's proxy is sent ours. */
export function cookiePath(base: string): string {
  return base === '' ? '/' : base;
}
