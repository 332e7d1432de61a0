/** A hall's routes, each made of the parts that it needs. */
import { join } from 'node:path';
import { Router, type Express, type Request } from 'express';
import type { Logger } from 'pino';
import { assignmentsOn, may, type Assignment } from '../domain/access/roles.ts';
import { toStars } from '../domain/board/topics/stars.ts';
import { buildMatters } from '../domain/desk/matters.ts';
import { createView } from '../domain/board/topics/view.ts';
import type { Zone } from '../domain/calendar/zone.ts';
import { isInForce, listStations, type HallConfig } from '../domain/profile/profile.ts';
import { buildKiosk, waitOf } from '../domain/queue/kiosk.ts';
import type { Access } from './access/access.ts';
import { createAccountsRouter } from './access/accounts-route.ts';
import { createAuditRouter } from './access/audit-route.ts';
import { cookiePath } from './access/base.ts';
import type { Doors } from './access/doors.ts';
import type { Guesses } from './access/guesses.ts';
import { countInHand, handOn } from './access/hand-on.ts';
import { createKeysRouter } from './access/keys-route.ts';
import { readerOf, type Readers } from './access/readers.ts';
import { createSessionRouter, type Offer } from './access/session-route.ts';
import type { Staff } from './access/staff.ts';
import { findAddress } from './alarms/address.ts';
import { openAlarmCodes } from './alarms/codes.ts';
import { createAlarmDesk } from './alarms/desk.ts';
import { createAlarmRouter } from './alarms/route.ts';
import { createApp } from './app.ts';
import type { Board } from './board/board.ts';
import { createChecksRouter } from './checks/route.ts';
import { createDeskEntries } from './desk/entries.ts';
import type { FeedDesk } from './desk/feeds.ts';
import { nameItems } from './desk/matters.ts';
import { readOwed } from './desk/owed.ts';
import { createDeskRouter } from './desk/route.ts';
import { readWritten } from './desk/written.ts';
import { createSettingsRouter } from './documents/settings-route.ts';
import { createSetupRouter } from './documents/setup-route.ts';
import type { Setup } from './documents/setup.ts';
import { createVersions } from './documents/versions.ts';
import { DOCUMENTS_FOLDER } from './hall-files.ts';
import type { Notifier } from './followups/notifier.ts';
import { createRobotRouter } from './followups/robot-route.ts';
import type { MonthLamps } from './followups/month-lamps.ts';
import { createFollowupRouter, type Owner } from './followups/route.ts';
import type { HealthRoutes } from './health.ts';
import { createIngestRouter } from './ingest/route.ts';
import { readPublishedOtherwise } from './frozen/published-otherwise.ts';
import type { Span } from '../domain/measures/build.ts';
import { readSilentDays, readSilentFeeds } from './frozen/silent-feeds.ts';
import type { Ledger } from './ledger/port.ts';
import { createBoardRouter } from './live/board-route.ts';
import type { Publisher } from './live/publisher.ts';
import { mayListen } from './live/sockets.ts';
import { createPagesRouter } from './pages.ts';
import { createPlayers } from './past/players.ts';
import { createPastRouter } from './past/route.ts';
import { createPhotographsRouter } from './photographs.ts';
import { refuseAccountChanges } from './practice.ts';
import { createRatingRouter } from './ratings/route.ts';
import type { Rounds } from './ratings/rounds.ts';
import { createKioskRouter } from './queue/kiosk-route.ts';
import type { Queue } from './queue/queue.ts';
import { createQueueRouter } from './queue/route.ts';
import type { Imports } from './imports/imports.ts';
import { createImportsRouter } from './imports/route.ts';
import { createReconcileRouter } from './reconcile/route.ts';
import type { Reconciliations } from './reconcile/reconciliations.ts';
import type { RecordEvents } from './record.ts';
import { createFrozenRouter } from './frozen/route.ts';
import { createBreakdownRouter } from './reports/breakdown-route.ts';
import { createBriefRouter } from './reports/brief-route.ts';
import { createInstructionRouter } from './reports/instruction-route.ts';
import { createMeasuresRouter } from './reports/measures-route.ts';
import { createRowsRouter } from './reports/rows-route.ts';
import type { Reports } from './reports/reports.ts';
import { createReportRouter } from './reports/report-route.ts';
import { createSectionsRouter } from './reports/sections-route.ts';
import { createWordsRouter } from './reports/words-route.ts';
import { createSendingRouter } from './sending/route.ts';
import type { Secrets } from './sending/secrets.ts';
import type { Sender } from './sending/sender.ts';
import { tlsFolder } from './tls/files.ts';
import type { Candidates } from './stars/candidates.ts';
import { createStarsRouter } from './stars/route.ts';
import { createTrustRouter, type TrustOptions } from './tls/trust-route.ts';
import { createVoiceDesk } from './voices/desk.ts';
import type { VoiceForm } from './voices/form.ts';
import type { OutsideSettings } from './settings.ts';
import { buildSayPlace } from './voices/place.ts';
import { createVoiceRouter } from './voices/route.ts';
import { createSayRouter } from './voices/say-route.ts';
import type { VoiceStore } from './voices/store.ts';

export interface HallAppOptions {
  readonly id: string;
  /** The version of the product. */
  readonly build: string;
  readonly folder: string;
  readonly clientFolder: string;
  readonly demo: boolean;
  readonly address?: string;
  readonly outside?: Pick<OutsideSettings, 'address'>;
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
  readonly queue: Queue;
  readonly staff: Staff;
  /** Of the demo alone: accounts that its sign-in page offers. */
  readonly offers: readonly Offer[];
  /** Whether nothing here counts. */
  readonly isPractice: boolean;
  /** The hall in which its people may practise. */
  readonly practiceHall: () => string | undefined;
  readonly rounds: Rounds;
  /** Whether the hall itself gives a station's numbers at a moment. */
  readonly isOwnQueue: (station: string, at: number) => boolean;
  readonly setup: Setup;
  readonly reports: Reports;
  /** Absent where nothing is sent. */
  readonly sender: () => Sender | undefined;
  /** Absent where robots are told nothing. */
  readonly notifier: () => Notifier | undefined;
  readonly secrets: Secrets;
  readonly voices: VoiceStore;
  readonly voiceForm: VoiceForm;
  readonly feeds: FeedDesk;
  readonly reconciliations: Reconciliations;
  readonly imports: Imports;
  readonly candidates: Candidates;
  /** The same by another configuration. */
  readonly candidatesUnder: (config: HallConfig) => Candidates;
  readonly lamps: MonthLamps;
  /** The hall's own photographs. */
  readonly photographsFolder: string;
  readonly assignmentsOf: (staff: string) => readonly Assignment[];
  /** Whoever has an account here and has not left; in a practice hall those of its hall. */
  readonly listStaff: () => readonly { readonly staff: string; readonly name: string }[];
  /** What an account there calls somebody, who may have left. */
  readonly nameOf: (staff: string) => string | undefined;
}

export function createHallApp(options: HallAppOptions): Express {
  const { id, folder, clientFolder, demo, doors, config, zone, now, ledger, board, record } = options;
  const { access, publisher, health, guesses, readers, feeds } = options;
  const codes = openAlarmCodes(folder);
  const addressFor = ({ protocol, host, socket }: Request): string =>
    findAddress({ configured: options.address, protocol, host, port: socket.localPort! }) + doors.base;
  return createApp({
    hall: id,
    build: options.build,
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
      feeds: () => feeds.read(),
    }),
    staff: createStaffRouter(options, addressFor),
    desk: createDeskRouter({
      people: options.staff.people,
      entries: createDeskEntries({ config, zone, now, ledger, record, feeds: () => feeds.read() }),
      feeds,
      config,
      zone,
      day: options.staff.day,
      async matters(station, mayReview) {
        if (!health.canFollow()) return undefined;
        const view = createView(board.state, config(), zone, demo);
        const matters = buildMatters(view, station, mayReview, (one) => access.accounts.account(one)?.name);
        return nameItems(matters, ledger);
      },
      owed: (station, licences) => readOwed(station, licences, { board, ledger, now, day: options.staff.day }),
      written: (query, asker) => readWritten(query, asker, { ledger, zone, nameOf: options.nameOf }),
      seq: () => ledger.head(),
    }),
    measures: createFiguresRouter(options),
    alarms: createAlarmRouter({
      desk: createAlarmDesk({
        board,
        config,
        zone,
        now,
        demo,
        record,
        codes,
        hasAccount: (one) => options.staff.accounts.isHere(one),
      }),
      day: options.staff.day,
      codes,
      guesses,
      hostOf: (request) => doors.readVisitor(request).host,
      addressOf: addressFor,
    }),
    ratings: createPostRouter(options),
    board: createBoardRouter({ board, publisher }),
    photographs: createPhotographsRouter({
      folder: options.photographsFolder,
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
      base: doors.base,
      frameAncestors: doors.frameAncestors,
      firstScene: () => config().scenes.playlist[0]!.scene,
      snapshot: (topic, response) =>
        mayListen(response.locals['audience'], topic) && health.canFollow() ? publisher.snapshot(topic) : undefined,
      isForPerson: (response) => {
        const { audience, person } = readerOf(response);
        return audience === 'management' && person !== undefined;
      },
      hallName: () => config().profile.name.zh,
      slowGuesses: (request, response, next) => readers.slowPages(request, response, next),
    }),
  });
}

/** Figures for people: measures, the brief with its instructions, and the rows behind them. */
function createFiguresRouter(options: HallAppOptions): Router {
  const { board, ledger, config, zone, demo, now, record, reports, staff } = options;
  const { accounts } = options.access;
  const { nameOf } = options;
  const isOwner = (one: string): boolean => listOwners(options).some(({ id }) => id === one);
  const labelOf = (kind: 'key' | 'display', id: string) => {
    const { ingestKeys, displayTokens } = options.access;
    return (kind === 'key' ? ingestKeys : displayTokens).list().find((one) => one.id === id)?.label;
  };
  const names = () => Object.fromEntries(accounts.accounts().map(({ staff: one, name }) => [one, name]));
  const owners = () => listOwners(options).map(({ id, name }) => ({ id, name }));
  const publishedOtherwise = (from: string, to: string) => readPublishedOtherwise(ledger, from, to);
  const silentFeeds = (day: string, at: number) => readSilentFeeds(ledger, day, at);
  const silentDays = (span: Span, at: number) => readSilentDays(ledger, span, at);
  const players = createPlayers(() => performance.now());
  return createMeasuresRouter({ board, now })
    .use(createBreakdownRouter({ board, now }))
    .use(
      createBriefRouter({
        ...{
          board,
          config,
          zone,
          demo,
          now,
          nameOf,
          owners,
          names,
          publishedOtherwise,
          silentFeeds,
          silentDays,
          players,
        },
      }),
    )
    .use(
      createInstructionRouter({
        ...{ board, ledger, config, zone, now, record, isOwner, nameOf },
        people: staff.people,
        day: staff.day,
      }),
    )
    .use(
      createFollowupRouter({
        ...{ board, ledger, config, zone, demo, now, record, nameOf },
        lamps: options.lamps,
        people: staff.people,
        day: staff.day,
        owners: () => listOwners(options),
      }),
    )
    .use(
      createReportRouter({
        read: reports.read,
        files: reports.files,
        config,
        zone,
        now,
      }),
    )
    .use(createWordsRouter({ words: reports.words, people: staff.people, day: staff.day }))
    .use(createSectionsRouter({ setup: options.setup, people: staff.people, config, day: staff.day }))
    .use(
      createSendingRouter({
        ...{ config, zone, demo, now, setup: options.setup, sender: options.sender, secrets: options.secrets },
        people: staff.people,
        day: staff.day,
        nameOf: (one) => nameOf(one) ?? one,
      }),
    )
    .use(
      createRobotRouter({
        ...{ notifier: options.notifier, secrets: options.secrets, now, people: staff.people, day: staff.day },
        isStation: (one) => config().stations.has(one),
      }),
    )
    .use(createPastRouter({ hall: options.id, board, zone, demo, now, players }))
    .use(createFrozenRouter({ board, ledger, config, now }))
    .use(createRowsRouter({ board, ledger, config, zone, demo, now, nameOf, labelOf }));
}

/** Signing in, accounts, who did what, and the desk. */
function createStaffRouter(options: HallAppOptions, addressFor: (request: Request) => string): Router {
  const { id, demo, doors, config, now, ledger, access, guesses, staff, offers, isPractice, practiceHall } = options;
  const { accounts, people, cookie, day } = staff;
  const stations = () => listStations(config(), day());
  const shared = { accounts, people, day };
  const nameOf = (one: string) =>
    access.accounts.account(one)?.name ?? config().profile.staff.find((entry) => entry.id === one)?.name;
  return (isPractice ? refuseAccountChanges() : Router())
    .use(
      createSessionRouter({
        ...shared,
        guesses,
        cookie,
        cookiePath: cookiePath(doors.base),
        readVisitor: doors.readVisitor,
        hall: () => {
          const { name, setUp } = config().profile;
          const practiceId = practiceHall();
          return {
            id,
            name: name.zh,
            demo,
            practice: isPractice,
            ...(practiceId === undefined ? {} : { practiceHall: practiceId }),
            ...(setUp === 'done' ? {} : { settingUp: true }),
          };
        },
        now,
        timeZone: () => config().profile.timeZone,
        stations,
        offers,
      }),
    )
    .use(
      createAccountsRouter({
        ...shared,
        access,
        stations,
        roster: () => config().profile.staff.filter((entry) => isInForce(entry, day())),
        addressOf: addressFor,
        handOn: (from, to, by) => handOn(options, from, to, by),
        countInHand: (one) => countInHand(options.board, one),
        leaveWindows: (one, by) => options.queue.leave(one, { kind: 'staff', id: by }),
      }),
    )
    .use(createAuditRouter({ people, ledger, day, nameOf }))
    .use(
      createChecksRouter({
        ...{ people, board: options.board, ledger, config, zone: options.zone, demo, now, day },
        record: options.record,
        nameOf: options.nameOf,
        owners: () => listOwners(options),
        wordsOf: (complaint) => options.voices.find('complaint', complaint)?.words,
      }),
    )
    .use(
      createKeysRouter({
        ...{ hall: id, access, people, day },
        hasWindow: (one) => config().profile.windows.some((window) => window.id === one),
        hasStation: (one) => config().stations.has(one),
      }),
    )
    .use(createSetupRouter({ setup: options.setup, people, day }))
    .use(
      createSettingsRouter({
        ...{ setup: options.setup, board: options.board, people, day, now: options.now },
        ...{ lamps: options.lamps, candidatesUnder: options.candidatesUnder },
        outside: () => {
          const address = options.outside?.address;
          const place = buildSayPlace(undefined, { config: config(), demo, day: day(), outside: address });
          return address === undefined || place === undefined ? undefined : { address, stations: place.stations };
        },
        config,
        versions: createVersions({
          folder: join(options.folder, DOCUMENTS_FOLDER),
          ledger,
          present: (document) => options.setup.state().documents[document].value,
          nameOf: (one) => nameOf(one) ?? one,
        }),
      }),
    )
    .use(
      createReconcileRouter({
        people,
        reconciliations: options.reconciliations,
        config,
        zone: options.zone,
        now,
        nameOf,
        staff: () => options.listStaff().map(({ staff: one, name }) => ({ staff: one, name })),
      }),
    )
    .use(createImportsRouter({ people, day, imports: options.imports, folder: options.folder, zone: options.zone }))
    .use(
      createStarsRouter({
        ...{ people, ledger, config, demo, now, day, nameOf },
        ...{ board: options.board, record: options.record, zone: options.zone, setup: options.setup },
        candidates: options.candidates,
        folder: options.photographsFolder,
      }),
    )
    .use(createVoicesRouter(options))
    .use(createQueueRouter({ people, queue: options.queue, day, nameOf: (one) => nameOf(one) ?? one }));
}

/** Who works here today, leaders apart, and at which stations. */
function listOwners({ listStaff, assignmentsOf, staff }: HallAppOptions): Owner[] {
  return listStaff().flatMap(({ staff: id, name }) => {
    const posts = assignmentsOn(assignmentsOf(id), staff.day()).filter(({ role }) => role !== 'leader');
    const stations = posts.flatMap(({ station }) => (station === undefined ? [] : [station]));
    return posts.length === 0 ? [] : [{ id, name, stations }];
  });
}

/** What citizens say, for whoever reads and answers it. */
function createVoicesRouter(options: HallAppOptions): Router {
  const { ledger, board, record, config, zone, now, demo, isPractice, voices, voiceForm: form, staff } = options;
  const { accounts } = options.access;
  const owners = () =>
    options.listStaff().flatMap(({ staff: id, name }) => {
      const today = assignmentsOn(options.assignmentsOf(id), staff.day());
      const isEverywhere = today.some(({ role }) => role === 'manager');
      const stations = today.flatMap(({ role, station }) => (role === 'leader' || !station ? [] : [station]));
      if (isEverywhere) return [{ id, name, answers: true }];
      const answers = (station: string) => may(today, 'answer-voices', staff.day(), station);
      return [...new Set(stations)].map((station) => ({ id, name, station, answers: answers(station) }));
    });
  const nameOf = (one: string) =>
    options.listStaff().find(({ staff: id }) => id === one)?.name ?? accounts.account(one)?.name;
  return createVoiceRouter({
    ...{ form, config, zone, now, demo, isPractice, owners },
    people: staff.people,
    desk: createVoiceDesk({ store: voices, ledger, board, record, config, zone, now, owners, nameOf }),
  });
}

/** What citizens touch: the tablets at the windows, and whatever gives out numbers. */
function createPostRouter(options: HallAppOptions): Router {
  const { demo, doors, config, zone, now, board, guesses, rounds, queue, isOwnQueue, staff } = options;
  const door = { guesses, hostOf: (request: Request) => doors.readVisitor(request).host };
  const view = () => createView(board.state, config(), zone, demo);
  const say = createSayRouter({
    ...door,
    form: options.voiceForm,
    place: (station) =>
      buildSayPlace(station, { config: config(), demo, day: staff.day(), outside: options.outside?.address }),
  });
  return createRatingRouter({ ...door, rounds })
    .use(say)
    .use(
      createKioskRouter({
        ...door,
        async look(station) {
          await board.caughtUp();
          const numbered = queue.shown(station)?.numbered ?? new Map();
          return buildKiosk(view(), station, isOwnQueue(station, now()), numbered, now());
        },
        take: (request, actor) => queue.command('take', request, actor),
        waitOf: (station, ahead) => waitOf(view(), station, ahead),
      }),
    );
}
