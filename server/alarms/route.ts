/** The alarms over HTTP: the key on the wall, the code on a telephone, and the picture that leads from one to the other. */
import { raw, Router, type Request, type RequestHandler, type Response } from 'express';
import { renderSVG } from 'uqr';
import * as v from 'valibot';
import { may } from '../../domain/access/roles.ts';
import { readBearer } from '../access/access.ts';
import type { Guesses } from '../access/guesses.ts';
import { isSameHost } from '../access/hosts.ts';
import { readerOf } from '../access/readers.ts';
import { isDisplaySecret } from '../access/secret.ts';
import { describe } from '../asked.ts';
import type { Actor } from '../ledger/actor.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import type { AlarmCodes } from './codes.ts';
import type { AlarmDesk, Done, Refused } from './desk.ts';

/** What people type is a sentence, not a report. */
const WORDS_LIMIT = 200;
const BODY_LIMIT = 4_096;
/** White on each side of a code, as ISO/IEC 18004 asks. */
const QUIET_SQUARES = 4;

const words = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(WORDS_LIMIT));
const by = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(WORDS_LIMIT));
const schemas = {
  taken: v.strictObject({ by: v.optional(by), measure: v.optional(words) }),
  ended: v.strictObject({ by: v.optional(by), effect: v.optional(words) }),
};
type Deed = keyof typeof schemas;

export interface AlarmRouteOptions {
  readonly desk: AlarmDesk;
  readonly codes: AlarmCodes;
  /** The hall's day. */
  readonly day: () => string;
  readonly guesses: Guesses;
  /** The address under which a telephone finds this server, asked for by `request`. */
  readonly addressOf: (request: Request) => string;
  /** The host in the address of the page that asks. */
  readonly hostOf: (request: Request) => string | undefined;
}

const statusOf: Record<Refused, number> = {
  'unknown-alarm': 404,
  ended: 409,
  'already-taken': 409,
  // Counted as a guess, as a wrong code is.
  'unknown-staff': 401,
  identity: 422,
  text: 422,
};

export function createAlarmRouter(options: AlarmRouteOptions): Router {
  const { desk, codes, guesses } = options;
  const router = Router();
  const body = raw({ type: () => true, limit: BODY_LIMIT });

  router.get('/api/alarms/by-code', (request, response) => {
    const code = readBearer(request.headers.authorization);
    const opened = desk.open(code ?? '');
    if (opened === undefined) guesses.refuse(request, response, code === undefined ? [] : [code]);
    else if (opened === 'ended') response.status(410).json({ error: 'ended' });
    else response.json(opened);
  });
  router.post('/api/alarms/:id/taken', authorize(options), body, work('taken', options));
  router.post('/api/alarms/:id/ended', authorize(options), body, work('ended', options));
  router.get('/api/alarms/:id/code.svg', demandManagement(options), (request, response) => {
    const id = readId(request);
    if (!desk.hasCode(id)) {
      response.status(404).json({ error: 'unknown-alarm' });
      return;
    }
    const address = inCapitals(`${options.addressOf(request)}/a/${codes.codeOf(id)}`);
    response.type('image/svg+xml').send(renderSVG(address, { ecc: 'L', border: QUIET_SQUARES }));
  });
  return router;
}

/** A management display from a page of this host, or a telephone with the alarm's own code. */
function authorize(options: AlarmRouteOptions): RequestHandler {
  const { desk, guesses, hostOf } = options;
  return (request, response, next) => {
    const { origin } = request.headers;
    const token = readBearer(request.headers.authorization);
    // A wrong code stays wrong where everybody may read.
    const isCode = token !== undefined && !isDisplaySecret(token);
    // Whoever is signed in works it under their own name, by their own right.
    const { person } = readerOf(response);
    const opened = isCode ? desk.open(token) : undefined;
    response.locals['byCode'] = isCode;
    // What a page shows by its own token it reads alone: it may stand in a frame of somebody else's.
    if (token !== undefined && !isCode) response.status(403).json({ error: 'not-allowed' });
    else if (opened === 'ended') response.status(409).json({ error: 'ended' });
    else if (isCode && opened === undefined) guesses.refuse(request, response, [token]);
    else if (isCode && opened?.id !== readId(request)) response.status(403).json({ error: 'not-allowed' });
    else if (!isCode && person && !may(person.assignments, 'serve', options.day(), desk.stationOf(readId(request))))
      response.status(403).json({ error: 'not-allowed' });
    else if (!isCode && !person && response.locals['audience'] !== 'management')
      refuseReader(request, response, options);
    else if (origin === undefined ? !isCode : !isSameHost(origin, hostOf(request)))
      response.status(403).json({ error: 'foreign-origin' });
    else if (!request.is('application/json')) response.status(415).json({ error: 'unsupported-media-type' });
    else next();
  };
}

/**
 * Scheme, host and the path of an alarm may be in capitals: 25 squares instead of 29, so each is larger on the wall.
 * A proxy's prefix is as it is.
 */
function inCapitals(address: string): string {
  const { origin, pathname } = new URL(address);
  return /^\/a\/[^/]+$/.test(pathname) ? address.toUpperCase() : origin + pathname;
}

function demandManagement(options: AlarmRouteOptions): RequestHandler {
  return (request, response, next) => {
    if (response.locals['audience'] === 'management') next();
    else refuseReader(request, response, options);
  };
}

function refuseReader(request: Request, response: Response, { guesses }: AlarmRouteOptions): void {
  const { audience, wrong } = readerOf(response);
  if (audience === undefined) guesses.refuse(request, response, wrong);
  else response.status(403).json({ error: 'not-allowed' });
}

function work(deed: Deed, { desk, guesses }: AlarmRouteOptions): RequestHandler {
  const handler: RequestHandler = async (request, response) => {
    const parsed = parseBody(deed, request.body);
    if (!parsed.ok) {
      response.status(400).json({ error: 'bad-body', field: parsed.field });
      return;
    }
    const { person } = readerOf(response);
    const isPerson = person !== undefined && response.locals['byCode'] !== true;
    const { words } = parsed;
    const by = isPerson ? person.staff : parsed.by;
    // Whoever comes by telephone says who it is; at the wall the key is enough.
    if (response.locals['byCode'] === true && by === undefined) {
      response.status(400).json({ error: 'bad-body', field: 'by' });
      return;
    }
    const id = readId(request);
    await answerLedgerTrouble(response, async () => {
      const actor = actorOf(id, response);
      const done = await desk[deed === 'taken' ? 'take' : 'end'](id, { by, words }, actor);
      // Whoever gives a staff id that is none guesses at one, with whatever right.
      const isGuess = !done.ok && done.reason === 'unknown-staff';
      if (!isGuess || !guesses.isTooMany(request, response, [`staff ${by}`])) answer(response, done);
    });
  };
  return describe(handler, { body: schemas[deed] });
}

/** Whoever holds a code is known by the alarm that it opens; whom that person says to be stands in the event. */
function actorOf(alarm: string, response: Response): Actor {
  if (response.locals['byCode'] === true) return { kind: 'code', id: alarm };
  const { person, tokenId } = readerOf(response);
  if (person) return { kind: 'staff', id: person.staff };
  return { kind: 'display', id: tokenId ?? 'open' };
}

function answer(response: Response, done: Done): void {
  if (done.ok) response.json({ alarm: done.alarm });
  else
    response
      .status(statusOf[done.reason])
      .json({ error: done.reason, ...(done.field === undefined ? {} : { field: done.field }) });
}

type ParsedBody = { ok: true; by: string | undefined; words: string | undefined } | { ok: false; field: string };

function parseBody(deed: Deed, bytes: unknown): ParsedBody {
  let value: unknown;
  try {
    // A key without a body is the simplest way to say "taken".
    const text = Buffer.isBuffer(bytes) ? new TextDecoder('utf-8', { fatal: true }).decode(bytes) : '';
    value = text.trim() === '' ? {} : JSON.parse(text);
  } catch {
    return { ok: false, field: '' };
  }
  const parsed = v.safeParse(schemas[deed], value);
  if (!parsed.success) return { ok: false, field: v.getDotPath(parsed.issues[0]) ?? '' };
  const output: { by?: string | undefined; measure?: string | undefined; effect?: string | undefined } = parsed.output;
  return { ok: true, by: output.by, words: output.measure ?? output.effect };
}

function readId(request: Request): string {
  return String(request.params['id']);
}
