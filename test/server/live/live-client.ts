// A display as the wire sees it: a Socket.IO client that keeps what it was sent, and copies of topics that follow rule P3.
import { io, type Socket } from 'socket.io-client';
import type { Topic } from '../../../domain/board/topics/data.ts';
import { applyDelta } from '../../../domain/wire/delta.ts';
import {
  LIVE_NAMESPACE,
  type ClientToServer,
  type Delta,
  type Heartbeat,
  type Json,
  type ServerToClient,
  type Snapshot,
  type SubscribeAnswer,
} from '../../../domain/wire/protocol.ts';

export interface LiveClientOptions {
  readonly token?: string;
  /** Of the handshake: `?hall=…`. */
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface LiveClient {
  readonly socket: Socket<ServerToClient, ClientToServer>;
  readonly deltas: readonly Delta[];
  readonly heartbeats: readonly Heartbeat[];
  subscribe(request: unknown): Promise<SubscribeAnswer>;
  /** Resolves once `isThere` holds; looked at after every message. */
  until(isThere: () => boolean): Promise<void>;
  close(): void;
}

/** Listens before it connects. Rejects when the handshake is refused. */
export async function openLiveClient(url: string, options: LiveClientOptions = {}): Promise<LiveClient> {
  const socket: Socket<ServerToClient, ClientToServer> = io(`${url}${LIVE_NAMESPACE}${options.query ?? ''}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    autoConnect: false,
    ...(options.token === undefined ? {} : { auth: { token: options.token } }),
    ...(options.headers === undefined ? {} : { extraHeaders: options.headers }),
  });
  const deltas: Delta[] = [];
  const heartbeats: Heartbeat[] = [];
  const waiting = new Set<() => void>();
  const look = () => {
    for (const one of [...waiting]) one();
  };
  socket.on('board:delta', (delta) => {
    deltas.push(delta);
    look();
  });
  socket.on('board:heartbeat', (heartbeat) => {
    heartbeats.push(heartbeat);
    look();
  });
  const connected = new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  socket.connect();
  try {
    await connected;
  } catch (error) {
    socket.close();
    throw error;
  }
  return {
    socket,
    deltas,
    heartbeats,
    subscribe: (request) => socket.emitWithAck('board:subscribe', request as { topic: Topic }),
    until: (isThere) =>
      new Promise((resolve) => {
        const check = () => {
          if (!isThere()) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
        check();
      }),
    close: () => void socket.close(),
  };
}

export interface Copy {
  readonly epoch: string;
  held: number;
  data: Json;
  /** Deltas that were applied. */
  applied: number;
}

export function startCopy({ epoch, seq, data }: Snapshot): Copy {
  return { epoch, held: seq, data, applied: 0 };
}

/** Rule P3. Throws where a client would have to fetch: nothing was lost here, so it never may. */
export function takeDelta(copy: Copy, { epoch, base, seq, set }: Delta): void {
  if (epoch !== copy.epoch) throw new Error('another epoch');
  if (seq <= copy.held) return;
  if (base > copy.held) throw new Error(`a gap: the copy holds ${copy.held}, the delta begins at ${base}`);
  copy.data = applyDelta(copy.data, set);
  copy.held = seq;
  copy.applied++;
}
