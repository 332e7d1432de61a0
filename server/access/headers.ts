/** What every answer tells the browser about itself, and whether the server is meant at all; for pages and sockets alike. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import helmet from 'helmet';
import type { IsOwnHost } from './hosts.ts';
import type { ReadVisitor, Visitor } from './visitor.ts';

type Next = (error?: unknown) => void;

/** Whatever says nothing else of itself is never kept by a browser or a proxy. */
export function createSecurityHeaders(readVisitor: ReadVisitor) {
  const [overTls, plain] = [createHelmet(true), createHelmet(false)];
  return (request: IncomingMessage, response: ServerResponse, next: Next): void => {
    response.setHeader('Cache-Control', 'no-store');
    (readVisitor(request).isSecure ? overTls : plain)(request, response, next);
  };
}

/** What a request by a foreign name is answered with 421. */
export const FOREIGN_HOST = {
  error: 'misdirected',
  message: 'This server is not known under this name. Name it in HALLPULSE_HOSTS, or ask by its address.',
} as const;

/** Whether every name by which the server was called is its own. HTTP/1.0 without a `Host` comes from no browser. */
export function isMeant(visitor: Visitor, isOwnHost: IsOwnHost): boolean {
  return visitor.hosts.every(isOwnHost);
}

const NO_FRAME = "frame-ancestors 'none'";

/**
 * Lets pages of these origins, and the product's own self-test, show this one in a frame; no other answer of the product
 * stands in any.
 */
export function allowFrames(response: ServerResponse, origins: readonly string[]): void {
  const policy = String(response.getHeader('Content-Security-Policy'));
  const ancestors = ["'self'", ...origins].join(' ');
  response.setHeader('Content-Security-Policy', policy.replace(NO_FRAME, `frame-ancestors ${ancestors}`));
  // It knows no list, and older browsers than ours alone go by it.
  response.removeHeader('X-Frame-Options');
}

function createHelmet(isSecure: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        // On plain HTTP in a hall's network an upgrade would leave the page without its assets.
        ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    crossOriginOpenerPolicy: isSecure,
    originAgentCluster: isSecure,
    strictTransportSecurity: isSecure ? { maxAge: 15_552_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
}
