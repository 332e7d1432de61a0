/** A real HTTP and Socket.IO server that plays one topic by hand: what the client is tried against. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server as HttpServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { Server } from 'socket.io';
import type { Topic } from '../../domain/board/topics/data.ts';
import { digestData } from '../../domain/wire/digest.ts';
import {
  LIVE_NAMESPACE,
  type ClientToServer,
  type Delta,
  type ServerToClient,
  type Snapshot,
  type SubscribeAnswer,
} from '../../domain/wire/protocol.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
};

export interface FixtureServer {
  readonly origin: string;
  /** What a subscription and `GET /api/board` answer from now on. */
  snapshot: Snapshot;
  build: string;
  /** The hall's clock. */
  now: () => number;
  /** Answers so to everything that shows data; over the socket with a refusal. */
  denied: false | 401 | 429;
  /** Has nothing to show until all is counted anew. */
  recounting: boolean;
  /** Puts the snapshot into the page. */
  embed: boolean;
  /** `GET /api/board` requests answered, by status. */
  readonly asked: number[];
  /** What sockets asked for, in order: `+topic` subscribed, `-topic` unsubscribed. */
  readonly wishes: string[];
  /** Stands between a wish for a topic and its answer, over the socket and over HTTP. */
  wait: (topic: string) => Promise<void>;
  send(delta: Delta): void;
  /** A heartbeat that speaks of the snapshot's topic, or of the one named. */
  beat(digest?: string, topic?: Topic): void;
  /** Cuts all sockets; with `refuse` no new one gets in. */
  cut(refuse: boolean): void;
  close(): Promise<void>;
}

/** Starts on a free port of the loopback, or on `port`. `pages`: the built client's folder. */
export async function startFixtureServer(
  snapshot: Snapshot,
  options: { port?: number; pages?: string; websocket?: boolean } = {},
): Promise<FixtureServer> {
  let refusing = options.websocket === false;
  const http: HttpServer = createServer((request, response) => {
    void answerRequest(request, response);
  });
  async function answerRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://fixture');
    if (url.pathname === '/healthz') {
      response.setHeader('Content-Type', 'application/json');
      response.end(JSON.stringify({ status: 'ok', build: fixture.build, now: fixture.now() }));
    } else if (url.pathname === '/api/board') {
      await fixture.wait(url.searchParams.get('topic') ?? '');
      const etag = `"${fixture.snapshot.epoch}.${fixture.snapshot.seq}"`;
      const status = fixture.recounting
        ? 503
        : fixture.denied
          ? fixture.denied
          : request.headers['if-none-match'] === etag
            ? 304
            : 200;
      fixture.asked.push(status);
      response.writeHead(status, { ETag: etag, 'Content-Type': 'application/json' });
      response.end(status === 200 ? JSON.stringify({ ...fixture.snapshot, build: fixture.build }) : undefined);
    } else sendPage(url.pathname);

    function sendPage(path: string): void {
      const file = join(options.pages ?? '', path === '/' ? 'wall/index.html' : path);
      if (!options.pages || path.includes('..') || !existsSync(file)) {
        response.writeHead(404).end();
        return;
      }
      response.setHeader('Content-Type', TYPES[extname(file)] ?? 'application/octet-stream');
      if (path !== '/') {
        createReadStream(file).pipe(response);
        return;
      }
      const text = JSON.stringify(fixture.snapshot).replaceAll('<', '\\u003c');
      const script = `<script type="application/json" id="snapshot">${text}</script>`;
      const page = readFileSync(file, 'utf8');
      response.end(fixture.embed && !fixture.denied ? page.replace('</body>', `${script}</body>`) : page);
    }
  }
  const io = new Server<ClientToServer, ServerToClient>(http, {
    transports: ['websocket'],
    allowRequest: (_request, answer) => answer(null, !refusing),
  });
  const live = io.of(LIVE_NAMESPACE);
  live.on('connection', (socket) => {
    socket.on('board:unsubscribe', ({ topic }) => void fixture.wishes.push(`-${topic}`));
    socket.on('board:subscribe', async ({ topic }, answer) => {
      fixture.wishes.push(`+${topic}`);
      await fixture.wait(topic);
      const data = { ...fixture.snapshot, topic };
      const result: SubscribeAnswer = fixture.denied ? { ok: false, error: 'not-allowed' } : { ok: true, data };
      answer(fixture.recounting ? { ok: false, error: 'recounting' } : result);
    });
  });
  await new Promise<void>((resolve) => http.listen(options.port ?? 0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const fixture: FixtureServer = {
    origin: `http://127.0.0.1:${port}`,
    snapshot,
    build: snapshot.build,
    now: () => snapshot.asOf,
    denied: false,
    recounting: false,
    embed: true,
    asked: [],
    wishes: [],
    wait: () => Promise.resolve(),
    send: (delta) => void live.emit('board:delta', delta),
    beat(digest, topic = fixture.snapshot.topic) {
      const { hall, epoch, seq, data } = fixture.snapshot;
      const mark = { epoch, seq, digest: digest ?? digestData(data) };
      live.emit('board:heartbeat', { hall, topics: { [topic]: mark }, now: fixture.now(), build: fixture.build });
    },
    cut(refuse) {
      refusing = refuse;
      live.disconnectSockets(true);
    },
    close: async () => {
      await io.close();
    },
  };
  return fixture;
}
