/** Namespace `/live`: who may listen to which topic, heartbeats, and cutting sockets that do not drain. */
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { createSessions, type SessionLimits, type SessionRequest } from './sessions.ts';
import { Server, type Namespace, type Socket } from 'socket.io';
import { AUDIENCES, audienceOf, isTopic, type Audience, type Topic } from '../../domain/board/topics/data.ts';
import {
  HEARTBEAT_MS,
  LIVE_NAMESPACE,
  type ClientToServer,
  type Delta,
  type Heartbeat,
  type ServerToClient,
  type Snapshot,
  type SubscribeAnswer,
} from '../../domain/wire/protocol.ts';

/** Spec P5: what may wait for one socket before it is cut, in bytes (characters of queued packets, and ws's own buffer). */
export const QUEUE_LIMIT = 1_000_000;

interface SocketData {
  /** What this display may see; absent when it may see nothing. */
  audience: Audience | undefined;
}

type LiveNamespace = Namespace<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

export interface LiveOptions {
  readonly hall: string;
  readonly isOriginAllowed: (headers: { origin?: string | undefined; host?: string | undefined }) => boolean;
  /** The address from which a handshake comes, a proxy's own left out. */
  readonly addressOf: (request: IncomingMessage) => string;
  /** The display's right token; `undefined` without one. */
  readonly tokenOf: (request: { cookie: string | undefined; token: string | undefined }) => string | undefined;
  /** Notes a wrong token; the seconds to wait where the address has guessed too often. */
  readonly noteGuess: (address: string, token: string) => number | undefined;
  readonly limits?: Partial<SessionLimits>;
  /** The audience of the display that opens a socket, from its cookie or token. */
  readonly audienceOf: (request: { cookie: string | undefined; token: string | undefined }) => Audience | undefined;
  /** `undefined` while the board is not ready. */
  readonly snapshot: (topic: Topic) => Snapshot | undefined;
  /** `undefined` where nothing may be told as live: a wall that hears nothing says so by itself. */
  readonly heartbeat: () => Heartbeat | undefined;
  readonly onCut?: (queued: number) => void;
}

export interface Live {
  emit(delta: Delta): void;
  isWatched(topic: Topic): boolean;
  close(): Promise<void>;
}

/** What a stranger may hold, and what a hall's own walls need: a thousand of them, behind one address, after one restart. */
const LIMITS: SessionLimits = {
  pollingPerAddress: 8,
  pollingTotal: 40,
  tokenlessPerAddress: 2_000,
  perToken: 5_000,
  total: 20_000,
};

/** `Cache-Control: no-store` comes from Engine.IO itself. */
const PRIVATE_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
};

export function openLive(http: HttpServer, options: LiveOptions): Live {
  const sessions = createSessions({ ...LIMITS, ...options.limits });
  const toSession = (request: IncomingMessage): SessionRequest => {
    return {
      address: options.addressOf(request),
      isPolling: !/[?&]transport=websocket(?:&|$)/.test(request.url ?? ''),
      token: options.tokenOf({ cookie: request.headers.cookie, token: undefined }),
    };
  };
  const io = new Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>(http, {
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 16_384,
    // The `cors` option does not stop foreign WebSockets: every handshake is checked.
    allowRequest: (request, answer) => {
      const { origin, host } = request.headers;
      const isNew = !/[?&]sid=/.test(request.url ?? '');
      const isWelcome = options.isOriginAllowed({ origin, host }) && (!isNew || sessions.hasRoom(toSession(request)));
      answer(null, isWelcome);
    },
    // Whoever opens a connection and asks for nothing holds it no longer than this.
    connectTimeout: 10_000,
  });
  io.engine.on('connection', (socket: { request: IncomingMessage; once(event: 'close', act: () => void): void }) => {
    socket.once('close', sessions.enter(toSession(socket.request)));
  });
  io.engine.on('headers', (headers: Record<string, string>) => Object.assign(headers, PRIVATE_HEADERS));
  const live: LiveNamespace = io.of(LIVE_NAMESPACE);
  const cutIfSlow = (socket: LiveSocket): boolean => {
    const queued = countQueued(socket);
    if (queued <= QUEUE_LIMIT) return false;
    options.onCut?.(queued);
    cut(socket);
    return true;
  };
  live.use((socket, next) => {
    const { token } = socket.handshake.auth as { token?: unknown };
    const isWrong = typeof token === 'string' && options.tokenOf({ cookie: undefined, token }) === undefined;
    const wait = isWrong ? options.noteGuess(options.addressOf(socket.request), token) : undefined;
    if (wait === undefined) next();
    else next(new Error('too-many-attempts'));
  });
  live.on('connection', (socket) => {
    socket.data.audience = readAudience(socket, options);
    void socket.join(roomOf(socket.data.audience));
    socket.on('board:subscribe', (request: unknown, answer: unknown) => {
      if (typeof answer !== 'function') return;
      // Looked at before the answer: what it weighs itself is no fault of whoever reads it. One that only ever asks
      // fills the memory faster than the next broadcast comes to look.
      if (cutIfSlow(socket)) return;
      (answer as (result: SubscribeAnswer) => void)(subscribe(socket, request, options));
    });
    socket.on('board:unsubscribe', (request: unknown) => {
      const topic = (request as { topic?: unknown } | null)?.topic;
      if (isTopic(topic)) void socket.leave(topic);
    });
  });

  const cutSlow = () => live.sockets.forEach(cutIfSlow);
  // A token that was revoked ends its sockets within one heartbeat.
  const cutRevoked = () => {
    for (const socket of live.sockets.values())
      if (readAudience(socket, options) !== socket.data.audience) socket.disconnect(true);
  };
  const heartbeat = setInterval(() => {
    cutSlow();
    cutRevoked();
    const beat = options.heartbeat();
    if (!beat) return;
    // Even that another topic exists, and when it last changed, is for those who may see it.
    for (const audience of [...AUDIENCES, undefined])
      live.to(roomOf(audience)).emit('board:heartbeat', narrowHeartbeat(beat, audience));
  }, HEARTBEAT_MS);
  let lastSweep = 0;

  return {
    emit(delta) {
      const now = performance.now();
      if (now - lastSweep >= 100) {
        lastSweep = now;
        // Before the delta is queued: only what waited longer than one of them says that nobody reads.
        cutSlow();
      }
      live.to(delta.topic).emit('board:delta', delta);
    },
    isWatched: (topic) => (live.adapter.rooms.get(topic)?.size ?? 0) > 0,
    async close() {
      clearInterval(heartbeat);
      await io.close();
    },
  };
}

function subscribe(socket: LiveSocket, request: unknown, options: LiveOptions): SubscribeAnswer {
  if (typeof request !== 'object' || request === null) return { ok: false, error: 'bad-request' };
  const { hall, topic } = request as { hall?: unknown; topic?: unknown };
  if (hall !== undefined && hall !== options.hall) return { ok: false, error: 'unknown-hall' };
  if (!isTopic(topic)) return { ok: false, error: 'unknown-topic' };
  if (!mayListen(socket.data.audience, topic)) return { ok: false, error: 'not-allowed' };
  const data = options.snapshot(topic);
  if (!data) return { ok: false, error: 'not-ready' };
  // Joined in the same turn as the snapshot was made, so that no delta falls between them.
  void socket.join(topic);
  return { ok: true, data };
}

/** A management display may see everything, a public one only what is public. */
export function mayListen(audience: Audience | undefined, topic: Topic): boolean {
  return audience === 'management' || (audience === 'public' && audienceOf(topic) === 'public');
}

/** Only the marks of topics that the audience may listen to. */
function narrowHeartbeat(beat: Heartbeat, audience: Audience | undefined): Heartbeat {
  const topics = Object.entries(beat.topics).filter(([topic]) => isTopic(topic) && mayListen(audience, topic));
  return { ...beat, topics: Object.fromEntries(topics) };
}

/** The room of everybody with one audience; no topic is called so. */
function roomOf(audience: Audience | undefined): string {
  return `audience:${audience ?? 'none'}`;
}

function readAudience(socket: LiveSocket, options: LiveOptions): Audience | undefined {
  const { token } = socket.handshake.auth as { token?: unknown };
  return options.audienceOf({
    cookie: socket.handshake.headers.cookie,
    token: typeof token === 'string' ? token : undefined,
  });
}

interface WebSocketTransport {
  readonly socket?: { readonly bufferedAmount?: number; terminate?: () => void };
}

/** Characters of packets that wait in the engine, and bytes that wait in the WebSocket below it. */
function countQueued(socket: LiveSocket): number {
  let queued = (socket.conn.transport as WebSocketTransport).socket?.bufferedAmount ?? 0;
  const { writeBuffer } = socket.conn as unknown as { writeBuffer: readonly { data?: unknown }[] };
  for (const packet of writeBuffer) queued += typeof packet.data === 'string' ? packet.data.length : 0;
  return queued;
}

function cut(socket: LiveSocket): void {
  // A polite close would wait behind what does not drain.
  (socket.conn.transport as WebSocketTransport).socket?.terminate?.();
  socket.disconnect(true);
}
