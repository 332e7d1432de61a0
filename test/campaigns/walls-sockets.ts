// Three kinds of socket: a wall as it is, one that reads and only counts, and one that stops reading.
import { io, type Socket } from 'socket.io-client';
import { backoffMs } from '../../client/live/backoff.ts';
import { ACK_MS, RETRY, SOCKET_OPTIONS } from '../../client/live/socket-options.ts';
import { LIVE_NAMESPACE, type ClientToServer, type Delta, type ServerToClient } from '../../domain/wire/protocol.ts';
import { shakeHands, type RawSocket } from '../server/live/raw-socket.ts';

/** One delta at one wall: the positions that it brought, both ends included, and when. */
export interface Delivery {
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** Connects, comes back and asks again with the very options of the product's wall. */
export interface RealWall {
  /** `performance.now()` of its latest snapshot; 0 before the first. */
  freshAt: number;
  /** The position of its latest snapshot or delta. */
  seq: number;
  /** Deltas that began behind what it held: something was lost or came out of turn. */
  gaps: number;
  close(): void;
}

/** Where the hall is, and the cookie by which it knows its walls. */
export interface WallPlace {
  readonly url: string;
  readonly cookie: string;
}

export function openRealWall({ url, cookie }: WallPlace, onDelivery: (delivery: Delivery) => void): RealWall {
  const socket: Socket<ServerToClient, ClientToServer> = io(`${url}${LIVE_NAMESPACE}`, {
    ...SOCKET_OPTIONS,
    extraHeaders: { Cookie: cookie },
  });
  const wall: RealWall = { freshAt: 0, seq: 0, gaps: 0, close: () => void socket.close() };
  let attempt = 0;
  const later = (act: () => void) => setTimeout(act, backoffMs(RETRY, attempt++, Math.random())).unref();
  const subscribe = () =>
    socket.timeout(ACK_MS).emit('board:subscribe', { topic: 'overview' }, (error, answer) => {
      if (error || !answer.ok) {
        later(() => socket.connected && subscribe());
        return;
      }
      attempt = 0;
      wall.seq = answer.data.seq;
      wall.freshAt = performance.now();
    });
  socket.on('connect', subscribe);
  // As the product's: Socket.IO returns by itself from a lost connection, but not from one that was closed or refused.
  const comeBack = () => {
    if (!socket.active) later(() => socket.connect());
  };
  socket.on('disconnect', (reason) => {
    if (reason !== 'io client disconnect') comeBack();
  });
  socket.on('connect_error', comeBack);
  socket.on('board:delta', (delta: Delta) => {
    if (delta.seq <= wall.seq) return;
    if (delta.base > wall.seq) wall.gaps++;
    onDelivery({ from: Math.max(wall.seq, delta.base) + 1, to: delta.seq, at: performance.now() });
    wall.seq = delta.seq;
  });
  return wall;
}

/** Reads everything and keeps nothing, so that a thousand of them do not take the processor from what they measure. */
export interface Reader {
  /** Deltas so far. */
  deltas: number;
  close(): void;
}

const DELTA = Buffer.from('"board:delta"');
/** Sent without being asked: the server takes it for the answer to its ping, which nobody here looks for. */
const PONG = '3';
const PONG_EVERY_MS = 10_000;

export async function openReader(place: WallPlace): Promise<Reader> {
  const raw = await subscribeRaw(place);
  const { tcp } = raw;
  let rest: Buffer = Buffer.alloc(0);
  tcp.removeAllListeners('data');
  const reader: Reader = {
    deltas: 0,
    close() {
      clearInterval(ponging);
      tcp.destroy();
    },
  };
  tcp.on('data', (part: Buffer) => {
    const bytes = rest.length === 0 ? part : Buffer.concat([rest, part]);
    let end = 0;
    for (let at = bytes.indexOf(DELTA); at >= 0; at = bytes.indexOf(DELTA, end)) {
      reader.deltas++;
      end = at + DELTA.length;
    }
    // A name may be cut in two by the edge of what has come.
    rest = Buffer.from(bytes.subarray(Math.max(end, bytes.length - DELTA.length + 1)));
  });
  const ponging = setInterval(() => raw.send(PONG), PONG_EVERY_MS);
  return reader;
}

/** Subscribed like any wall, and then it never reads again, though it goes on asking and living. */
export interface SlowWall {
  /** Sends `times` questions, each of which is answered by a whole snapshot. */
  ask(times: number): void;
  close(): void;
}

export async function openSlowWall(place: WallPlace): Promise<SlowWall> {
  const raw = await subscribeRaw(place);
  raw.tcp.pause();
  let asked = 0;
  const ponging = setInterval(() => {
    if (!raw.tcp.destroyed) raw.send(PONG);
  }, PONG_EVERY_MS);
  return {
    ask(times) {
      for (let i = 0; i < times && !raw.tcp.destroyed; i++)
        raw.send(`42${LIVE_NAMESPACE},${++asked}["board:subscribe",{"topic":"overview"}]`);
    },
    close() {
      clearInterval(ponging);
      raw.tcp.destroy();
    },
  };
}

async function subscribeRaw({ url, cookie }: WallPlace): Promise<RawSocket> {
  const { socket } = await shakeHands(url, { Cookie: cookie });
  await socket.receive('0');
  socket.send(`40${LIVE_NAMESPACE},`);
  await socket.receive('40');
  socket.send(`42${LIVE_NAMESPACE},0["board:subscribe",{"topic":"overview"}]`);
  await socket.receive('43');
  return socket;
}
