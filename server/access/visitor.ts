/** Who asks and over what, by the connection and the proxies that the hall trusts; read alike for pages and sockets. */
import type { IncomingMessage } from 'node:http';
import express, { type Request } from 'express';
import { ipKeyGenerator } from 'express-rate-limit';

export interface Visitor {
  /** The address by which attempts and sessions are counted; of IPv6 the part that a customer is given. */
  readonly address: string;
  /** Whether it came over HTTPS, to this process or to the proxy in front. */
  readonly isSecure: boolean;
  /** Every host that the request names: in its `Host` (all of them), in its target, and by a trusted proxy. */
  readonly hosts: readonly string[];
  /** The one of them that stands in the browser's address. */
  readonly host: string | undefined;
}

export type ReadVisitor = (request: IncomingMessage) => Visitor;

/** @param trustProxy how many proxies stand in front; the same number that Express is given */
export function createVisitors(trustProxy: number): ReadVisitor {
  const app = express().set('trust proxy', trustProxy);
  return (request) => {
    // A handshake of a socket never passes through Express: its request is read by Express's own rules all the same.
    const asked = Object.create(app.request, {
      socket: { value: request.socket },
      headers: { value: request.headers },
    }) as Request;
    // The types say that there always is one; HTTP/1.0 needs none.
    const host = asked.host as string | undefined;
    const hosts = [...(request.headersDistinct['host'] ?? []), ...readTarget(request.url), ...(host ? [host] : [])];
    return { address: ipKeyGenerator(asked.ip ?? ''), isSecure: asked.secure, hosts: [...new Set(hosts)], host };
  };
}

/** A request line may hold a whole address, whose host then counts instead of the header (RFC 9112, section 3.2.2). */
function readTarget(target: string | undefined): string[] {
  const authority = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)/i.exec(target ?? '')?.[1];
  return authority === undefined ? [] : [authority];
}
