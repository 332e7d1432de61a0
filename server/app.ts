/** The Express application: headers, who may do what, the routes, and one place where errors end. */
import { randomUUID } from 'node:crypto';
import express, { type ErrorRequestHandler, type Express, type Router } from 'express';
import type { Logger } from 'pino';
import { createSecurityHeaders, isMeant, FOREIGN_HOST } from './access/headers.ts';
import type { IsOwnHost } from './access/hosts.ts';
import type { Readers } from './access/readers.ts';
import type { ReadVisitor } from './access/visitor.ts';
import { createApiRouter } from './api/route.ts';
import { BoardRecounting, BoardStopped } from './board/board.ts';
import { LedgerError } from './ledger/port.ts';
import { packAnswers } from './packed.ts';

/** Millions of events take minutes. */
const RECOUNT_RETRY_S = '10';

export interface AppOptions {
  /** The one hall that is served. */
  readonly hall: string;
  /** The version of the product. */
  readonly build: string;
  readonly logger: Logger;
  readonly readers: Readers;
  readonly readVisitor: ReadVisitor;
  readonly isOwnHost: IsOwnHost;
  /** How many proxies stand in front. */
  readonly trustProxy: number;
  /** Asked by supervisors, who have no token. */
  readonly health: Router;
  readonly ingest: Router;
  readonly measures: Router;
  /** Judges by itself who may do what: telephones come with the code of one alarm. */
  readonly alarms: Router;
  /** Each of its routes asks by itself who is signed in. */
  readonly staff: Router;
  readonly desk: Router;
  /** As alarms do: tablets come with the token of their window. */
  readonly ratings: Router;
  readonly board: Router;
  readonly photographs: Router;
  /** For everybody: a device that trusts nothing here yet comes to learn how. */
  readonly trust: Router;
  readonly pages: Router;
}

export function createApp(options: AppOptions): Express {
  const { readers, readVisitor } = options;
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', options.trustProxy);
  app.set('query parser', 'simple');
  app.use(createSecurityHeaders(readVisitor));
  // Asked by supervisors under whatever name they have; it holds nothing of the hall's work.
  app.use(options.health);
  app.use((request, response, next) => {
    if (isMeant(readVisitor(request), options.isOwnHost)) next();
    else response.status(421).json(FOREIGN_HOST);
  });
  app.use(packAnswers());
  app.use(options.trust);
  app.use(options.ingest);
  app.use((request, response, next) => readers.identify(request, response, next));
  app.use('/api', (request, response, next) => {
    const { hall } = request.query;
    if (hall === undefined || hall === options.hall) next();
    else response.status(404).json({ error: 'unknown-hall' });
  });
  app.use(options.staff);
  app.use(options.desk);
  app.use(options.ratings);
  app.use(options.alarms);
  app.use(createApiRouter({ app, build: options.build }));
  app.use('/api', (request, response, next) => {
    // The page that explains the contract is for everybody, as the contract is.
    if (request.path === '/') next();
    else readers.demand(request, response, next);
  });
  app.use(['/api/measures', '/api/breakdown'], (_request, response, next) => {
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
    if (error instanceof BoardRecounting) {
      response.status(503).set('Retry-After', RECOUNT_RETRY_S).json({ error: 'recounting' });
      return;
    }
    if (error instanceof LedgerError && error.problem === 'busy') {
      response.status(503).set('Retry-After', '2').json({ error: 'busy' });
      return;
    }
    if (error instanceof LedgerError && error.problem === 'disk-full') {
      response.status(507).json({ error: 'disk-full' });
      return;
    }
    const id = randomUUID();
    logger.error({ id, err: error, method: request.method, path: request.path }, 'request failed');
    response.status(500).json({ error: 'internal', id });
  };
}
