/** The listener outside the hall: the form for citizens, what its page is made of, and the look at an answer. Everything else is not there. */
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express, {
  Router,
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { rateLimit } from 'express-rate-limit';
import type { Logger } from 'pino';
import { lookSchema, saySchema } from '../../domain/voices/events.ts';
import { PAGES } from '../../domain/wire/pages.ts';
import type { SayPlace } from '../../domain/wire/voices.ts';
import { createSecurityHeaders, FOREIGN_HOST, isMeant } from '../access/headers.ts';
import { createHosts, isSameHost } from '../access/hosts.ts';
import { createVisitors } from '../access/visitor.ts';
import { bodyOf, readBody } from '../asked.ts';
import { answerLedgerTrouble } from '../ledger/trouble.ts';
import { packAnswers, serveAssets } from '../packed.ts';
import type { OutsideSettings } from '../settings.ts';
import type { VoiceForm } from './form.ts';
import { answerReceipt } from './say-route.ts';

const MINUTE_MS = 60_000;
/** By one address, and by everybody: more is nobody who has something to say. */
const LIMITS = {
  asked: { windowMs: MINUTE_MS, each: 240, all: 3_000 },
  said: { windowMs: 10 * MINUTE_MS, each: 5, all: 120 },
  saidInADay: { windowMs: 24 * 60 * MINUTE_MS, each: 20, all: 1_000 },
  /** Codes that are none. */
  guessed: { windowMs: MINUTE_MS, each: 10, all: 200 },
} as const;
/** The longest words in Chinese, with room for the rest. */
const BODY_BYTES = 8_192;
const HEADER_BYTES = 8_192;
/** A telephone with a poor connection sends a few kilobytes within this. */
const HEADERS_MS = 8_000;
const REQUEST_MS = 12_000;
const IDLE_MS = 5_000;
/** How often connections that take too long are looked for. */
const LOOK_MS = 1_000;
const MOST_CONNECTIONS = 400;
const MOST_REQUESTS = 100;

export interface OutsideOptions extends Pick<OutsideSettings, 'address' | 'trustProxy'> {
  readonly form: VoiceForm;
  readonly place: () => SayPlace;
  readonly clientFolder: string;
  readonly logger: Logger;
}

export function createOutsideApp({ form, place, clientFolder, logger, address, trustProxy }: OutsideOptions): Express {
  const readVisitor = createVisitors(trustProxy);
  const isOwnHost = createHosts({ machine: '', configured: [address] });
  const app = express();
  app.disable('x-powered-by');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  app.set('trust proxy', trustProxy);
  app.set('query parser', 'simple');
  app.use(createSecurityHeaders(readVisitor));
  app.use((request, response, next) => {
    if (isMeant(readVisitor(request), isOwnHost)) next();
    else response.status(421).json({ error: FOREIGN_HOST.error });
  });
  const addressOf = (request: Request) => readVisitor(request).address;
  app.use(limit(LIMITS.asked, addressOf));
  app.use(packAnswers());

  const page = readFile(join(clientFolder, PAGES.say.entry), 'utf8');
  page.catch(() => undefined);
  app.get(PAGES.say.path, async (_request, response) => {
    response.type('html').send(await page);
  });
  const assets = listAssets(clientFolder, PAGES.say.entry);
  const serve = serveAssets(join(clientFolder, 'assets'));
  const isOfPage: RequestHandler = ({ path }, _response, next) =>
    next(assets.has(path.slice(1)) ? undefined : 'router');
  app.use('/assets', Router().get('/:name', isOfPage, serve));
  app.get('/api/say', (_request, response) => {
    response.json(place());
  });
  const ownPage: RequestHandler = (request, response, next) => {
    const { origin } = request.headers;
    const isOwn = origin === undefined || origin === address || isSameHost(origin, readVisitor(request).host);
    if (isOwn) next();
    else response.status(403).json({ error: 'foreign-origin' });
  };
  app.post(
    '/api/say',
    ownPage,
    limit(LIMITS.said, addressOf),
    limit(LIMITS.saidInADay, addressOf),
    readBody(saySchema, BODY_BYTES),
    async (_request: Request, response: Response) => {
      const { station: asked, ...said } = bodyOf(response, saySchema);
      const { stations } = place();
      const station = asked === undefined ? stations[0] : stations.find(({ id }) => id === asked);
      if (!station) return void response.status(404).json({ error: 'unknown-station', field: 'station' });
      await answerLedgerTrouble(response, async () => {
        const actor = { kind: 'outside' as const, id: 'form' };
        answerReceipt(response, await form.receive({ ...said, station: station.id }, 'outside', actor));
      });
    },
  );
  app.post(
    '/api/say/look',
    ownPage,
    limit(LIMITS.guessed, addressOf, true),
    readBody(lookSchema, BODY_BYTES),
    async (_request: Request, response: Response) => {
      const { code } = bodyOf(response, lookSchema);
      await answerLedgerTrouble(response, async () => {
        const answer = await form.look(code);
        if (answer) response.json(answer);
        else response.status(404).json({ error: 'unknown-code' });
      });
    },
  );
  app.use((_request, response) => void response.status(404).json({ error: 'not-found' }));
  app.use(answerErrors(logger));
  return app;
}

/** Two limits: of each address, and of all together. `onlyFailed`: what was answered well is not counted. */
function limit(
  { windowMs, each, all }: { readonly windowMs: number; readonly each: number; readonly all: number },
  addressOf: (request: Request) => string,
  onlyFailed = false,
): RequestHandler[] {
  const handler = (_request: Request, response: Response): void =>
    void response.status(429).json({ error: 'too-many' });
  const shared = {
    windowMs,
    handler,
    validate: false,
    legacyHeaders: false,
    standardHeaders: true,
    skipSuccessfulRequests: onlyFailed,
  } as const;
  return [
    rateLimit({ ...shared, limit: each, keyGenerator: addressOf }),
    rateLimit({ ...shared, limit: all, keyGenerator: () => 'all' }),
  ];
}

/** Neither words nor codes stand in a path here, and no body is ever logged. */
function answerErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const { status } = error as { status?: unknown };
    if (typeof status === 'number' && status >= 400 && status < 500) {
      response.status(status).json({ error: status === 413 ? 'too-large' : 'bad-request' });
      return;
    }
    logger.error({ err: error, method: request.method }, 'a request from outside failed');
    response.status(500).json({ error: 'internal' });
  };
}

/** The names of all files below `assets/` that the page is made of: what it names, and what those name in turn. */
function listAssets(clientFolder: string, entry: string): ReadonlySet<string> {
  const folder = join(clientFolder, 'assets');
  let names: string[];
  let html: string;
  try {
    names = readdirSync(folder).filter((name) => !name.endsWith('.map'));
    html = readFileSync(join(clientFolder, entry), 'utf8');
  } catch {
    // A build without the client serves no page, and says so at each request.
    return new Set();
  }
  const found = new Set<string>();
  const look = (text: string): void => {
    const named = new Set(text.match(/[\w.-]+\.(?:js|css|woff2?|svg|png)\b/g));
    for (const name of names) {
      if (!named.has(name) || found.has(name)) continue;
      found.add(name);
      if (/\.(?:js|css)$/.test(name)) look(readFileSync(join(folder, name), 'utf8'));
    }
  };
  look(html);
  return found;
}

export interface OutsideServing {
  readonly port: number;
  close(): Promise<void>;
}

/** Serves it on a port of its own: without sockets, and with little patience. */
export async function serveOutside(app: Express, { port, host }: OutsideSettings): Promise<OutsideServing> {
  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: IDLE_MS,
      connectionsCheckingInterval: LOOK_MS,
    },
    app,
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.maxRequestsPerSocket = MOST_REQUESTS;
  await listen(server, port, host);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
