/** The Express application: headers, who may do what, the routes, and one place where errors end. */
import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type Request, type Router } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { slowGuesses, type Credentials, type Guesses } from './access/guesses.ts';
import { BoardStopped } from './board/runtime.ts';
import type { Readers } from './access/readers.ts';

export interface AppOptions {
  /** The one hall that is served. */
  readonly hall: string;
  readonly logger: Logger;
  readonly readers: Readers;
  readonly guesses: Guesses;
  /** What a request presents, whichever door it comes to. */
  readonly credentialsOf: (request: Request) => Credentials;
  /** Whether a `Host` names this server. */
  readonly isOwnHost: (host: string | undefined) => boolean;
  /** How many proxies stand in front. */
  readonly trustProxy: number;
  /** Asked by supervisors, who have no token. */
  readonly health: Router;
  readonly ingest: Router;
  readonly measures: Router;
  /** Judges by itself who may do what: telephones come with the code of one alarm. */
  readonly alarms: Router;
  readonly board: Router;
  readonly photographs: Router;
  readonly pages: Router;
}

const FOREIGN_HOST = 'This server is not known under this name. Name it in HALLPULSE_HOSTS, or ask by its address.';

export function createApp(options: AppOptions): Express {
  const { readers } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustProxy);
  app.set('query parser', 'simple');
  const [plain, secure] = [securityHeaders(false), securityHeaders(true)];
  app.use((request, response, next) => (request.secure ? secure : plain)(request, response, next));
  // Asked by supervisors under whatever name they have; it holds nothing of the hall's work.
  app.use(options.health);
  app.use((request, response, next) => {
    if (options.isOwnHost(request.headers.host)) next();
    else response.status(421).json({ error: 'misdirected', message: FOREIGN_HOST });
  });
  app.use(slowGuesses(options.guesses, options.credentialsOf));
  app.use('/api', (_request, response, next) => {
    // What a route says of its own answers takes the place of this.
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use(options.ingest);
  app.use((request, response, next) => readers.identify(request, response, next));
  app.use(options.alarms);
  app.use('/api', (request, response, next) => readers.demand(request, response, next));
  app.use('/api', (request, response, next) => {
    const { hall } = request.query;
    if (hall === undefined || hall === options.hall) next();
    else response.status(404).json({ error: 'unknown-hall' });
  });
  app.use('/api/measures', (_request, response, next) => {
    if (response.locals['audience'] === 'management') next();
    else response.status(403).json({ error: 'not-allowed' });
  });
  app.use(options.measures);
  app.use(options.board);
  app.use(options.photographs);
  app.use(options.pages);
  app.use((_request, response) => {
    response.status(404).json({ error: 'not-found' });
  });
  app.use(answerErrors(options.logger));
  return app;
}

function securityHeaders(isSecure: boolean) {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        // On plain HTTP in a hall's network an upgrade would leave the page without its assets.
        ...(isSecure ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    crossOriginOpenerPolicy: isSecure,
    originAgentCluster: isSecure,
    strictTransportSecurity: isSecure ? { maxAge: 15_552_000 } : false,
    referrerPolicy: { policy: 'no-referrer' },
  });
}

/** A client's fault keeps its status; everything else is logged under an id and answered with that id alone. */
function answerErrors(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const status = (error as { status?: unknown }).status;
    if (typeof status === 'number' && status >= 400 && status < 500) {
      response.status(status).json({ error: status === 413 ? 'too-large' : 'bad-request' });
      return;
    }
    if (error instanceof BoardStopped) {
      response.status(503).json({ error: 'not-ready' });
      return;
    }
    const id = randomUUID();
    logger.error({ id, err: error, method: request.method, path: request.path }, 'request failed');
    response.status(500).json({ error: 'internal', id });
  };
}
