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
  /** Topics that it cannot make: heartbeats say so. */
  failing: readonly Topic[];
  /**
   * What answers `GET /api/board` and `GET /healthz`: the server, nothing, a cache that asks nobody, or a login page of
   * the network, in four manners.
   */
  http: 'well' | 'gone' | 'cache' | 'page' | 'page-401' | 'redirect' | 'other-json';
  /** Puts the snapshot into the page. */
  embed: boolean;
  /** `GET /api/board` requests answered, by status. */
  readonly asked: number[];
  /** What sockets asked for, in order: `+topic` subscribed, `-topic` unsubscribed. */
  readonly wishes: string[];
  /** Stands between a wish for a topic and its answer, over the socket and over HTTP. */
  wait: (topic: string, way: 'socket' | 'http') => Promise<void>;
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
    const isAsked = url.pathname === '/healthz' || url.pathname === '/api/board';
    if (isAsked && !['well', 'cache'].includes(fixture.http)) answerInstead(request, response);
    else if (url.pathname === '/healthz') {
      const { failing: topics, build } = fixture;
      const isWell = topics.length === 0;
      const health = { status: isWell ? 'ok' : 'failed', build, now: fixture.now(), ...(isWell ? {} : { topics }) };
      response.writeHead(isWell ? 200 : 503, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(health));
    } else if (url.pathname === '/api/board') {
      const topic = url.searchParams.get('topic') as Topic;
      await fixture.wait(topic, 'http');
      const isFailing = fixture.failing.includes(topic);
      const etag = `"${fixture.snapshot.epoch}.${fixture.snapshot.seq}"`;
      const status = fixture.recounting
        ? 503
        : isFailing
          ? 503
          : fixture.denied
            ? fixture.denied
            : fixture.http !== 'cache' && request.headers['if-none-match'] === etag
              ? 304
              : 200;
      fixture.asked.push(status);
      response.writeHead(status, { ETag: etag, 'Content-Type': 'application/json' });
      const error = isFailing ? 'topic-failed' : fixture.recounting ? 'recounting' : 'unauthorized';
      const answer = status === 200 ? { ...fixture.snapshot, topic, build: fixture.build } : { error };
      response.end(status === 304 ? undefined : JSON.stringify(answer));
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
  function answerInstead(request: IncomingMessage, response: ServerResponse): void {
    const how = fixture.http;
    if (how === 'gone') request.socket.destroy();
    else if (how === 'redirect') response.writeHead(302, { Location: 'http://login.invalid/' }).end();
    else if (how === 'other-json')
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"login":true}');
    else response.writeHead(how === 'page' ? 200 : 401, { 'Content-Type': 'text/html' }).end('<h1>登录</h1>');
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
      await fixture.wait(topic, 'socket');
      const data = { ...fixture.snapshot, topic };
      const result: SubscribeAnswer = fixture.denied ? { ok: false, error: 'not-allowed' } : { ok: true, data };
      if (fixture.failing.includes(topic)) answer({ ok: false, error: 'topic-failed' });
      else answer(fixture.recounting ? { ok: false, error: 'recounting' } : result);
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
    failing: [],
    http: 'well',
    embed: true,
    asked: [],
    wishes: [],
    wait: () => Promise.resolve(),
    send: (delta) => void live.emit('board:delta', delta),
    beat(digest, topic = fixture.snapshot.topic) {
      const { hall, epoch, seq, data } = fixture.snapshot;
      const { failing } = fixture;
      const mark = { epoch, seq, digest: digest ?? digestData(data) };
      const topics = failing.includes(topic) ? {} : { [topic]: mark };
      const told = failing.length > 0 ? { failing } : {};
      live.emit('board:heartbeat', { hall, topics, now: fixture.now(), build: fixture.build, ...told });
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
