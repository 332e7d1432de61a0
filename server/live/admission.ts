/** Who gets a session on the live socket: by host, by credentials that have not failed too often, and by what is held already. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Server, Socket } from 'socket.io';
import { readBearer } from '../access/access.ts';
import type { Guesses } from '../access/guesses.ts';
import { isMeant, FOREIGN_HOST } from '../access/headers.ts';
import type { IsOwnHost } from '../access/hosts.ts';
import type { Presented, Reader } from '../access/readers.ts';
import type { ReadVisitor, Visitor } from '../access/visitor.ts';
import { Sessions, type Place, type SessionLimits } from './sessions.ts';

export interface AdmissionOptions {
  readonly readVisitor: ReadVisitor;
  readonly isOwnHost: IsOwnHost;
  readonly limits: SessionLimits;
  /** Shorter in tests. */
  readonly joinMs?: number;
}

/** Who may see what of one hall, and who has guessed too often. */
export interface HallDoor {
  readonly read: (presented: Presented) => Reader;
  readonly guesses: Guesses;
}

/** What Socket.IO stands on: its sessions and their handshakes. */
export type Engine = Server['engine'];
export type EngineSocket = Socket['conn'];

/** Why a session may not join; the client comes back by itself. */
export type JoinRefusal = 'too-many-attempts' | 'too-many-sessions';

export interface Admission {
  /** Who a session is that joins, with what it shows only now; or why it may not. */
  join(conn: EngineSocket, auth: unknown): Reader | JoinRefusal;
  /** What a session that is in may see at this moment. */
  readAgain(conn: EngineSocket, auth: unknown): Reader;
}

interface Handshake {
  readonly visitor: Visitor;
  readonly reader: Reader;
}

/** A session that has not joined by then is ended. */
const JOIN_MS = 10_000;
/** Seconds after which whoever was turned away may come again. Those with a timer of their own do so anyway. */
const COME_BACK_SECONDS = 5;
/** What a refusal is given to reach its client before the connection ends. */
const LAST_WORD_MS = 2_000;

/** Stands before every request and handshake of `engine`; `doorOf` tells which hall one is for. */
export function guardSessions(
  engine: Engine,
  doorOf: (request: IncomingMessage) => HallDoor,
  options: AdmissionOptions,
): Admission {
  const { readVisitor } = options;
  const sessions = new Sessions<EngineSocket>(options.limits);
  const handshakes = new WeakMap<IncomingMessage, Handshake>();
  const joining = new WeakSet<EngineSocket>();
  const joined = new WeakMap<EngineSocket, Place>();
  const shakeHands = (request: IncomingMessage, visitor = readVisitor(request)): Handshake => {
    const known = handshakes.get(request) ?? { visitor, reader: doorOf(request).read(presentedBy(request, undefined)) };
    handshakes.set(request, known);
    return known;
  };

  const judge = (request: IncomingMessage): Refusal | undefined => {
    const visitor = readVisitor(request);
    if (!isMeant(visitor, options.isOwnHost)) return { status: 421, body: FOREIGN_HOST };
    const { sid, transport } = queryOf(request);
    // Of a session that is in already; its name cannot be guessed.
    if (sid !== undefined) return undefined;
    const { reader } = shakeHands(request, visitor);
    const waitMs = reader.audience === undefined ? doorOf(request).guesses.count(visitor.address, reader.wrong) : 0;
    if (waitMs > 0) return { status: 429, body: { error: 'too-many-attempts' }, seconds: Math.ceil(waitMs / 1000) };
    const refusal = sessions.findRefusal(placeAtDoor(transport === 'polling', { visitor, reader }));
    if (!refusal) return undefined;
    const status = refusal === 'account' ? 429 : 503;
    return { status, body: { error: 'too-many-sessions' }, seconds: COME_BACK_SECONDS };
  };
  engine.use((request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void) => {
    const refusal = judge(request);
    if (refusal) refuse(request, response, refusal);
    else next();
  });

  const enter = (conn: EngineSocket, place: Place): void => {
    for (const oldest of sessions.enter(conn, place)) cutOff(oldest);
  };
  engine.on('connection', (conn: EngineSocket) => {
    const place = placeAtDoor(conn.transport.name === 'polling', shakeHands(conn.request));
    // Handshakes that came in one packet were all judged before the first of them was in.
    if (sessions.findRefusal(place)) {
      cutOff(conn);
      return;
    }
    enter(conn, place);
    const patience = setTimeout(() => {
      if (!joined.has(conn)) cutOff(conn);
    }, options.joinMs ?? JOIN_MS);
    conn.once('close', () => {
      clearTimeout(patience);
      sessions.leave(conn);
    });
    conn.once('upgrade', () => {
      const next = joined.get(conn) ?? placeAtDoor(false, shakeHands(conn.request));
      if (next.kind === 'waiting' || sessions.mayMove(next)) enter(conn, next);
      else cutOff(conn);
    });
  });

  const readAgain: Admission['readAgain'] = (conn, auth) => doorOf(conn.request).read(presentedBy(conn.request, auth));
  return {
    readAgain,
    join(conn, auth) {
      // Asked again before the first answer it would become two readers.
      if (joining.has(conn)) return turnAway(conn, 'too-many-sessions');
      joining.add(conn);
      const reader = readAgain(conn, auth);
      const { visitor } = shakeHands(conn.request);
      const token = tokenOf(auth);
      // A wrong cookie was counted at the door.
      const isWrong = reader.audience === undefined && reader.tokenId === undefined && token !== undefined;
      if (isWrong && doorOf(conn.request).guesses.count(visitor.address, [token]) > 0)
        return turnAway(conn, 'too-many-attempts');
      const place = placeInside({ visitor, reader });
      // One that polls stays where it is until it is a WebSocket.
      const isInPlace = conn.transport.name === 'polling' || isSamePlace(sessions.placeOf(conn), place);
      if (!isInPlace && !sessions.mayMove(place)) return turnAway(conn, 'too-many-sessions');
      joined.set(conn, place);
      if (!isInPlace) enter(conn, place);
      return reader;
    },
  };
}

/** Ends a session at once: a polite end would wait behind what does not drain. */
export function cutOff(conn: EngineSocket): void {
  (conn.transport as unknown as { socket?: { terminate?: () => void } }).socket?.terminate?.();
  conn.close(true);
}

function turnAway(conn: EngineSocket, why: JoinRefusal): JoinRefusal {
  setTimeout(() => cutOff(conn), LAST_WORD_MS).unref();
  return why;
}

function placeAtDoor(isPolling: boolean, { visitor, reader }: Handshake): Place {
  const hasToken = reader.tokenId !== undefined;
  if (isPolling) return { kind: 'polling', account: reader.tokenId ?? visitor.address, hasToken };
  return hasToken ? placeInside({ visitor, reader }) : { kind: 'waiting', account: visitor.address, hasToken };
}

function placeInside({ visitor, reader }: Handshake): Place {
  const { tokenId } = reader;
  return tokenId === undefined
    ? { kind: 'tokenless', account: visitor.address, hasToken: false }
    : { kind: 'token', account: tokenId, hasToken: true };
}

function isSamePlace(a: Place | undefined, b: Place): boolean {
  return a?.kind === b.kind && a.account === b.account;
}

function presentedBy({ headers }: IncomingMessage, auth: unknown): Presented {
  return { cookie: headers.cookie, token: tokenOf(auth) ?? readBearer(headers.authorization) };
}

function tokenOf(auth: unknown): string | undefined {
  const { token } = (auth ?? {}) as { token?: unknown };
  return typeof token === 'string' ? token : undefined;
}

function queryOf(request: IncomingMessage): { sid?: string; transport?: string } {
  return (request as unknown as { _query: { sid?: string; transport?: string } })._query;
}

interface Refusal {
  readonly status: 421 | 429 | 503;
  readonly body: Readonly<Record<string, string>>;
  readonly seconds?: number;
}

const REASONS = { 421: 'Misdirected Request', 429: 'Too Many Requests', 503: 'Service Unavailable' } as const;

/** Answers a polling request as HTTP does; of an upgrade the engine would only drop the connection. */
function refuse(request: IncomingMessage, response: ServerResponse, { status, body, seconds }: Refusal): void {
  const text = JSON.stringify(body);
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(text)),
    ...(seconds === undefined ? {} : { 'Retry-After': String(seconds) }),
  };
  if (request.headers.upgrade === undefined) {
    response.writeHead(status, headers).end(text);
    return;
  }
  const lines = Object.entries({ Connection: 'close', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  // Whoever is gone already needs no answer.
  request.socket.on('error', () => undefined);
  request.socket.end(`HTTP/1.1 ${status} ${REASONS[status]}\r\n${lines.join('')}\r\n${text}`);
}
