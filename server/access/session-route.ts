/** Signing in and out over HTTP, and what a code is good for. */
import { Router, type CookieOptions, type Request, type RequestHandler, type Response } from 'express';
import * as v from 'valibot';
import { assignmentsOn, may } from '../../domain/access/roles.ts';
import type { SignedIn } from '../../domain/wire/desk.ts';
import { bodyOf, readBody } from '../asked.ts';
import type { AccountRefusal, Accounts, Done, Place, Refused } from './accounts.ts';
import type { Guesses } from './guesses.ts';
import { describeBrowser } from './describe-browser.ts';
import { PASSWORD_LENGTHS, PasswordsBusy } from './passwords.ts';
import { isForeign } from './origin.ts';
import { nameSessionCookie, personOf, type People } from './people.ts';
import type { Person } from './person.ts';
import type { ReadVisitor } from './visitor.ts';

const KEPT_COOKIE_MS = 30 * 86_400_000;

const text = v.pipe(v.string(), v.minLength(1), v.maxLength(PASSWORD_LENGTHS.most));
const schemas = {
  signIn: v.strictObject({ staff: v.pipe(text, v.trim()), password: text, keep: v.optional(v.boolean(), false) }),
  confirm: v.strictObject({ password: text }),
  password: v.strictObject({ old: text, password: text }),
  look: v.strictObject({ code: text }),
  use: v.strictObject({ code: text, password: text, staff: v.optional(text), name: v.optional(text) }),
};

/** A ready account of the demo, whose password is no secret. */
export interface Offer {
  readonly staff: string;
  readonly name: string;
  readonly role: string;
  readonly password: string;
}

export interface SessionRouteOptions {
  readonly accounts: Accounts;
  readonly people: People;
  /** Wrong codes, by address. */
  readonly guesses: Guesses;
  readonly cookie: string;
  readonly cookiePath: string;
  readonly readVisitor: ReadVisitor;
  /** What a page is told of the hall. */
  readonly hall: () => SignedIn['hall'];
  /** The hall's day and clock. */
  readonly day: () => string;
  readonly now: () => number;
  readonly timeZone: () => string;
  /** In force today. */
  readonly stations: () => SignedIn['stations'];
  /** Of the demo alone. */
  readonly offers: readonly Offer[];
}

const STATUS: Record<AccountRefusal, number> = {
  wrong: 401,
  locked: 429,
  'no-assignment': 403,
  'unknown-code': 404,
  'weak-password': 422,
  identity: 422,
  form: 422,
  exists: 409,
  'unknown-account': 404,
  'unknown-station': 422,
  'not-allowed': 403,
};

export function refuseAccount(response: Response, { reason, field, waitMs }: Refused): void {
  if (waitMs !== undefined) response.set('Retry-After', String(Math.ceil(waitMs / 1000)));
  const error = reason === 'locked' ? 'too-many-attempts' : reason;
  response.status(STATUS[reason]).json({ error, ...(field === undefined ? {} : { field }) });
}

export function createSessionRouter(options: SessionRouteOptions): Router {
  const { accounts, people, guesses, readVisitor, cookiePath: path } = options;
  const router = Router();
  const own: RequestHandler = (request, response, next) => {
    if (isForeign(request, readVisitor(request).host)) response.status(403).json({ error: 'foreign-origin' });
    else next();
  };
  const toSignedIn = (person: Person): SignedIn => ({
    staff: person.staff,
    name: person.name,
    assignments: assignmentsOn(person.assignments, options.day()),
    stations: options.stations().filter(({ id }) => may(person.assignments, 'see-station', options.day(), id)),
    hall: options.hall(),
    day: options.day(),
    now: options.now(),
    timeZone: options.timeZone(),
    isFresh: accounts.isFresh(person),
  });
  const placeOf = (request: Request): Place => ({
    address: readVisitor(request).address,
    label: describeBrowser(request.headers['user-agent']),
  });
  /** Of an earlier session over the other kind of connection nothing may be left. */
  const clearCookies = (request: Request, response: Response): void => {
    for (const isSecure of request.secure ? [true, false] : [false])
      response.clearCookie(nameSessionCookie(options.cookie, path, isSecure), cookieOptions(path, isSecure));
  };
  const letIn = (request: Request, response: Response, done: Done<{ person: Person; secret: string }>): void => {
    if (!done.ok) {
      refuseAccount(response, done);
      return;
    }
    clearCookies(request, response);
    response.cookie(nameSessionCookie(options.cookie, path, request.secure), done.secret, {
      ...cookieOptions(path, request.secure),
      // A desk's session ends with its browser; a telephone's is kept.
      ...(done.person.isKept ? { maxAge: KEPT_COOKIE_MS } : {}),
    });
    response.json(toSignedIn(done.person));
  };

  router.get('/api/session', (request, response) => {
    const person = people.read(request.headers.cookie);
    if (person) response.json(toSignedIn(person));
    else
      response.status(401).json({
        error: 'unauthorized',
        hall: options.hall(),
        ...(options.offers.length > 0 ? { offers: options.offers } : {}),
      });
  });
  router.post('/api/session', own, readBody(schemas.signIn), async (request, response) => {
    const old = people.read(request.headers.cookie);
    const done = await accounts.signIn(bodyOf(response, schemas.signIn), placeOf(request));
    if (done.ok && old) accounts.signOut(old);
    letIn(request, response, done);
  });
  router.delete('/api/session', own, (request, response) => {
    const person = people.read(request.headers.cookie);
    if (person) accounts.signOut(person);
    clearCookies(request, response);
    response.status(204).end();
  });
  router.post('/api/session/confirm', own, readBody(schemas.confirm), async (request, response) => {
    const person = people.read(request.headers.cookie);
    if (!person) {
      response.status(401).json({ error: 'unauthorized' });
      return;
    }
    const { password } = bodyOf(response, schemas.confirm);
    const done = await accounts.confirm(person, password, placeOf(request).address);
    if (done.ok) response.json(toSignedIn(people.ofSession(person.session) ?? person));
    else refuseAccount(response, done);
  });
  router.post('/api/session/password', people.gate, readBody(schemas.password), async (request, response) => {
    const { old, password } = bodyOf(response, schemas.password);
    const done = await accounts.changePassword(personOf(response), old, password, placeOf(request).address);
    if (done.ok) response.status(204).end();
    else refuseAccount(response, done);
  });
  /** A code that is none is a guess at one. */
  const refuseCode = (request: Request, response: Response, code: string, done: Refused): void => {
    if (done.reason !== 'unknown-code' || !guesses.isTooMany(request, response, [`code ${code}`]))
      refuseAccount(response, done);
  };
  router.post('/api/codes/look', own, readBody(schemas.look), (request, response) => {
    const { code } = bodyOf(response, schemas.look);
    const done = accounts.lookAtCode(code);
    if (!done.ok) refuseCode(request, response, code, done);
    else {
      const { ok: _ok, ...found } = done;
      response.json({ ...found, hall: options.hall() });
    }
  });
  router.post('/api/codes/use', own, readBody(schemas.use), async (request, response) => {
    const { code, ...given } = bodyOf(response, schemas.use);
    const done = await accounts.useCode(code, given, placeOf(request));
    if (done.ok) letIn(request, response, done);
    else refuseCode(request, response, code, done);
  });
  router.use('/api', answerBusy);
  return router;
}

const answerBusy = (error: unknown, _request: Request, response: Response, next: (error: unknown) => void): void => {
  if (error instanceof PasswordsBusy) response.status(503).set('Retry-After', '2').json({ error: 'busy' });
  else next(error);
};

function cookieOptions(path: string, isSecure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', secure: isSecure, path };
}
