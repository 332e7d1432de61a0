/** Who may read: everybody where reading is open, otherwise a display with its token, from a cookie or a header. */
import type { NextFunction, Request, Response } from 'express';
import type { Audience } from '../../domain/board/topics/data.ts';
import { readBearer } from './access.ts';

export const DISPLAY_COOKIE = 'hallpulse_display';
/** A display stays signed in for a year; revoking its token ends that at once. */
const COOKIE_MS = 365 * 86_400_000;

export interface ReadersOptions {
  /** Reading without a token: the demo, or `HALLPULSE_READ=open`. */
  readonly isOpen: boolean;
  /** The audience of a display's token; `undefined` where it is unknown or revoked. */
  readonly findDisplay: (token: string) => Audience | undefined;
}

export interface Readers {
  /** The display token that a request presents, right or wrong. */
  presentedBy(request: { cookie: string | undefined; token: string | undefined }): string | undefined;
  /** What a request may see, from its cookie and bearer token. */
  audienceOf(request: { cookie: string | undefined; token: string | undefined }): Audience | undefined;
  /** Puts the request's audience into `response.locals`; a token in a page's address becomes a cookie and leaves the address. */
  identify(request: Request, response: Response, next: NextFunction): void;
  /** Refuses a request without an audience. */
  demand(request: Request, response: Response, next: NextFunction): void;
}

export function createReaders({ isOpen, findDisplay }: ReadersOptions): Readers {
  const audienceOf: Readers['audienceOf'] = ({ cookie, token }) => {
    const presented = token ?? readCookie(cookie, DISPLAY_COOKIE);
    // A public screen's token narrows what it sees even where reading is open.
    const display = presented === undefined ? undefined : findDisplay(presented);
    return display ?? (isOpen ? 'management' : undefined);
  };
  return {
    audienceOf,
    presentedBy: ({ cookie, token }) => token ?? readCookie(cookie, DISPLAY_COOKIE),
    identify(request, response, next) {
      const { token, ...rest } = request.query;
      if (request.method === 'GET' && !request.path.startsWith('/api/') && typeof token === 'string') {
        if (findDisplay(token) !== undefined)
          response.cookie(DISPLAY_COOKIE, token, {
            httpOnly: true,
            sameSite: 'strict',
            // What this request really came by: over plain HTTP a browser keeps no secure cookie.
            secure: request.secure,
            maxAge: COOKIE_MS,
          });
        const query = new URLSearchParams(
          Object.entries(rest).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
        ).toString();
        const path = toLocalPath(request.path);
        response.redirect(303, query === '' ? path : `${path}?${query}`);
        return;
      }
      const bearer = readBearer(request.headers.authorization);
      response.locals['audience'] = audienceOf({ cookie: request.headers.cookie, token: bearer });
      next();
    },
    demand(_request, response, next) {
      if (response.locals['audience'] !== undefined) next();
      else response.status(401).json({ error: 'unauthorized' });
    },
  };
}

/** A path that begins with two slashes, or a backslash, is another host to a browser. */
export function toLocalPath(path: string): string {
  return `/${path.replace(/^[/\\\s]+/, '')}`;
}

function readCookie(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const equals = part.indexOf('=');
    if (equals > 0 && part.slice(0, equals).trim() === name) return part.slice(equals + 1).trim();
  }
  return undefined;
}
