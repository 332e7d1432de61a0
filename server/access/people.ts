/** Who is signed in: the person behind a request or a socket, as the rest of the server knows them. */
import type { RequestHandler, Response } from 'express';
import { may, type Action } from '../../domain/access/roles.ts';
import type { Accounts } from './accounts.ts';
import { readCookies } from './cookies.ts';
import { isForeign, isReading } from './origin.ts';
import type { Person } from './person.ts';
import type { ReadVisitor } from './visitor.ts';

export interface People {
  /** The person of the session in a request's cookies; `undefined` where none of them stands. */
  read(cookie: string | undefined): Person | undefined;
  /**
   * Lets through whoever is signed in, for `personOf` to tell: else 401, and 403 for a write from a page of another
   * origin. What the person may do is the route's to ask.
   */
  readonly gate: RequestHandler;
  /** The person of a session by its id, while it stands: asked again for whatever stays open. */
  ofSession(id: string): Person | undefined;
}

/** Who asks, as `gate` found. */
export function personOf(response: Response): Person {
  return response.locals['person'] as Person;
}

/**
 * Lets through whoever may do it today in the whole hall, else 403; stands behind `gate`.
 * @param day the hall's day
 */
export function demand(action: Action, day: () => string): RequestHandler {
  return (_request, response, next) => {
    if (may(personOf(response).assignments, action, day())) next();
    else response.status(403).json({ error: 'not-allowed' });
  };
}

/**
 * Under which name a browser keeps a session: over TLS no plain page can set it, and at the root no other host either.
 * Behind a prefix it is sent there alone, which browsers allow under the second name only.
 *
 * @param path of the cookie
 */
export function nameSessionCookie(cookie: string, path: string, isSecure: boolean): string {
  if (!isSecure) return cookie;
  return path === '/' ? `__Host-${cookie}` : `__Secure-${cookie}`;
}

export interface PeopleOptions {
  readonly accounts: Accounts;
  /** The cookie's name without what TLS puts before it. */
  readonly cookie: string;
  readonly cookiePath: string;
  readonly readVisitor: ReadVisitor;
}

export function createPeople({ accounts, cookie, cookiePath, readVisitor }: PeopleOptions): People {
  const find = (header: string | undefined, isUse: boolean): Person | undefined => {
    for (const isSecure of [true, false])
      for (const secret of readCookies(header, nameSessionCookie(cookie, cookiePath, isSecure))) {
        const person = accounts.find(secret, isUse);
        if (person) return person;
      }
    return undefined;
  };
  return {
    read: (header) => find(header, false),
    ofSession: (id) => accounts.ofSession(id),
    gate(request, response, next) {
      const isWrite = !isReading(request);
      if (isWrite && isForeign(request, readVisitor(request).host)) {
        response.status(403).json({ error: 'foreign-origin' });
        return;
      }
      const person = find(request.headers.cookie, isWrite);
      if (!person) response.status(401).json({ error: 'unauthorized' });
      else if (isWrite && person.isKept && !accounts.isFresh(person)) response.status(403).json({ error: 'confirm' });
      else {
        response.locals['person'] = person;
        next();
      }
    },
  };
}
