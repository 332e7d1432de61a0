/** Serves halls that stand: HTTP and sockets on one port, each request to the hall that it means. */
import {
  createServer as createHttpServer,
  type IncomingMessage,
  type RequestListener,
  type Server as HttpServer,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getHeapStatistics } from 'node:v8';
import type { Logger } from 'pino';
import { enterBase } from './access/base.ts';
import type { Doors } from './access/doors.ts';
import type { Hall } from './hall.ts';
import { limitSessions } from './live/sessions.ts';
import { openLive } from './live/sockets.ts';
import { createHallPicker } from './pick-hall.ts';
import { answerPlainBeside } from './tls/plain-beside.ts';

/** What requests under way are given when the server stops. */
const CLOSE_GRACE_MS = 2_000;
/** A connection that has not said what it wants by then is ended. */
const HEADERS_MS = 20_000;
/** Of the heap, for what waits for sockets that nobody vouches for. */
const TOKENLESS_QUEUE_SHARE = 1 / 16;

export interface ServeOptions {
  readonly port: number;
  readonly host?: string;
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly doors: Doors;
  readonly logger: Logger;
  /** Between two heartbeats of the push; shorter in tests. */
  readonly heartbeatMs?: number;
}

export interface Serving {
  readonly url: string;
  /** Ends requests and sockets; the halls still stand. */
  close(): Promise<void>;
}

/** @param halls the first is meant where none is named */
export async function serveHalls(halls: readonly [Hall, ...Hall[]], options: ServeOptions): Promise<Serving> {
  const { doors, logger, tls } = options;
  const pickHall = createHallPicker(halls);
  const answer: RequestListener = (request, response) => void pickHall(request).app(request, response);
  const secure = tls && createHttpsServer(tls, answer);
  const endPlain = secure && answerPlainBeside(secure, answer, doors);
  const http = secure ?? createHttpServer(answer);
  http.headersTimeout = HEADERS_MS;
  const heapBytes = getHeapStatistics().heap_size_limit;
  const [first, ...others] = halls;
  const live = openLive(http, {
    halls: [first.live, ...others.map((hall) => hall.live)],
    readVisitor: doors.readVisitor,
    isOwnHost: doors.isOwnHost,
    limits: limitSessions(heapBytes),
    tokenlessQueueLimit: heapBytes * TOKENLESS_QUEUE_SHARE,
    ...(options.heartbeatMs === undefined ? {} : { heartbeatMs: options.heartbeatMs }),
    onCut: (queued) => logger.warn({ queued }, 'a display that did not drain was cut'),
  });
  // Before Socket.IO, which looks at the path as well.
  for (const kind of ['request', 'upgrade'] as const)
    http.prependListener(kind, (request: IncomingMessage) => enterBase(doors.base, request));
  try {
    await listen(http, options.port, options.host);
  } catch (error) {
    await live.close();
    throw error;
  }
  return {
    url: `${tls ? 'https' : 'http'}://localhost:${(http.address() as AddressInfo).port}`,
    async close() {
      http.closeIdleConnections();
      // Whoever does not take an answer must not hold up the end.
      const cutting = setTimeout(() => {
        http.closeAllConnections();
        endPlain?.();
      }, CLOSE_GRACE_MS);
      await live.close();
      clearTimeout(cutting);
    },
  };
}

function listen(http: HttpServer, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(port, host, () => {
      http.off('error', reject);
      resolve();
    });
  });
}
