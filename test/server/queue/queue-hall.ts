// A hall's own queue on a real ledger in a folder, with a clock that tests set; what a desk sees is read as desks read it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as v from 'valibot';
import { createView } from '../../../domain/board/topics/view.ts';
import { createZone, dayOf } from '../../../domain/calendar/zone.ts';
import { buildDeskState } from '../../../domain/desk/state.ts';
import type { HallEvent, LedgerEvent } from '../../../domain/events/event.ts';
import type { EventData, EventType } from '../../../domain/events/schema.ts';
import { catalogueSchema, createHallConfig, profileSchema, type HallConfig } from '../../../domain/profile/profile.ts';
import { takesTickets } from '../../../domain/queue/station.ts';
import { QUEUE_SOURCE } from '../../../domain/queue/source.ts';
import type { DeskState, QueueCommand } from '../../../domain/wire/desk.ts';
import type { Board } from '../../../server/board/board.ts';
import { openBoard } from '../../../server/board/runtime.ts';
import { startHallDays, type HallDays } from '../../../server/jobs/hall-day.ts';
import type { Ledger } from '../../../server/ledger/port.ts';
import type { QueueRequests } from '../../../server/queue/commands.ts';
import { createQueue, type Queue } from '../../../server/queue/queue.ts';
import { createRecorder, withTime, type RecordEvents } from '../../../server/record.ts';
import { readDemoSeed } from '../../demo-seed.ts';
import { openInProcessLedger } from '../../property/in-process-ledger.ts';

/** A Monday; the doors are open from 9 to 12 and from 14 to 18. */
export const DAY = '2019-11-25';
export const at = (clock: string, day = DAY): number =>
  Date.parse(`${day}T${clock.length === 5 ? `${clock}:00` : clock}+08:00`);

export type Answer = Awaited<ReturnType<Queue['command']>>;
type Request<C extends QueueCommand> = Omit<QueueRequests[C], 'station'> & { readonly station?: string };
/** The profile as it lies in its file. */
export type Document = Record<string, unknown> & {
  readonly windows: Record<string, unknown>[];
  readonly stations: Record<string, unknown>[];
};

export interface QueueHall {
  readonly ledger: Ledger;
  readonly board: Board;
  now(): number;
  /** Of a station, the street hall where none is named, by `s01` where nobody else is; a second passes before each. */
  ask<C extends QueueCommand>(command: C, request: Request<C>, who?: string): Promise<Answer>;
  /** The number that was given. */
  take(request?: Request<'take'>): Promise<string>;
  /** The number that a window called, or why it called none. */
  call(window: string, who?: string): Promise<string>;
  /** An event of another system. */
  tell<T extends EventType>(type: T, data: EventData[T]): Promise<void>;
  desk(station?: string): DeskState;
  goTo(clock: string, day?: string): void;
  /** Somebody leaves, as a manager says. */
  leave(staff: string): Promise<void>;
  /** Lets the hall's day turn, as its job does. */
  turn(): Promise<void>;
  /** What the queue recorded, in the order of the ledger. */
  events(): Promise<readonly LedgerEvent[]>;
  /** The same, as type and number or window. */
  history(): Promise<string[]>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface QueueHallOptions {
  readonly profile?: (profile: Document) => void;
  /** Stations at which a queue machine gives the numbers; it may change. */
  readonly machines?: ReadonlySet<string>;
  /** Another system says what becomes of appointments. */
  readonly isKeptElsewhere?: boolean;
}

export async function openQueueHall({
  profile,
  machines = new Set(),
  isKeptElsewhere = false,
}: QueueHallOptions = {}): Promise<QueueHall> {
  const folder = mkdtempSync(join(tmpdir(), 'hallpulse-queue-'));
  const config = readConfig(profile);
  const zone = createZone(config.profile.timeZone);
  let now = at('09:30');
  let ids = 0;
  let ledger: Ledger;
  let board: Board;
  let record: RecordEvents;
  let queue: Queue;
  let days: HallDays;
  const isOwnQueue = (station: string, moment: number): boolean =>
    !machines.has(station) && takesTickets(config, station, dayOf(zone, moment));
  const isKeptHere = () => !isKeptElsewhere;
  const openDays = async (): Promise<void> => {
    days = await startHallDays({
      board,
      config: () => config,
      zone,
      now: () => now,
      untilMs: () => 3_600_000,
      record,
      beforeTurn: () => queue.endPast(),
      onError: (error) => {
        throw error;
      },
    });
    await board.caughtUp();
  };
  const open = async (): Promise<void> => {
    ledger = openInProcessLedger(config.profile.timeZone, join(folder, 'ledger.sqlite'), 'meilin');
    board = await openBoard({ ledger, config, zone });
    record = createRecorder({ ledger, board, now: () => now, onAppended: (events) => queue.hear(events) });
    queue = createQueue({ board, ledger, config: () => config, zone, now: () => now, record, isOwnQueue, isKeptHere });
    await queue.recall();
    await openDays();
  };
  const close = async (): Promise<void> => {
    await days.stop();
    await board.close();
    await ledger.close();
  };
  const numberIn = (done: Answer): string => (done.ok ? done.ticket!.number : done.reason);
  await open();
  const hall: QueueHall = {
    get ledger() {
      return ledger;
    },
    get board() {
      return board;
    },
    now: () => now,
    ask(command, request, who = 's01') {
      now += 1_000;
      return queue.command(command, { station: 'hall', ...request } as never, { kind: 'staff', id: who });
    },
    take: async (request = {}) => numberIn(await hall.ask('take', request)),
    call: async (window, who) => numberIn(await hall.ask('call', { window }, who)),
    async tell(type, data) {
      const event = { source: 'urn:test:machine', id: `m${ids++}`, type, at: now, data } as HallEvent;
      await record(withTime([event]), { kind: 'key', id: 'machine' });
      await board.caughtUp();
    },
    desk: (station = 'hall') =>
      buildDeskState(createView(board.state, config, zone, false), {
        station,
        now,
        isOwnQueue: isOwnQueue(station, now),
        feeds: {},
        book: queue.shown(station),
      }),
    goTo: (clock, day) => void (now = at(clock, day)),
    leave(staff) {
      now += 1_000;
      return queue.leave(staff, { kind: 'staff', id: 'manager' });
    },
    async turn() {
      await days.stop();
      await openDays();
    },
    events: async () => (await ledger.read(0, 100_000)).filter(({ source }) => source === QUEUE_SOURCE),
    async history() {
      return (await hall.events()).map(({ type, data }) => {
        const { ticket, window, status } = data as { ticket?: string; window?: string; status?: string };
        const about = ticket === undefined ? [window, status] : [ticket.split('/').at(-1)];
        return [type.slice('hall.'.length), ...about].filter(Boolean).join(' ');
      });
    },
    async restart() {
      await close();
      await open();
    },
    async close() {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return hall;
}

function readConfig(edit: ((profile: Document) => void) | undefined): HallConfig {
  const profile = readDemoSeed('profile') as Document;
  edit?.(profile);
  return createHallConfig(v.parse(profileSchema, profile), v.parse(catalogueSchema, readDemoSeed('catalogue')));
}
