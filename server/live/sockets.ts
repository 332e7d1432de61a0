/** Namespace `/live`: who may listen to which topic, heartbeats, and cutting sockets that do not drain. */
import type { Server as HttpServer } from 'node:http';
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
import { isSameHost } from '../access/hosts.ts';
import { createSecurityHeaders } from '../access/headers.ts';
import type { Reader } from '../access/readers.ts';
import { cutOff, guardSessions, type AdmissionOptions } from './admission.ts';
import { Heaviest } from './heaviest.ts';

/**
 * Spec P5: what may wait for one socket, beside the topics that it asked for, before it is cut, in bytes (characters of
 * queued packets, and ws's own buffer).
 */
export const QUEUE_LIMIT = 1_000_000;

/** A display that has asked for no topic by then is ended. */
const ASK_MS = 30_000;

interface SocketData {
  reader: Reader;
  /** What it ever asked for. */
  topics: Set<Topic>;
}

type LiveNamespace = Namespace<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

export interface LiveOptions extends AdmissionOptions {
  readonly hall: string;
  /** Bytes that may wait in all for sockets without a token, before the fullest of them are cut. */
  readonly tokenlessQueueLimit: number;
  /** Shorter in tests. */
  readonly askMs?: number;
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

export function openLive(http: HttpServer, options: LiveOptions): Live {
  const io = new Server<ClientToServer, ServerToClient, Record<string, never>, SocketData>(http, {
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: 16_384,
    // The `cors` option does not stop foreign WebSockets: every handshake is checked.
    allowRequest: (request, answer) => {
      const { origin } = request.headers;
      answer(null, origin === undefined || isSameHost(origin, options.readVisitor(request).host));
    },
  });
  io.engine.use(createSecurityHeaders(options.readVisitor));
  const admission = guardSessions(io.engine, options);
  // Nothing is said here, and nobody is to stay.
  io.use((_socket, next) => next(new Error('unknown-namespace')));
  const live: LiveNamespace = io.of(LIVE_NAMESPACE);
  live.use((socket, next) => {
    const reader = admission.join(socket.conn, socket.handshake.auth);
    if (typeof reader === 'string') next(new Error(reader));
    else {
      socket.data.reader = reader;
      socket.data.topics = new Set();
      next();
    }
  });
  const heaviest = new Heaviest();
  const cutIfSlow = (socket: LiveSocket): boolean => {
    const queued = countQueued(socket);
    // One answer and one delta of each topic may be on their way, however long they take: whoever asks for the same
    // again and again without reading gets no more room by it.
    if (queued <= QUEUE_LIMIT + heaviest.of(socket.data.topics)) return false;
    options.onCut?.(queued);
    cut(socket);
    return true;
  };
  live.on('connection', (socket) => {
    void socket.join(roomOf(socket.data.reader.audience));
    const asking = setTimeout(() => cut(socket), options.askMs ?? ASK_MS);
    socket.once('disconnect', () => clearTimeout(asking));
    socket.on('board:subscribe', (request: unknown, answer: unknown) => {
      clearTimeout(asking);
      if (typeof answer !== 'function') return;
      // One that only ever asks fills the memory faster than the next broadcast comes to look.
      if (cutIfSlow(socket)) return;
      const result = subscribe(socket, request, options);
      if (result.ok) {
        socket.data.topics.add(result.data.topic);
        heaviest.noteAnswer(result.data.topic, result.data.data as object);
      }
      (answer as (result: SubscribeAnswer) => void)(result);
    });
    socket.on('board:unsubscribe', (request: unknown) => {
      const topic = (request as { topic?: unknown } | null)?.topic;
      if (isTopic(topic)) void socket.leave(topic);
    });
  });

  const cutSlow = () => {
    live.sockets.forEach(cutIfSlow);
    cutFullest(live.sockets.values(), options.tokenlessQueueLimit, options.onCut);
  };
  // A token that was revoked ends its sockets within one heartbeat.
  const cutRevoked = () => {
    for (const socket of live.sockets.values()) {
      const { audience, tokenId } = admission.readAgain(socket.conn, socket.handshake.auth);
      const { reader } = socket.data;
      if (audience !== reader.audience || tokenId !== reader.tokenId) socket.disconnect(true);
    }
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
        cutSlow();
      }
      heaviest.noteDelta(delta.topic, delta.set);
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
  if (!mayListen(socket.data.reader.audience, topic)) return { ok: false, error: 'not-allowed' };
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

interface WebSocketTransport {
  readonly socket?: { readonly bufferedAmount?: number };
}

/** Characters of packets that wait in the engine, and bytes that wait in the WebSocket below it. */
function countQueued(socket: LiveSocket): number {
  let queued = (socket.conn.transport as WebSocketTransport).socket?.bufferedAmount ?? 0;
  const { writeBuffer } = socket.conn as unknown as { writeBuffer: readonly { data?: unknown }[] };
  for (const packet of writeBuffer) queued += typeof packet.data === 'string' ? packet.data.length : 0;
  return queued;
}

/** Many that each stay below their limit would fill the memory together. */
function cutFullest(sockets: Iterable<LiveSocket>, limit: number, onCut: LiveOptions['onCut']): void {
  const tokenless = [...sockets]
    .filter((socket) => socket.data.reader.tokenId === undefined)
    .map((socket) => ({ socket, queued: countQueued(socket) }))
    .sort((a, b) => b.queued - a.queued);
  let total = tokenless.reduce((sum, { queued }) => sum + queued, 0);
  for (const { socket, queued } of tokenless) {
    if (total <= limit) return;
    onCut?.(queued);
    cut(socket);
    total -= queued;
  }
}

function cut(socket: LiveSocket): void {
  socket.disconnect(true);
  cutOff(socket.conn);
}
