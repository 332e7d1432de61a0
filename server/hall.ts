/** One hall as a value: its ledger, documents, access, board, jobs, publisher and routes; several may stand in one process. */
import { join } from 'node:path';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { createView } from '../domain/board/topics/view.ts';
import { createZone, dayOf, type Zone } from '../domain/calendar/zone.ts';
import { buildDeskState } from '../domain/desk/state.ts';
import { readOwnFollowups } from '../domain/followups/own.ts';
import { feedsElsewhere } from '../domain/profile/feed-of.ts';
import type { HallConfig } from '../domain/profile/profile.ts';
import { takesTickets } from '../domain/queue/station.ts';
import { openAccess } from './access/access.ts';
import type { Doors } from './access/doors.ts';
import { createGuesses } from './access/guesses.ts';
import { nameCookie } from './access/cookies.ts';
import { createReaders, DISPLAY_COOKIE } from './access/readers.ts';
import type { Offer } from './access/session-route.ts';
import { findLead } from './access/find-lead.ts';
import { createStaff } from './access/staff.ts';
import type { AccountStore } from './access/account-store.ts';
import type { Passwords } from './access/passwords.ts';
import { BoardStopped, type Board } from './board/board.ts';
import { openBoard } from './board/runtime.ts';
import type { Clock } from './clock.ts';
import { followDocuments, putInForce, takeUp } from './documents/in-force.ts';
import { openFeedDesk } from './desk/feeds.ts';
import { openDocuments } from './documents/documents.ts';
import { createSetup } from './documents/setup.ts';
import { createFreezer, type Freezer, type FreezerOptions } from './frozen/freezer.ts';
import { startNotifier, type Notifier, type NotifierOptions } from './followups/notifier.ts';
import { startFollowupWatch, type FollowupWatch } from './followups/watch.ts';
import { createHallApp } from './hall-app.ts';
import { DOCUMENTS_FOLDER, PHOTOGRAPHS_FOLDER } from './hall-files.ts';
import { createHealth } from './health.ts';
import { startAccessChanges } from './jobs/access-changes.ts';
import { startAlarms } from './jobs/alarms.ts';
import { startHallDays, type HallDays } from './jobs/hall-day.ts';
import { startStars } from './jobs/stars.ts';
import type { Ledger } from './ledger/port.ts';
import { Publisher } from './live/publisher.ts';
import { readRecent } from './ratings/recent.ts';
import { createRounds } from './ratings/rounds.ts';
import { createImporter } from './imports/ask-importer.ts';
import { doJob } from './imports/do-job.ts';
import { openImports } from './imports/imports.ts';
import { createReconciler } from './reconcile/ask-reconciler.ts';
import { reconcile } from './reconcile/reconcile.ts';
import { openReconciliations } from './reconcile/reconciliations.ts';
import type { LiveHall } from './live/sockets.ts';
import { createQueue } from './queue/queue.ts';
import { createReports } from './reports/reports.ts';
import { createPrint, type PrintReport } from './reports/print.ts';
import { createSendMail } from './sending/mail.ts';
import { openSecrets } from './sending/secrets.ts';
import { startSender, type Sender } from './sending/sender.ts';
import { createRecorder, type RecordEvents } from './record.ts';
import { createMonthLamps } from './followups/month-lamps.ts';
import { createCandidates } from './stars/candidates.ts';
import { Stops } from './stops.ts';
import type { TrustOptions } from './tls/trust-route.ts';
import { createVoiceForm, type VoiceForm } from './voices/form.ts';
import type { OutsideSettings } from './settings.ts';
import { createOutsideApp } from './voices/outside.ts';
import { buildSayPlace } from './voices/place.ts';
import { openVoiceStore } from './voices/store.ts';

/** Between two looks for words that nobody read in time. */
const VOICES_LOOK_MS = 600_000;
/** Wrong keys, tokens and codes from one address. */
const GUESSES = { limit: 30, windowMs: 60_000 };

export interface HallOptions {
  /** The hall's own folder: ledger, access, documents. */
  readonly folder: string;
  readonly seedFolder: string;
  /** Outside `folder`: the key and the last entry of the frozen days. Without it no day is frozen. */
  readonly keysFolder?: string;
  readonly clientFolder: string;
  readonly build: string;
  readonly demo: boolean;
  readonly openReading: boolean;
  /** Where telephones find the server; without it the server works it out. */
  readonly address?: string;
  /** The listener outside the hall, for citizens; without it there is none. */
  readonly outside?: Pick<OutsideSettings, 'address' | 'trustProxy'>;
  /** What the page on trusting the hall tells; without it there is none to trust. */
  readonly trust?: TrustOptions;
  /** A first ingest key, for any source. */
  readonly ingestKey?: string;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly openLedger: (place: { folder: string; hall: string; zone: Zone }) => Promise<Ledger>;
  /** The built `reconciler.js`: exports are laid against the ledger in a thread of their own. Without it, in this one. */
  readonly reconcilerUrl?: URL;
  /** The built `importer.js`: files are brought in by a thread of their own. Without it, by this one. */
  readonly importerUrl?: URL;
  /** Between two looks for alarms, and at the hall's day, in real ms; shorter in tests. The first is asked each time. */
  readonly alarmLookMs?: () => number;
  readonly dayLookMs?: number;
  /** Between two looks for reports that are due, real ms; shorter in tests. */
  readonly sendingLookMs?: number;
  /** Between two looks for stars that are planned, real ms; shorter in tests. */
  readonly starsLookMs?: number;
  /** Between two looks at follow-ups, real ms; shorter in tests. */
  readonly followupLookMs?: number;
  /** How often robots of groups are told, and what a minute is to them; shorter in tests. */
  readonly notices?: Pick<NotifierOptions, 'lookMs' | 'timeoutMs' | 'windowMs'>;
  /** Told where the hall can only be served again by a new process. */
  readonly onLost?: (what: LostPart, error: Error) => void;
  /** Called once the board stands and before anybody is served. */
  readonly prepare?: (hall: HallCore) => Promise<void>;
  /** Of a practice hall: the folder of the hall that it is made of, whose people sign in here as well. */
  readonly practiceOf?: string;
  /** A report as PDF; without it there is none. */
  readonly print?: PrintReport;
  /** Of the demo: accounts that are ready. */
  readonly offerAccounts?: (store: AccountStore, passwords: Passwords, config: HallConfig) => Promise<Offer[]>;
}

/** Where a hall stands in its process. */
export interface HallPlace {
  readonly doors: Doors;
  /** Whether it is the one that is meant where none is named. */
  readonly isFirst: boolean;
  /** The id of the hall beside it in which its staff may practise, once there is one. */
  readonly practiceHall?: () => string | undefined;
}

/** What a process cannot do without. */
export type LostPart = 'board' | 'ledger';

/** What jobs and the demo may do with a hall. */
export interface HallCore {
  readonly config: HallConfig;
  readonly zone: Zone;
  readonly ledger: Ledger;
  readonly board: Board;
  readonly record: RecordEvents;
  /** What citizens say. */
  readonly voiceForm: VoiceForm;
}

export interface Hall extends HallCore {
  readonly id: string;
  /** Everything that it answers over HTTP. */
  readonly app: Express;
  /** What it answers outside the hall; absent where it is not there. */
  readonly outside?: Express;
  /** What it has for the sockets. */
  readonly live: LiveHall;
  /** Resolves after so many further looks at the hall's day. */
  looks(count: number): Promise<void>;
  /** The one-time code of the first administrator; absent where there is one. */
  readonly setUpCode: string | undefined;
  /** To be called once nobody is served any more. */
  close(): Promise<void>;
}

/** Starts in the order in which parts lean on one another; what was started ends again where a later part fails. */
export async function startHall(options: HallOptions, place: HallPlace): Promise<Hall> {
  const stops = new Stops();
  try {
    return await buildHall(options, place, stops);
  } catch (error) {
    await stops.run().catch(() => undefined);
    throw error;
  }
}

async function buildHall(
  options: HallOptions,
  { doors, isFirst, practiceHall }: HallPlace,
  stops: Stops,
): Promise<Hall> {
  const { folder, clock, logger, build, demo } = options;
  const { now } = clock;
  const documents = await openDocuments({ folder: join(folder, DOCUMENTS_FOLDER), seedFolder: options.seedFolder });
  stops.add(() => documents.close());
  for (const problem of documents.problems) logger.warn({ problem }, 'document repaired from its last good copy');
  const id = documents.config.profile.hall;
  const zone = createZone(documents.config.profile.timeZone);
  const lose = (what: LostPart, error: Error): void => {
    logger.fatal({ err: error, what }, 'what is shown can no longer follow the ledger');
    options.onLost?.(what, error);
  };

  const ledger = await options.openLedger({ folder, hall: id, zone });
  stops.add(() => ledger.close());
  ledger.onLost((error) => lose('ledger', error));
  // Before this start writes anything by a clock that may be wrong.
  const lastHeardAt = await ledger.lastReceivedAt();
  const machineNow = () => Date.now();
  const access = openAccess(folder, {
    now: machineNow,
    ...(options.ingestKey ? { firstKey: { secret: options.ingestKey, hall: id } } : {}),
  });
  stops.add(() => access.close());
  const board = await openBoard({
    ledger,
    config: documents.config,
    zone,
    keepsClosings: options.keysFolder !== undefined,
    onTrouble: (error, what) => logger.error({ err: error, what }, 'the board met something it cannot do now'),
  });
  stops.add(() => board.close());
  stops.add(board.subscribe({ onFailure: (error) => lose('board', error) }));
  const inForce = putInForce(documents.config, board);
  const { config } = inForce;
  const record = createRecorder({
    ledger,
    board,
    now,
    onAppended: (events) => {
      queue.hear(events);
      rounds.hear(events, now());
      followups?.hear(events);
    },
  });
  let followups: FollowupWatch | undefined;
  const feeds = await openFeedDesk({ ledger, profile: () => config().profile, zone, now, record });
  const rounds = createRounds({
    config,
    zone,
    now,
    untilMs: (at) => clock.untilMs(at),
    record,
    isRatedHere: (station, at) => feedsElsewhere(feeds.read(), station, at).ratings === undefined,
    findWindow: (ticket) => board.state.entries.ticket.get(ticket)?.window,
    onError: (error) => logger.error({ err: error }, 'what nobody rated could not be recorded'),
  });
  stops.add(() => rounds.stop());
  const isOwnQueue = (station: string, at: number): boolean =>
    takesTickets(config(), station, dayOf(zone, at)) && feedsElsewhere(feeds.read(), station, at).tickets === undefined;
  const queue = createQueue({
    board,
    ledger,
    config,
    zone,
    now,
    record,
    isOwnQueue,
    isKeptHere: (station, at) => feedsElsewhere(feeds.read(), station, at).appointments === undefined,
  });
  await queue.recall();
  rounds.recall(await readRecent(ledger, zone, now()));
  const isPractice = options.practiceOf !== undefined;
  const home = isPractice ? openAccess(options.practiceOf!, { now: machineNow }) : access;
  if (isPractice) stops.add(() => home.close());
  const staff = createStaff({
    access: home,
    doors,
    config,
    zone,
    now,
    machineNow,
    ...(isFirst ? {} : { furtherHall: id }),
  });
  const offers = (await options.offerAccounts?.(home.accounts, doors.passwords, documents.config)) ?? [];
  const setUpCode = isPractice ? undefined : staff.accounts.issueSetUp();
  const core: HallCore = {
    get config() {
      return config();
    },
    zone,
    ledger,
    board,
    record,
    get voiceForm() {
      return voiceForm;
    },
  };
  const reconciliations = await openReconciliations({
    folder,
    ledger,
    record,
    config,
    zone,
    now,
    ask: options.reconcilerUrl === undefined ? reconcile : createReconciler(options.reconcilerUrl),
  });
  stops.add(() => reconciliations.close());
  const imports = openImports({
    ...{ folder, ledger, record, config, zone, now },
    feeds: () => feeds.read(),
    ask: options.importerUrl === undefined ? doJob : createImporter(options.importerUrl),
    onError: (error) => logger.error({ err: error }, 'a file could not be brought in'),
  });
  stops.add(() => imports.close());
  const voices = openVoiceStore(folder);
  stops.add(() => voices.close());
  const voiceForm = createVoiceForm({ store: voices, ledger, record, config, now });
  await voiceForm.settle();
  const expiring = setInterval(() => voiceForm.expire(), VOICES_LOOK_MS);
  stops.add(() => clearInterval(expiring));
  const reports = createReports({
    ...{ board, ledger, config, zone, demo, now, record, reconciliations },
    nameOf: (one) => access.accounts.account(one)?.name ?? one,
    print: options.print ?? createPrint({ clientFolder: options.clientFolder, browser: undefined }),
  });
  const photographsFolder = join(folder, PHOTOGRAPHS_FOLDER);
  const candidatesBy = (rules: () => HallConfig) =>
    createCandidates({
      ...{ board, config: rules, now, day: staff.day },
      accountOf: (one) => {
        const account = home.accounts.account(one);
        return account && (account.endedAt === null ? 'open' : 'ended');
      },
    });
  const candidates = candidatesBy(config);
  const lamps = createMonthLamps({ ledger, zone });
  const secrets = openSecrets(folder);
  let sender: Sender | undefined;
  let notifier: Notifier | undefined;
  /** What works by the board: the hall's day, its alarms, and what it sends. */
  const startJobs = async (): Promise<HallDays> => {
    await options.prepare?.(core);
    const freezer = startFreezer({ ...options, ledger, board, config, zone, now, record });
    if (freezer) stops.add(() => freezer.stop());
    const days = await startHallDays({
      board,
      config,
      zone,
      now,
      untilMs: (at) => clock.untilMs(at),
      record,
      onError: (error) => logger.error({ err: error }, 'the hall day could not be written'),
      beforeTurn: () => queue.endPast(),
      ...(freezer ? { afterTurn: () => freezer.freeze() } : {}),
      ...(options.dayLookMs === undefined ? {} : { lookMs: options.dayLookMs }),
    });
    stops.add(() => days.stop());
    await board.caughtUp();
    const alarms = startAlarms({
      board,
      config,
      zone,
      now,
      record,
      onError: (error) => logger.error({ err: error }, 'an alarm could not be written'),
      ...(options.alarmLookMs === undefined ? {} : { lookMs: options.alarmLookMs }),
    });
    stops.add(() => alarms.stop());
    const stars = startStars({
      ...{ board, ledger, record, candidates, now, folder: photographsFolder },
      onError: (error) => logger.error({ err: error }, 'a star that was planned could not be published now'),
      ...(options.starsLookMs === undefined ? {} : { lookMs: options.starsLookMs }),
    });
    stops.add(() => stars.stop());
    const watch = startFollowupWatch({
      board,
      ledger,
      config,
      zone,
      now,
      record,
      leadOf: (station, rated) => findLead(home.accounts, station, staff.day(), rated),
      onError: (error) => logger.error({ err: error }, 'a follow-up could not be written'),
      ...(options.followupLookMs === undefined ? {} : { lookMs: options.followupLookMs }),
    });
    stops.add(() => watch.stop());
    followups = watch;
    // Nothing leaves a hall in which people practise.
    if (!isPractice) {
      const sending = startSender({
        ledger,
        record,
        config,
        zone,
        now,
        passedMs: () => clock.passedMs?.() ?? performance.now(),
        lastHeardAt,
        read: reports.read,
        files: reports.files,
        secrets,
        sendMail: createSendMail(),
        dataFolder: folder,
        onError: (error) => logger.error({ err: error }, 'a report could not be sent now'),
        ...(options.sendingLookMs === undefined ? {} : { lookMs: options.sendingLookMs }),
      });
      stops.add(() => sending.stop());
      sender = sending;
      const told = startNotifier({
        board,
        ledger,
        record,
        config,
        zone,
        now,
        machineNow,
        secrets,
        nameOf: (one) => home.accounts.account(one)?.name,
        onError: (error) => logger.error({ err: error }, 'a notice could not be sent now'),
        ...options.notices,
      });
      stops.add(() => told.stop());
      notifier = told;
    }
    return days;
  };
  let jobs: Promise<HallDays>;
  if (board.recount) {
    // Events are taken in meanwhile; walls keep what they show.
    logger.warn({ ...board.recount }, 'all events are counted anew, as after an update; walls wait until that is done');
    jobs = board.ready.then(startJobs);
    jobs.catch((error: unknown) => {
      // A board that has stopped says so itself, and one that was closed is nobody's loss.
      if (!(error instanceof BoardStopped) && board.failure === undefined) lose('board', error as Error);
    });
  } else {
    jobs = startJobs();
    await jobs;
  }

  const publisher = new Publisher({
    hall: id,
    epoch: board.epoch,
    build,
    zone,
    demo,
    now,
    config,
    state: () => board.state,
    onTrouble: (error, topic) => logger.error({ err: error, topic }, 'a topic cannot be built; the others go on'),
  });
  stops.add(() => publisher.close());
  stops.add(board.subscribe({ onAdvance: () => publisher.advance() }));
  const health = createHealth({ hall: id, build, board, ledger, publisher, now, config, zone });
  const guesses = createGuesses({
    ...GUESSES,
    now: () => performance.now(),
    addressOf: (request) => doors.readVisitor(request).address,
    onLocked: (address) => logger.warn({ address }, 'too many wrong keys or tokens from one address'),
  });
  const readers = createReaders({
    hall: id,
    cookie: nameCookie(DISPLAY_COOKIE, isFirst ? undefined : id),
    base: doors.base,
    isOpen: options.openReading,
    findDisplay: (token) => access.findDisplayToken(token),
    findPerson: (cookie) => staff.people.read(cookie),
    day: staff.day,
    guesses,
  });
  const following = { documents, inForce, record, now, logger };
  const setup = createSetup({
    documents,
    takeUp: (document, by) => takeUp(following, document, { kind: 'staff', id: by }),
    stationsInUse: () => staff.accounts.stationsFromToday(),
    isAtWork: () => board.state.heardAt.size > 0,
  });
  const app = createHallApp({
    ...options,
    ...core,
    id,
    config,
    now,
    doors,
    access,
    publisher,
    health,
    guesses,
    readers,
    rounds,
    queue,
    isOwnQueue,
    feeds,
    reconciliations,
    imports,
    candidates,
    candidatesUnder: (other) => (other === config() ? candidates : candidatesBy(() => other)),
    lamps,
    photographsFolder,
    assignmentsOf: (one) => home.accounts.assignmentsOf(one),
    listStaff: () => home.accounts.accounts().filter(({ endedAt }) => endedAt === null),
    nameOf: (one) => home.accounts.account(one)?.name,
    staff,
    offers,
    isPractice,
    practiceHall: practiceHall ?? (() => undefined),
    setup,
    reports,
    sender: () => sender,
    notifier: () => notifier,
    secrets,
    voices,
    voiceForm,
  });
  const { outside } = options;
  stops.add(followDocuments(following));
  // Of a practice hall's people it is their own hall that is told.
  if (!isPractice) {
    const changes = startAccessChanges({
      store: access.accounts,
      record,
      now,
      machineNow,
      onError: (error) => logger.error({ err: error }, 'a change of access could not be told to the ledger'),
    });
    stops.add(() => changes.stop());
  }

  return {
    id,
    get config() {
      return config();
    },
    zone,
    ledger,
    board,
    record,
    voiceForm,
    app,
    ...(outside
      ? {
          outside: createOutsideApp({
            ...outside,
            form: voiceForm,
            place: () =>
              buildSayPlace(undefined, { config: config(), demo, day: staff.day(), outside: outside.address })!,
            clientFolder: options.clientFolder,
            logger,
          }),
        }
      : {}),
    live: {
      id,
      read: (presented) => readers.read(presented),
      guesses,
      snapshot: (topic) => (health.canFollow() ? publisher.snapshot(topic) : undefined),
      recount: () => board.recount,
      isFailing: (topic) => publisher.isFailing(topic),
      heartbeat: () => {
        if (board.recount) return publisher.heartbeatOf(board.recount);
        return health.canFollow() ? publisher.heartbeat() : undefined;
      },
      connect: (outlet) => publisher.connect(outlet),
      tablets: { id, config, demo, now, rounds },
      desk: {
        id,
        findPerson: (cookie) => staff.people.read(cookie),
        ofSession: (session) => staff.people.ofSession(session),
        day: staff.day,
        isStation: (station) => config().stations.has(station),
        stateOf(station) {
          if (!health.canFollow()) return undefined;
          const at = now();
          const nameOf = (one: string) => home.accounts.account(one)?.name;
          const elsewhere = feedsElsewhere(feeds.read(), station, at);
          const isOwn = isOwnQueue(station, at);
          const context = { station, now: at, isOwnQueue: isOwn, feeds: elsewhere, book: queue.shown(station), nameOf };
          return buildDeskState(createView(board.state, config(), zone, demo), context);
        },
        ownOf: (people) =>
          health.canFollow() ? readOwnFollowups(createView(board.state, config(), zone, demo), people) : undefined,
        onChange: (listener) => board.subscribe({ onAdvance: () => listener() }),
      },
    },
    looks: async (count) => (await jobs).looks(count),
    setUpCode,
    close: () => stops.run(),
  };
}

/** Closed days are frozen where there is a place for the key that seals them; a hall is served with or without it. */
function startFreezer({
  folder,
  keysFolder,
  logger,
  ...parts
}: Pick<HallOptions, 'folder' | 'keysFolder' | 'logger'> &
  Omit<FreezerOptions, 'keysFolder' | 'documentsFolder' | 'onTrouble' | 'onBroken'>): Freezer | undefined {
  if (keysFolder === undefined) return undefined;
  return createFreezer({
    ...parts,
    keysFolder,
    documentsFolder: join(folder, DOCUMENTS_FOLDER),
    onTrouble: (error) => logger.warn({ err: error }, 'days that are closed are not frozen for now'),
    onBroken: (reason) =>
      logger.error({ reason }, 'the chain of frozen days had to begin anew: npm run audit tells what is wrong'),
  });
}
