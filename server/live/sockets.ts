/** Namespace `/live`: who may listen to which topic, heartbeats, and cutting sockets that do not drain. */
import type { Server as HttpServer } from 'node:http';
import { Server, type Namespace, type Socket } from 'socket.io';
import { AUDIENCES, audienceOf, isTopic, type Audience, type Topic } from '../../domain/board/topics/data.ts';
import {
  HEARTBEAT_MS,
  LIVE_NAMESPACE,
  type ClientToServer,
  type Heartbeat,
  type Recount,
  type ServerToClient,
  type Snapshot,
  type SubscribeAnswer,
} from '../../domain/wire/protocol.ts';
import { isSameHost } from '../access/hosts.ts';
import { createSecurityHeaders } from '../access/headers.ts';
import type { Reader } from '../access/readers.ts';
import { createHallPicker } from '../pick-hall.ts';
import { DESK_NAMESPACE } from '../../domain/wire/desk.ts';
import { serveStaff, type StaffHall } from '../desk/staff-sockets.ts';
import { serveTablets, type TabletHall } from '../desk/tablets.ts';
import { cutOff, guardSessions, type AdmissionOptions, type HallDoor } from './admission.ts';
import { Heaviest } from './heaviest.ts';
import type { Outlet } from './publisher.ts';

/**
 * Spec P5: what may wait for one socket, beside the topics that it asked for, before it is cut, in bytes (characters of
 * queued packets, and ws's own buffer).
 */
export const QUEUE_LIMIT = 1_000_000;

/** A display that has asked for no topic by then is ended. */
const ASK_MS = 30_000;

interface SocketData {
  hall: ServedHall;
  reader: Reader;
  /** What it ever asked for. */
  topics: Set<Topic>;
}

type LiveNamespace = Namespace<ClientToServer, ServerToClient, Record<string, never>, SocketData>;
type LiveSocket = Socket<ClientToServer, ServerToClient, Record<string, never>, SocketData>;

/** What the sockets need of a hall. */
export interface LiveHall extends HallDoor {
  readonly id: string;
  /** `undefined` while the board is not ready. */
  readonly snapshot: (topic: Topic) => Snapshot | undefined;
  /** `undefined` where nothing may be told as live: a wall that hears nothing says so by itself. */
  readonly heartbeat: () => Heartbeat | undefined;
  /** Why there is no snapshot: of none for a while, or of one topic alone. */
  readonly recount?: () => Recount | undefined;
  readonly isFailing?: (topic: Topic) => boolean;
  /** Hands over what the hall publishes from now on; returns what ends that. */
  readonly connect: (outlet: Outlet) => () => void;
  /** Absent where no tablets are served. */
  readonly tablets?: TabletHall;
  /** Absent where no desks are served. */
  readonly desk?: StaffHall;
}

interface ServedHall extends LiveHall {
  readonly heaviest: Heaviest;
}

export interface LiveOptions extends AdmissionOptions {
  /** The first is meant where a handshake names none. */
  readonly halls: readonly [LiveHall, ...LiveHall[]];
  /** Bytes that may wait in all for sockets without a token, before the fullest of them are cut. */
  readonly tokenlessQueueLimit: number;
  /** Shorter in tests, as is the time between two heartbeats. */
  readonly askMs?: number;
  readonly heartbeatMs?: number;
  readonly onCut?: (queued: number) => void;
}

export interface Live {
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
  const serve = (hall: LiveHall): ServedHall => ({ ...hall, heaviest: new Heaviest() });
  const [first, ...others] = options.halls;
  const halls: [ServedHall, ...ServedHall[]] = [serve(first), ...others.map(serve)];
  const pickHall = createHallPicker(halls);
  const admission = guardSessions(io.engine, pickHall, options);
  // Nothing is said here, and nobody is to stay.
  io.use((_socket, next) => next(new Error('unknown-namespace')));
  const live: LiveNamespace = io.of(LIVE_NAMESPACE);
  live.use((socket, next) => {
    const reader = admission.join(socket.conn, socket.handshake.auth);
    if (typeof reader === 'string') next(new Error(reader));
    else {
      socket.data.hall = pickHall(socket.conn.request);
      socket.data.reader = reader;
      socket.data.topics = new Set();
      next();
    }
  });
  const cutIfSlow = (socket: LiveSocket): boolean => {
    const queued = countQueued(socket);
    // One answer and one delta of each topic may be on their way, however long they take: whoever asks for the same
    // again and again without reading gets no more room by it.
    if (queued <= QUEUE_LIMIT + socket.data.hall.heaviest.of(socket.data.topics)) return false;
    options.onCut?.(queued);
    cut(socket);
    return true;
  };
  live.on('connection', (socket) => {
    const { hall, reader } = socket.data;
    void socket.join(audienceRoom(hall, reader.audience));
    const asking = setTimeout(() => cut(socket), options.askMs ?? ASK_MS);
    socket.once('disconnect', () => clearTimeout(asking));
    socket.on('board:subscribe', (request: unknown, answer: unknown) => {
      clearTimeout(asking);
      if (typeof answer !== 'function') return;
      // One that only ever asks fills the memory faster than the next broadcast comes to look.
      if (cutIfSlow(socket)) return;
      const result = subscribe(socket, request);
      if (result.ok) {
        socket.data.topics.add(result.data.topic);
        hall.heaviest.noteAnswer(result.data.topic, result.data.data as object);
      }
      (answer as (result: SubscribeAnswer) => void)(result);
    });
    socket.on('board:unsubscribe', (request: unknown) => {
      const topic = (request as { topic?: unknown } | null)?.topic;
      if (isTopic(topic)) void socket.leave(topicRoom(hall, topic));
    });
  });

  const desk = io.of(DESK_NAMESPACE);
  desk.use((socket, next) => {
    const reader = admission.join(socket.conn, socket.handshake.auth);
    next(typeof reader === 'string' ? new Error(reader) : undefined);
  });
  const stopTablets = serveTablets(desk, {
    halls: halls.flatMap(({ tablets }) => tablets ?? []),
    hallOf: (socket) => pickHall(socket.conn.request).tablets,
    readerOf: (socket) => admission.readAgain(socket.conn, socket.handshake.auth),
    lookMs: options.heartbeatMs ?? HEARTBEAT_MS,
  });
  const stopStaff = serveStaff(desk, {
    halls: halls.flatMap((hall) => hall.desk ?? []),
    hallOf: (socket) => pickHall(socket.conn.request).desk,
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
    for (const hall of halls) {
      const beat = hall.heartbeat();
      // Even that another topic exists, and when it last changed, is for those who may see it.
      for (const audience of beat ? [...AUDIENCES, undefined] : [])
        live.to(audienceRoom(hall, audience)).emit('board:heartbeat', narrowHeartbeat(beat!, audience));
    }
  }, options.heartbeatMs ?? HEARTBEAT_MS);
  let lastSweep = 0;

  const openOutlet = (hall: ServedHall): Outlet => ({
    emit(delta) {
      const now = performance.now();
      if (now - lastSweep >= 100) {
        lastSweep = now;
        cutSlow();
      }
      hall.heaviest.noteDelta(delta.topic, delta.set);
      live.to(topicRoom(hall, delta.topic)).emit('board:delta', delta);
    },
    isWatched: (topic) => (live.adapter.rooms.get(topicRoom(hall, topic))?.size ?? 0) > 0,
  });
  const disconnects = halls.map((hall) => hall.connect(openOutlet(hall)));

  return {
    async close() {
      clearInterval(heartbeat);
      stopTablets();
      stopStaff();
      for (const disconnect of disconnects) disconnect();
      await io.close();
    },
  };
}

function subscribe(socket: LiveSocket, request: unknown): SubscribeAnswer {
  if (typeof request !== 'object' || request === null) return { ok: false, error: 'bad-request' };
  const { hall: asked, topic } = request as { hall?: unknown; topic?: unknown };
  const { hall } = socket.data;
  if (asked !== undefined && asked !== hall.id) return { ok: false, error: 'unknown-hall' };
  if (!isTopic(topic)) return { ok: false, error: 'unknown-topic' };
  if (!mayListen(socket.data.reader.audience, topic)) return { ok: false, error: 'not-allowed' };
  const data = hall.snapshot(topic);
  if (!data) {
    if (hall.recount?.()) return { ok: false, error: 'recounting' };
    return { ok: false, error: hall.isFailing?.(topic) ? 'topic-failed' : 'not-ready' };
  }
  // Joined in the same turn as the snapshot was made, so that no delta falls between them.
  void socket.join(topicRoom(hall, topic));
  return { ok: true, data };
}

/** A management display may see everything, a public one only what is public. */
export function mayListen(audience: Audience | undefined, topic: Topic): boolean {
  return audience === 'management' || (audience === 'public' && audienceOf(topic) === 'public');
}

/** Only what is said of topics that the audience may listen to. */
function narrowHeartbeat({ topics, failing, ...beat }: Heartbeat, audience: Audience | undefined): Heartbeat {
  const seen = Object.entries(topics).filter(([topic]) => isTopic(topic) && mayListen(audience, topic));
  const failed = failing?.filter((topic) => mayListen(audience, topic)) ?? [];
  return { ...beat, topics: Object.fromEntries(seen), ...(failed.length > 0 ? { failing: failed } : {}) };
}

/** Whatever halls are called: neither a topic nor an audience holds a `@`. */
function topicRoom({ id }: LiveHall, topic: Topic): string {
  return `${topic}@${id}`;
}

/** The room of everybody with one audience of a hall; no topic is called so. */
function audienceRoom({ id }: LiveHall, audience: Audience | undefined): string {
  return `audience:${audience ?? 'none'}@${id}`;
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
