// A whole server in this process with a clock of its own: alarms are a matter of minutes, and tests have none.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { toAlarmCards } from '../../../domain/board/topics/alarms.ts';
import type { AlarmCard } from '../../../domain/board/topics/data-alarms.ts';
import { createView } from '../../../domain/board/topics/view.ts';
import type { LedgerEvent } from '../../../domain/events/event.ts';
import { openAccess, type Access } from '../../../server/access/access.ts';
import { openAlarmCodes } from '../../../server/alarms/codes.ts';
import { startServer, type RunningServer } from '../../../server/server.ts';
import { copyDemoSeed } from '../../demo-seed.ts';
import { KEY } from '../../e2e/product.ts';
import { postEvents, wireEvent } from '../../e2e/hall-client.ts';
import { openInProcessLedger } from '../../property/in-process-ledger.ts';

export interface AlarmHall {
  readonly url: string;
  readonly server: RunningServer;
  /** The hall's data folder. */
  readonly folder: string;
  access(): Access;
  now(): number;
  /** Sets the hall's clock and waits for two looks of the job, so that the second saw everything at that time. */
  goTo(clock: string): Promise<void>;
  /** At the hall's present moment, or at `clock` of its day. */
  tell(type: string, data: Record<string, unknown>, clock?: string): Promise<void>;
  alarms(): [string, AlarmCard][];
  /** The hall's own alarm events, in the order of the ledger. */
  history(): Promise<string[]>;
  /** The same, whole. */
  events(): Promise<LedgerEvent[]>;
  /** A window that has been at one ticket for 20 minutes, with three people waiting; raised at 10:20:40. */
  makeOvertime(): Promise<string>;
  /** The code that the picture of this alarm holds. */
  codeOf(id: string): string;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export const DAY = '2019-11-25';
export const at = (clock: string): number => Date.parse(`${DAY}T${clock.length === 5 ? `${clock}:00` : clock}+08:00`);

export interface AlarmHallOptions {
  /** Whether anybody in the network may read, as management. */
  readonly openReading?: boolean;
  readonly clock?: string;
  /** Where telephones find the hall; without it the server works it out. */
  readonly address?: string;
  /** The built pages; without it they are empty ones. */
  readonly pages?: { readonly folder: string; readonly build: string };
  /** Changes a document of the hall's seed before it is read. */
  readonly edit?: Readonly<Record<string, (document: Record<string, unknown>) => void>>;
}

export async function openAlarmHall(options: AlarmHallOptions = {}): Promise<AlarmHall> {
  const { openReading = true, clock = '10:00' } = options;
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-alarms-'));
  const { folder: clientFolder, build } = options.pages ?? { folder: join(folder, 'client'), build: 'test' };
  if (!options.pages)
    for (const page of ['wall', 'alarm']) {
      mkdirSync(join(clientFolder, page), { recursive: true });
      writeFileSync(join(clientFolder, page, 'index.html'), `<html><body>${page}</body></html>`);
    }
  const seedFolder = join(folder, 'seed');
  copyDemoSeed(seedFolder);
  for (const [name, change] of Object.entries(options.edit ?? {})) {
    const file = join(seedFolder, `${name}.json`);
    const document = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    change(document);
    writeFileSync(file, JSON.stringify(document));
  }
  let now = at(clock);
  let ids = 0;
  // The job asks how long to wait when a look is done, and at no other time; others ask for the time as well.
  let looks = 0;
  let isGoing = false;
  const open = (): Promise<RunningServer> =>
    startServer({
      port: 0,
      folder: join(folder, 'hall'),
      seedFolder,
      clientFolder,
      build,
      demo: false,
      openReading,
      ingestKey: KEY,
      trustProxy: 0,
      ...(options.address === undefined ? {} : { address: options.address }),
      clock: { now: () => now, untilMs: () => 3_600_000 },
      logger: pino({ level: 'silent' }),
      alarmLookMs: () => (looks++, isGoing ? 5 : 50),
      openLedger: ({ folder: place, hall, zone }) => {
        mkdirSync(place, { recursive: true });
        return Promise.resolve(openInProcessLedger(zone.name, join(place, 'test.sqlite'), hall));
      },
    });
  let server = await open();
  const hall: AlarmHall = {
    get url() {
      return server.url;
    },
    get server() {
      return server;
    },
    folder: join(folder, 'hall'),
    access: () => openAccess(join(folder, 'hall'), { now: Date.now }),
    now: () => now,
    async goTo(next) {
      now = at(next);
      isGoing = true;
      // One that had begun may have read the old time; two more have not.
      const before = looks;
      while (looks < before + 3) await new Promise((resolve) => setTimeout(resolve, 5));
      isGoing = false;
      await server.board.caughtUp();
    },
    async tell(type, data, when) {
      const { status } = await postEvents(server.url, wireEvent(`e${ids++}`, type, data, when ? at(when) : now));
      if (status !== 200) throw new Error(`the event was answered with ${status}`);
      await server.board.caughtUp();
    },
    alarms: () => Object.entries(toAlarmCards(createView(server.board.state, server.config, server.zone, false)).cards),
    async history() {
      return (await hall.events()).map(({ type, id }) => `${type} ${id}`);
    },
    async events() {
      const events: readonly LedgerEvent[] = await server.ledger.read(0, 10_000);
      return events.filter((event) => event.type.startsWith('hall.alarm.'));
    },
    async makeOvertime() {
      await hall.tell('hall.window.changed', { window: 'w03', station: 'hall', status: 'open' }, '09:00');
      await hall.tell('hall.ticket.taken', { ticket: 't1', station: 'hall' }, '09:55');
      await hall.tell('hall.ticket.called', { ticket: 't1', station: 'hall', window: 'w03' }, '10:00');
      await hall.goTo('10:20');
      for (const ticket of ['t2', 't3', 't4'])
        await hall.tell('hall.ticket.taken', { ticket, station: 'hall' }, '10:10');
      await hall.goTo('10:20:10');
      await hall.goTo('10:20:40');
      const [id] = hall.alarms()[0] ?? [];
      if (id === undefined) throw new Error('no alarm was raised');
      return id;
    },
    codeOf: (id) => openAlarmCodes(join(folder, 'hall')).codeOf(id),
    async restart() {
      await server.close();
      server = await open();
    },
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return hall;
}
