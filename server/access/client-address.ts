/** From where a connection comes, as Express finds it for its own requests: behind so many proxies that are trusted. */
import type { IncomingMessage } from 'node:http';

export function findClientAddress({ headers, socket }: IncomingMessage, hops: number): string {
  const own = socket.remoteAddress ?? '';
  const forwarded = [headers['x-forwarded-for'] ?? ''].flat().join(',').split(',');
  // Read from the end: what stands before the trusted proxies' own entries is whatever the client wrote.
  const chain = [...forwarded.map((address) => address.trim()).filter(Boolean), own];
  return chain.at(-1 - Math.min(hops, chain.length - 1)) ?? own;
}
