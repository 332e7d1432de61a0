/** Who may read: everybody where reading is open, otherwise a display with its token, from a cookie or a header. */
import type { NextFunction, Request, Response } from 'express';
import type { Audience } from '../../domain/board/topics/data.ts';
import { may } from '../../domain/access/roles.ts';
import { findPage } from '../../domain/wire/pages.ts';
import { readBearer, type DisplayToken, type Post } from './access.ts';
import { cookiePath } from './base.ts';
import { MOST_COOKIES, readCookies } from './cookies.ts';
import type { Guesses } from './guesses.ts';
import type { Person } from './person.ts';

export const DISPLAY_COOKIE = 'hallpulse_display';

const DAY_MS = 86_400_000;
/** A display stays signed in for a year from when it was last used; revoking its token ends that at once. */
const COOKIE_MS = 365 * DAY_MS;

export interface ReadersOptions {
  /** The hall that is served: tokens of another open nothing here. */
  readonly hall: string;
  /** The name under which a display's browser keeps its token. */
  readonly cookie: string;
  /** The prefix behind which all addresses lie; empty at the root. */
  readonly base: string;
  /** Reading without a token: the demo, or `HALLPULSE_READ=open`. */
  readonly isOpen: boolean;
  /** A display's token; `undefined` where it is unknown or revoked. */
  readonly findDisplay: (token: string) => DisplayToken | undefined;
  /** Who is signed in with these cookies. */
  readonly findPerson: (cookie: string | undefined) => Person | undefined;
  /** The hall's day. */
  readonly day: () => string;
  readonly guesses: Guesses;
}

/** What a request or a socket may see, and by what right. */
export interface Reader {
  /** `undefined`: no topic. */
  readonly audience: Audience | undefined;
  /** Where a device for citizens stands, which then sees no topic. */
  readonly post?: Post;
  /** The token or the session that opened it; absent where nothing did but open reading. */
  readonly tokenId: string | undefined;
  /** Whoever is signed in, where no display's token opened it. */
  readonly person?: Person;
  /** What was presented and opens nothing here. */
  readonly wrong: readonly string[];
}

export interface Presented {
  readonly cookie: string | undefined;
  readonly token: string | undefined;
}

export interface Readers {
  /** What a request may see, from its cookie and bearer token. */
  read(presented: Presented): Reader;
  /** Puts the request's reader into `response.locals`; a token in a page's address becomes a cookie and leaves the address. */
  identify(request: Request, response: Response, next: NextFunction): void;
  /** Refuses a request without an audience. */
  demand(request: Request, response: Response, next: NextFunction): void;
  /** Lets a page say by itself that its display has no right, unless there were too many that had none. */
  slowPages(request: Request, response: Response, next: NextFunction): void;
}

/** Who asks, as `identify` found. */
export function readerOf(response: Response): Reader {
  return response.locals['reader'] as Reader;
}

export function createReaders(options: ReadersOptions): Readers {
  const { hall, cookie: cookieName, base, isOpen, findDisplay, guesses } = options;
  /** Kept for a day: while it is there, the other was renewed lately. */
  const renewedName = `renewed_${cookieName}`;
  const find = (token: string): DisplayToken | undefined => {
    const display = findDisplay(token);
    return display?.hall === hall ? display : undefined;
  };
  const keep = (request: Request, response: Response, token: string): void => {
    // A browser keeps no secure cookie that came over plain HTTP.
    const kept = { httpOnly: true, sameSite: 'strict', secure: request.secure, path: cookiePath(base) } as const;
    response.cookie(cookieName, token, { ...kept, maxAge: COOKIE_MS });
    response.cookie(renewedName, '1', { ...kept, maxAge: DAY_MS });
  };
  /** Once a day, at a request that no cache answers or keeps. */
  const renew = (request: Request, response: Response): void => {
    const { cookie } = request.headers;
    if (readCookies(cookie, renewedName).length > 0 || !isKeptByNobody(request.path)) return;
    const right = readCookies(cookie, cookieName).find((one) => find(one) !== undefined);
    if (right !== undefined) keep(request, response, right);
  };
  const read: Readers['read'] = ({ cookie, token }) => {
    const presented = token === undefined ? readCookies(cookie, cookieName) : [token];
    for (const one of presented) {
      const display = find(one);
      // A public screen's token narrows what it sees even where reading is open, and a tablet's leaves nothing.
      if (display) return { ...rightsOf(display), tokenId: display.id, wrong: [] };
    }
    const person = options.findPerson(cookie);
    if (person) {
      const audience = isOpen || may(person.assignments, 'see-hall', options.day()) ? 'management' : 'public';
      return { audience, tokenId: `session ${person.session}`, person, wrong: presented };
    }
    return { audience: isOpen ? 'management' : undefined, tokenId: undefined, wrong: presented };
  };
  const signIn = (request: Request, response: Response, tokens: readonly string[]): void => {
    const right = tokens.find((one) => find(one) !== undefined);
    if (right === undefined && guesses.isTooMany(request, response, tokens)) return;
    if (right !== undefined) keep(request, response, right);
    response.redirect(303, base + withoutToken(request));
  };
  return {
    read,
    identify(request, response, next) {
      const { token } = request.query;
      const isPage = request.method === 'GET' || request.method === 'HEAD';
      if (token !== undefined && isPage && !/^\/api(\/|$)/i.test(request.path)) {
        const tokens = [token].flat().filter((one): one is string => typeof one === 'string' && one !== '');
        signIn(request, response, tokens.slice(0, MOST_COOKIES));
        return;
      }
      const bearer = readBearer(request.headers.authorization);
      const reader = read({ cookie: request.headers.cookie, token: bearer });
      if (bearer === undefined && reader.tokenId !== undefined && !reader.person) renew(request, response);
      response.locals['reader'] = reader;
      response.locals['audience'] = reader.audience;
      next();
    },
    demand(request, response, next) {
      const { audience, wrong } = readerOf(response);
      if (audience !== undefined) next();
      else guesses.refuse(request, response, wrong);
    },
    slowPages(request, response, next) {
      const { audience, wrong } = readerOf(response);
      if (audience !== undefined || !guesses.isTooMany(request, response, wrong)) next();
    },
  };
}

/** Assets and pictures may be kept by a cache for everybody, and a cookie with them. */
function isKeptByNobody(path: string): boolean {
  return path.startsWith('/api/') || findPage(path) !== undefined;
}

function rightsOf({ audience }: DisplayToken): Pick<Reader, 'audience' | 'post'> {
  return typeof audience === 'string' ? { audience } : { audience: undefined, post: audience };
}

/** The same page of this very host without the token. */
function withoutToken({ path, query }: Request): string {
  const rest = Object.entries(query).filter(
    (entry): entry is [string, string] => entry[0] !== 'token' && typeof entry[1] === 'string',
  );
  const text = new URLSearchParams(rest).toString();
  return `${toLocalPath(path)}${text === '' ? '' : `?${text}`}`;
}

/** A path that begins with two slashes, or a backslash, names another host to a browser. */
function toLocalPath(path: string): string {
  return `/${path.replace(/^[/\\\s]+/, '')}`;
}
