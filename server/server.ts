/** Puts one hall together: documents, ledger, board, push and HTTP; whatever starts here returns its stop. */
import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { getHeapStatistics } from 'node:v8';
import type { Logger } from 'pino';
import { toStars } from '../domain/board/topics/stars.ts';
import { createView } from '../domain/board/topics/view.ts';
import { createZone, type Zone } from '../domain/calendar/zone.ts';
import type { Audience } from '../domain/board/topics/data.ts';
import type { HallConfig } from '../domain/profile/profile.ts';
import { openAccess } from './access/access.ts';
import { createGuesses } from './access/guesses.ts';
import { createHosts } from './access/hosts.ts';
import { createReaders } from './access/readers.ts';
import { createVisitors } from './access/visitor.ts';
import { findAddress } from './alarms/address.ts';
import { openAlarmCodes } from './alarms/codes.ts';
import { createAlarmDesk } from './alarms/desk.ts';
import { createAlarmRouter } from './alarms/route.ts';
import { createApp } from './app.ts';
import { openBoard, type Board } from './board/runtime.ts';
import { documentChangedEvent } from './documents/changed-event.ts';
import { openDocuments } from './documents/documents.ts';
import { createHealth } from './health.ts';
import { createIngestRouter } from './ingest/route.ts';
import { startAlarms } from './jobs/alarms.ts';
import { startHallDays } from './jobs/hall-day.ts';
import type { Actor } from './ledger/actor.ts';
import type { Ledger } from './ledger/port.ts';
import { createBoardRouter } from './live/board-route.ts';
import { Publisher } from './live/publisher.ts';
import { limitSessions } from './live/sessions.ts';
import { mayListen, openLive } from './live/sockets.ts';
import { createPagesRouter } from './pages.ts';
import { createPhotographsRouter } from './photographs.ts';
import { createRecorder, withTime, type RecordEvents } from './record.ts';
import { createMeasuresRouter } from './reports/measures-route.ts';

/** The hall's clock: real time, or the demo's. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Real milliseconds until the clock shows `at`. */
  untilMs(at: number): number;
}

export const realClock: Clock = { now: () => Date.now(), untilMs: (at) => at - Date.now() };

/** What requests under way are given when the server stops. */
const CLOSE_GRACE_MS = 2_000;
/** A connection that has not said what it wants by then is ended. */
const HEADERS_MS = 20_000;
/** Wrong keys, tokens and codes from one address. */
const GUESSES = { limit: 30, windowMs: 60_000 };
/** Of the heap, for what waits for sockets that nobody vouches for. */
const TOKENLESS_QUEUE_SHARE = 1 / 16;

export interface ServerOptions {
  readonly port: number;
  readonly host?: string;
  /** The hall's own folder: ledger, access, documents. */
  readonly folder: string;
  readonly seedFolder: string;
  readonly clientFolder: string;
  readonly build: string;
  readonly demo: boolean;
  readonly openReading: boolean;
  /** Where telephones find the server; without it the server works it out. */
  readonly address?: string;
  /** Further names by which the server may be called. */
  readonly hosts?: readonly string[];
  /** A first ingest key, for any source. */
  readonly ingestKey?: string;
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly trustProxy: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly openLedger: (place: { folder: string; hall: string; zone: Zone }) => Promise<Ledger>;
  /** Between two looks for alarms, and at the hall's day, in real ms; shorter in tests. */
  readonly alarmLookMs?: number;
  readonly dayLookMs?: number;
  /** Told where the hall can only be served again by a new process. */
  readonly onLost?: (what: LostPart, error: Error) => void;
  /** Called once the board stands and before anybody is served. */
  readonly prepare?: (hall: RunningHall) => Promise<void>;
}

const DOCUMENTS: Actor = { kind: 'hall', id: 'documents' };

/** What a process cannot do without. */
export type LostPart = 'board' | 'ledger';

/** What jobs and the demo may do with a hall. */
export interface RunningHall {
  readonly config: HallConfig;
  readonly zone: Zone;
  readonly ledger: Ledger;
  readonly board: Board;
  readonly record: RecordEvents;
}

export interface RunningServer extends RunningHall {
  readonly url: string;
  /** Resolves after so many further looks at the hall's day. */
  looks(count: number): Promise<void>;
  close(): Promise<void>;
}

/** Starts in the order in which parts lean on one another; closes in the other: ingest, sockets, board, ledger. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { folder, clock, logger, build, demo } = options;
  const documents = await openDocuments({ folder: join(folder, 'documents'), seedFolder: options.seedFolder });
  for (const problem of documents.problems) logger.warn({ problem }, 'document repaired from its last good copy');
  // What is in force: it follows the documents, once the board has what a change asks for.
  let { config } = documents;
  const hallId = config.profile.hall;
  const zone = createZone(config.profile.timeZone);
  const ledger = await options.openLedger({ folder, hall: hallId, zone });
  const access = openAccess(folder, {
    now: realClock.now,
    ...(options.ingestKey ? { firstKey: { secret: options.ingestKey, hall: hallId } } : {}),
  });

  const lose = (what: LostPart, error: Error): void => {
    logger.fatal({ err: error, what }, 'what is shown can no longer follow the ledger');
    options.onLost?.(what, error);
  };
  ledger.onLost((error) => lose('ledger', error));
  const board = await openBoard({
    ledger,
    config,
    zone,
    onTrouble: (error, what) => logger.error({ err: error, what }, 'the board met something it cannot do now'),
  });
  board.subscribe({ onFailure: (error) => lose('board', error) });
  const record = createRecorder({ ledger, board, now: clock.now });
  const hall: RunningHall = {
    get config() {
      return config;
    },
    zone,
    ledger,
    board,
    record,
  };
  await options.prepare?.(hall);
  const days = await startHallDays({
    board,
    config: () => config,
    zone,
    now: clock.now,
    untilMs: clock.untilMs,
    record,
    onError: (error) => logger.error({ err: error }, 'the hall day could not be written'),
    ...(options.dayLookMs === undefined ? {} : { lookMs: options.dayLookMs }),
  });
  await board.caughtUp();

  const readVisitor = createVisitors(options.trustProxy);
  const isOwnHost = createHosts({
    machine: hostname(),
    configured: [...(options.hosts ?? []), options.address ?? '', options.host ?? ''],
    certificate: options.tls?.cert,
  });
  const guesses = createGuesses({
    ...GUESSES,
    now: () => performance.now(),
    addressOf: (request) => readVisitor(request).address,
    onLocked: (address) => logger.warn({ address }, 'too many wrong keys or tokens from one address'),
  });
  const readers = createReaders({
    hall: hallId,
    isOpen: options.openReading,
    findDisplay: (token) => access.findDisplayToken(token),
    guesses,
  });
  const publisher = new Publisher({
    hall: hallId,
    epoch: board.epoch,
    build,
    zone,
    demo,
    now: clock.now,
    config: () => config,
    state: () => board.state,
    emit: (delta) => live.emit(delta),
    isWatched: (topic) => live.isWatched(topic),
    onTrouble: (error, topic) => logger.error({ err: error, topic }, 'a topic cannot be built; the others go on'),
  });
  const health = createHealth({
    hall: hallId,
    build,
    board,
    ledger,
    publisher,
    now: clock.now,
    config: () => config,
    zone,
  });

  const codes = openAlarmCodes(folder);
  const app = createApp({
    hall: hallId,
    logger,
    readers,
    readVisitor,
    isOwnHost,
    trustProxy: options.trustProxy,
    health: health.router,
    ingest: createIngestRouter({
      hall: hallId,
      zone,
      ledger,
      now: clock.now,
      findKey: (token) => access.findIngestKey(token),
      guesses,
      roster: () => config.roster,
      record,
    }),
    measures: createMeasuresRouter({ board, now: clock.now }),
    alarms: createAlarmRouter({
      hall: hallId,
      desk: createAlarmDesk({ board, config: () => config, zone, now: clock.now, demo, record, codes }),
      codes,
      guesses,
      clientFolder: options.clientFolder,
      hostOf: (request) => readVisitor(request).host,
      addressOf: ({ protocol, host }) =>
        findAddress({ configured: options.address, protocol, host, port: (http.address() as AddressInfo).port }),
    }),
    board: createBoardRouter({ board, publisher }),
    photographs: createPhotographsRouter({
      folder: join(folder, 'photographs'),
      isStar: async (staff) => {
        await board.caughtUp();
        const stars = toStars(createView(board.state, config, zone, demo));
        return Object.values(stars).some(({ staffId }) => staffId === staff);
      },
      demand: (request, response, next) => readers.demand(request, response, next),
    }),
    pages: createPagesRouter({
      folder: options.clientFolder,
      firstScene: () => config.scenes.playlist[0]!.scene,
      snapshot: (topic, response) =>
        mayListen(response.locals['audience'] as Audience | undefined, topic) ? publisher.snapshot(topic) : undefined,
      slowGuesses: (request, response, next) => readers.slowPages(request, response, next),
    }),
  });
  const http: HttpServer = options.tls ? createHttpsServer(options.tls, app) : createHttpServer(app);
  http.headersTimeout = HEADERS_MS;
  const heapBytes = getHeapStatistics().heap_size_limit;
  const live = openLive(http, {
    hall: hallId,
    readVisitor,
    isOwnHost,
    read: (presented) => readers.read(presented),
    guesses,
    limits: limitSessions(heapBytes),
    tokenlessQueueLimit: heapBytes * TOKENLESS_QUEUE_SHARE,
    snapshot: (topic) => (health.canFollow() ? publisher.snapshot(topic) : undefined),
    heartbeat: () => (health.canFollow() ? publisher.heartbeat() : undefined),
    onCut: (queued) => logger.warn({ queued }, 'a display that did not drain was cut'),
  });
  const alarms = startAlarms({
    board,
    config: () => config,
    zone,
    now: clock.now,
    record,
    onError: (error) => logger.error({ err: error }, 'an alarm could not be written'),
    ...(options.alarmLookMs === undefined ? {} : { lookMs: options.alarmLookMs }),
  });
  board.subscribe({ onAdvance: () => publisher.advance() });
  const unwatch = documents.watch({
    onChange(document, version) {
      const next = documents.config;
      if (next.profile.hall !== hallId || next.profile.timeZone !== zone.name) {
        logger.warn({ document }, 'the hall and its time zone change with a restart only');
        return;
      }
      void board
        .reconfigure(next)
        .then(() => {
          config = next;
          return record(withTime([documentChangedEvent(document, version, clock.now())]), DOCUMENTS);
        })
        .catch((error: unknown) => logger.error({ err: error, document }, 'a changed document could not be announced'));
    },
    onProblem: (problem) => logger.warn({ problem }, 'a changed document may not be used; what was in force stays'),
  });
  await listen(http, options.port, options.host);

  return {
    get config() {
      return config;
    },
    zone,
    ledger,
    board,
    record,
    url: `${options.tls ? 'https' : 'http'}://localhost:${(http.address() as AddressInfo).port}`,
    looks: (count) => days.looks(count),
    async close() {
      await days.stop();
      unwatch();
      await alarms.stop();
      http.closeIdleConnections();
      // Whoever does not take an answer must not hold up the end.
      const cutting = setTimeout(() => http.closeAllConnections(), CLOSE_GRACE_MS);
      await live.close();
      clearTimeout(cutting);
      publisher.close();
      await board.close();
      await ledger.close();
      access.close();
      await documents.close();
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
