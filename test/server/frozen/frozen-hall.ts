// A hall whose days are closed and frozen, on a real ledger in a file, under a clock that tests set; and the audit of it.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { nextTurn } from '../../../domain/calendar/hall-day.ts';
import { createZone, type Zone } from '../../../domain/calendar/zone.ts';
import type { HallEvent, LedgerEventOf } from '../../../domain/events/event.ts';
import type { EventData, EventType } from '../../../domain/events/schema.ts';
import type { HallConfig } from '../../../domain/profile/profile.ts';
import type { Board } from '../../../server/board/board.ts';
import { openBoard } from '../../../server/board/runtime.ts';
import { auditFrozenDays, type FrozenAudit } from '../../../server/frozen/audit.ts';
import { createFreezer, type Freezer } from '../../../server/frozen/freezer.ts';
import { readChainProof } from '../../../server/frozen/keys.ts';
import { startHallDays, type HallDays } from '../../../server/jobs/hall-day.ts';
import { openReadingLedger } from '../../../server/ledger/sqlite/reading-ledger.ts';
import { createRecorder, withTime, type RecordEvents } from '../../../server/record.ts';
import { openInProcessLedger, type InProcessLedger } from '../../property/in-process-ledger.ts';
import { createSmallHall } from '../../property/hall.ts';

const ZONE = 'Asia/Shanghai';

export type Frozen = LedgerEventOf<'hall.day.frozen'>;

export interface FrozenHall {
  /** Holds `ledger.sqlite`, `documents` and, beside them, `keys`. */
  readonly folder: string;
  readonly keysFolder: string;
  readonly zone: Zone;
  readonly ledger: InProcessLedger;
  readonly board: Board;
  readonly freezer: Freezer;
  /** What kept a day from being frozen, and why the chain had to begin anew. */
  readonly troubles: string[];
  readonly broken: string[];
  config: HallConfig;
  now(): number;
  /** Goes to a moment of local time, such as `2019-11-25 09:00`, and looks at the day there. */
  goTo(when: string): Promise<void>;
  /** Runs from where the clock stands to a moment, with each turn of the day between. */
  runTo(when: string): Promise<void>;
  /** An event of a sender. */
  tell<T extends EventType>(type: T, when: string, data: EventData[T], source?: string): Promise<number>;
  accept(id: string, when: string, station?: string): Promise<number>;
  frozen(): Promise<Frozen[]>;
  begun(): Promise<string[]>;
  stop(): Promise<void>;
  /** Stops and starts, as after an update; `between` is done while nothing runs. */
  restart(between?: () => void): Promise<void>;
  /** Changes the ledger's file by hand. */
  tamper(sql: string, ...values: (string | number)[]): void;
  audit(): Promise<FrozenAudit>;
  close(): Promise<void>;
}

export const at = (when: string): number => Date.parse(`${when.replace(' ', 'T')}:00+08:00`);

export async function openFrozenHall(
  options: { readonly copyOf?: FrozenHall; readonly mostKept?: number } = {},
): Promise<FrozenHall> {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-frozen-'));
  if (options.copyOf) cpSync(options.copyOf.folder, folder, { recursive: true });
  const keysFolder = join(folder, 'keys');
  const zone = createZone(ZONE);
  const { mostKept = 100_000 } = options;
  let now = options.copyOf ? options.copyOf.now() : at('2019-11-25 09:00');
  let isRunning = false;
  let ids = options.copyOf ? 1_000 : 0;
  let ledger: InProcessLedger;
  let board: Board;
  let record: RecordEvents;
  let freezer: Freezer;
  let days: HallDays | undefined;
  const troubles: string[] = [];
  const broken: string[] = [];
  const rethrow = (error: unknown): never => {
    throw error;
  };
  const look = async (): Promise<void> => {
    await days?.stop();
    days = await startHallDays({
      board,
      config: () => hall.config,
      zone,
      now: () => now,
      untilMs: () => 3_600_000,
      record,
      afterTurn: () => freezer.freeze(),
      onError: rethrow,
    });
    await freezer.settled();
    await board.caughtUp();
  };
  const open = async (): Promise<void> => {
    ledger = openInProcessLedger(ZONE, join(folder, 'ledger.sqlite'));
    board = await openBoard({ ledger, config: hall.config, zone, keepsClosings: true, mostKept });
    record = createRecorder({ ledger, board, now: () => now });
    freezer = createFreezer({
      ledger,
      board,
      config: () => hall.config,
      zone,
      now: () => now,
      record,
      keysFolder,
      documentsFolder: join(folder, 'documents'),
      onTrouble: ({ message }) => troubles.push(message),
      onBroken: (reason) => broken.push(reason),
    });
    isRunning = true;
    await look();
  };
  const stop = async (): Promise<void> => {
    if (!isRunning) return;
    isRunning = false;
    await days?.stop();
    days = undefined;
    await freezer.stop();
    await board.close();
    await ledger.close();
  };
  const own = async () => {
    const events = await ledger.read(0, 1_000_000);
    return events.filter(({ source }) => source === 'urn:hallpulse:hall');
  };
  const hall: FrozenHall = {
    folder,
    keysFolder,
    zone,
    troubles,
    broken,
    now: () => now,
    config: createSmallHall(ZONE, '2019-11-25'),
    get ledger() {
      return ledger;
    },
    get board() {
      return board;
    },
    get freezer() {
      return freezer;
    },
    async goTo(when) {
      now = at(when);
      await look();
    },
    async runTo(when) {
      const end = at(when);
      for (;;) {
        const next = nextTurn({ zone, closesAt: hall.config.profile.closesAt }, now);
        now = Math.min(next, end);
        await look();
        if (now === end) return;
      }
    },
    async tell(type, when, data, source = 'urn:test:cases') {
      const event = { source, id: `e${ids++}`, type, at: at(when), data } as HallEvent;
      const [outcome] = await record(withTime([event]), { kind: 'key', id: 'test' });
      await board.caughtUp();
      return (outcome as { seq: number }).seq;
    },
    accept: (id, when, station = 'hall') =>
      hall.tell('hall.case.accepted', when, { case: id, station, channel: 'window', item: 'x1' }),
    frozen: async () => (await own()).filter((event): event is Frozen => event.type === 'hall.day.frozen'),
    begun: async () =>
      (await own()).flatMap((event) => (event.type === 'hall.day.chain-begun' ? [event.data.reason] : [])),
    stop,
    async restart(between) {
      await stop();
      between?.();
      await open();
    },
    tamper(sql, ...values) {
      const db = new DatabaseSync(join(folder, 'ledger.sqlite'));
      db.prepare(sql).run(...values);
      db.close();
    },
    async audit() {
      const reading = openReadingLedger(folder);
      try {
        const { db, meta, reader } = reading;
        const { head } = db.prepare('SELECT max(seq) AS head FROM events').get() as { head: number };
        const proof = (() => {
          try {
            return readChainProof(keysFolder, meta.hall);
          } catch (error) {
            return (error as Error).message;
          }
        })();
        const documentsFolder = join(folder, 'documents');
        return await auditFrozenDays({ ledger: reader, ledgerId: meta.ledgerId, head, zone, documentsFolder, proof });
      } finally {
        reading.close();
      }
    },
    async close() {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  if (!options.copyOf) await open();
  return hall;
}
