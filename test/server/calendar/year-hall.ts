// A whole server in this process whose clock stands in any year, with or without a calendar document of its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { addDays, createZone, weekdayOf } from '../../../domain/calendar/zone.ts';
import { startServer, type RunningServer } from '../../../server/server.ts';
import { postEvents, readBoard, wireEvent } from '../../e2e/hall-client.ts';
import { findRoot, KEY } from '../../e2e/product.ts';
import { openInProcessLedger, type InProcessLedger } from '../../property/in-process-ledger.ts';

export const zone = createZone('Asia/Shanghai');

export interface YearHall {
  readonly url: string;
  readonly server: RunningServer;
  readonly ledger: InProcessLedger;
  /** The hall's clock, epoch ms. */
  now: number;
  /** At the hall's present moment, or at `at`. */
  tell(type: string, data: Record<string, unknown>, at?: number): Promise<void>;
  /** What a topic holds. */
  read<T>(topic: string): Promise<T>;
  /** Edits the hall's own calendar, as somebody with an editor would. */
  write(document: object): void;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface YearHallOptions {
  /** Epoch ms. */
  readonly at: number;
  readonly calendar?: object;
  /** The built pages; without them they are empty ones. */
  readonly pages?: { readonly folder: string; readonly build: string };
}

export async function openYearHall({ at, calendar, pages }: YearHallOptions): Promise<YearHall> {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-years-'));
  const { folder: clientFolder, build } = pages ?? { folder: join(folder, 'client'), build: 'test' };
  if (!pages) {
    mkdirSync(join(clientFolder, 'wall'), { recursive: true });
    writeFileSync(join(clientFolder, 'wall/index.html'), '<html><body></body></html>');
  }
  const write = (document: object) => {
    mkdirSync(join(folder, 'documents'), { recursive: true });
    writeFileSync(join(folder, 'documents/calendar.json'), JSON.stringify(document));
  };
  if (calendar) write(calendar);
  let ids = 0;
  let ledger: InProcessLedger;
  const open = (): Promise<RunningServer> =>
    startServer({
      port: 0,
      folder,
      seedFolder: join(findRoot(), 'data/halls/meilin'),
      clientFolder,
      build,
      demo: false,
      openReading: true,
      ingestKey: KEY,
      trustProxy: 0,
      clock: { now: () => hall.now, untilMs: (moment) => moment - hall.now },
      logger: pino({ level: 'silent' }),
      alarmLookMs: () => 25,
      dayLookMs: 5,
      openLedger: (place) => {
        ledger = openInProcessLedger(place.zone.name, join(place.folder, 'ledger.sqlite'), place.hall);
        return Promise.resolve(ledger);
      },
    });
  let server: RunningServer;
  const hall: YearHall = {
    get url() {
      return server.url;
    },
    get server() {
      return server;
    },
    get ledger() {
      return ledger;
    },
    now: at,
    async tell(type, data, when = hall.now) {
      const { status } = await postEvents(server.url, wireEvent(`y${ids++}`, type, data, when));
      if (status !== 200) throw new Error(`the event was answered with ${status}`);
    },
    read: async <T>(topic: string) => (await readBoard(server.url, topic)).data as unknown as T,
    write,
    async restart() {
      await server.close();
      server = await open();
    },
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  server = await open();
  return hall;
}

/** The first day from `from` on with this weekday, 1 Monday to 7 Sunday. */
export function firstWeekday(from: string, weekday: number): string {
  let day = from;
  while (weekdayOf(day) !== weekday) day = addDays(day, 1);
  return day;
}

/** Resolves once `check` no longer throws; a watched document and a job that looks are soon, and tell nobody. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  for (const until = Date.now() + 15_000; ;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
