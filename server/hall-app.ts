/** A hall's routes, each made of the parts that it needs. */
import { join } from 'node:path';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { toStars } from '../domain/board/topics/stars.ts';
import { createView } from '../domain/board/topics/view.ts';
import type { Zone } from '../domain/calendar/zone.ts';
import type { HallConfig } from '../domain/profile/profile.ts';
import type { Access } from './access/access.ts';
import type { Doors } from './access/doors.ts';
import type { Guesses } from './access/guesses.ts';
import type { Readers } from './access/readers.ts';
import { findAddress } from './alarms/address.ts';
import { openAlarmCodes } from './alarms/codes.ts';
import { createAlarmDesk } from './alarms/desk.ts';
import { createAlarmRouter } from './alarms/route.ts';
import { createApp } from './app.ts';
import type { Board } from './board/board.ts';
import type { HealthRoutes } from './health.ts';
import { createIngestRouter } from './ingest/route.ts';
import type { Ledger } from './ledger/port.ts';
import { createBoardRouter } from './live/board-route.ts';
import type { Publisher } from './live/publisher.ts';
import { mayListen } from './live/sockets.ts';
import { createPagesRouter } from './pages.ts';
import { createPhotographsRouter } from './photographs.ts';
import type { RecordEvents } from './record.ts';
import { createMeasuresRouter } from './reports/measures-route.ts';
import { tlsFolder } from './tls/files.ts';
import { createTrustRouter, type TrustOptions } from './tls/trust-route.ts';

export interface HallAppOptions {
  readonly id: string;
  readonly folder: string;
  readonly clientFolder: string;
  readonly demo: boolean;
  readonly address?: string;
  readonly trust?: TrustOptions;
  readonly logger: Logger;
  readonly doors: Doors;
  readonly config: () => HallConfig;
  readonly zone: Zone;
  /** The hall's clock, epoch ms. */
  readonly now: () => number;
  readonly ledger: Ledger;
  readonly board: Board;
  readonly record: RecordEvents;
  readonly access: Access;
  readonly publisher: Publisher;
  readonly health: HealthRoutes;
  readonly guesses: Guesses;
  readonly readers: Readers;
}

export function createHallApp(options: HallAppOptions): Express {
  const { id, folder, clientFolder, demo, doors, config, zone, now, ledger, board, record } = options;
  const { access, publisher, health, guesses, readers } = options;
  const codes = openAlarmCodes(folder);
  return createApp({
    hall: id,
    logger: options.logger,
    readers,
    readVisitor: doors.readVisitor,
    isOwnHost: doors.isOwnHost,
    trustProxy: doors.trustProxy,
    health: health.router,
    ingest: createIngestRouter({
      hall: id,
      zone,
      ledger,
      now,
      findKey: (token) => access.findIngestKey(token),
      guesses,
      roster: () => config().roster,
      record,
    }),
    measures: createMeasuresRouter({ board, now }),
    alarms: createAlarmRouter({
      hall: id,
      desk: createAlarmDesk({ board, config, zone, now, demo, record, codes }),
      codes,
      guesses,
      hostOf: (request) => doors.readVisitor(request).host,
      addressOf: ({ protocol, host, socket }) =>
        findAddress({ configured: options.address, protocol, host, port: socket.localPort! }),
    }),
    board: createBoardRouter({ board, publisher }),
    photographs: createPhotographsRouter({
      folder: join(folder, 'photographs'),
      isStar: async (staff) => {
        await board.caughtUp();
        const stars = toStars(createView(board.state, config(), zone, demo));
        return Object.values(stars).some(({ staffId }) => staffId === staff);
      },
      demand: (request, response, next) => readers.demand(request, response, next),
    }),
    trust: createTrustRouter(options.trust ?? { folder: tlsFolder(folder), isServed: false }),
    pages: createPagesRouter({
      folder: clientFolder,
      firstScene: () => config().scenes.playlist[0]!.scene,
      snapshot: (topic, response) =>
        mayListen(response.locals['audience'], topic) && health.canFollow() ? publisher.snapshot(topic) : undefined,
      slowGuesses: (request, response, next) => readers.slowPages(request, response, next),
    }),
  });
}
