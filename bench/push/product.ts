/** The product's own push: a board that folds real events, its publisher and its live namespace; only the ledger is left out. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { dayOpenedEvent } from '../../domain/calendar/hall-day.ts';
import { CellTable } from '../../domain/board/cells.ts';
import { createZone, dayOf } from '../../domain/calendar/zone.ts';
import type { HallEvent, LedgerEvent } from '../../domain/events/event.ts';
import { parseEvent } from '../../domain/events/parse.ts';
import type { Delta } from '../../domain/wire/protocol.ts';
import type { Board } from '../../server/board/board.ts';
import { openBoard } from '../../server/board/runtime.ts';
import { createGuesses } from '../../server/access/guesses.ts';
import { createVisitors } from '../../server/access/visitor.ts';
import type { Ledger } from '../../server/ledger/port.ts';
import { FLUSH_MS, Publisher, type Outlet } from '../../server/live/publisher.ts';
import { limitSessions } from '../../server/live/sessions.ts';
import { openLive } from '../../server/live/sockets.ts';
import { readSeedConfig } from '../seed-config.ts';
import { makeVisits, type CloudEvent } from '../visits.ts';

const EVENTS_A_FLUSH = 10;

let board: Board;
let seq = 0;
let deltas: Delta[] = [];
let sockets: Outlet;

export const pushProductHandlers = {
  async listen(root: string): Promise<number> {
    const zone = createZone('Asia/Shanghai');
    const config = readSeedConfig(root);
    board = await openBoard({ ledger: forgetfulLedger(), config, zone });
    const http = createServer();
    const publisher = new Publisher({
      hall: 'meilin',
      epoch: board.epoch,
      build: 'bench',
      zone,
      demo: false,
      now: Date.now,
      config: () => config,
      state: () => board.state,
    });
    board.subscribe({ onAdvance: () => publisher.advance() });
    publisher.connect({ emit: (delta) => deltas.push(delta), isWatched: () => false });
    openLive(http, {
      halls: [
        {
          id: 'meilin',
          read: () => ({ audience: 'management', tokenId: 'bench', wrong: [] }),
          guesses: createGuesses({ limit: 30, windowMs: 60_000, now: () => performance.now(), addressOf: () => '' }),
          snapshot: (topic) => publisher.snapshot(topic),
          heartbeat: () => publisher.heartbeat(),
          connect(outlet) {
            sockets = outlet;
            return publisher.connect(outlet);
          },
        },
      ],
      readVisitor: createVisitors(0),
      isOwnHost: () => true,
      limits: limitSessions(2 ** 32),
      tokenlessQueueLimit: 2 ** 28,
    });
    const today = dayOf(zone, Date.now());
    await feed([
      dayOpenedEvent({ hall: 'meilin', zone, hours: () => [['00:00', '23:59']], closesAt: undefined }, today),
    ]);
    return new Promise((resolve) => http.listen(0, '127.0.0.1', () => resolve((http.address() as AddressInfo).port)));
  },

  /** Folds events at the rhythm of the push and answers with the deltas that left, and the CPU time that all of it took. */
  async live({ flushes, tag }: { flushes: number; tag: string }): Promise<{ deltas: Delta[]; cpuMs: number }> {
    const events = makeVisits(flushes * EVENTS_A_FLUSH, tag, Date.now()).map(parse);
    deltas = [];
    const before = process.cpuUsage();
    for (let i = 0; i < flushes; i++) {
      await feed(events.slice(i * EVENTS_A_FLUSH, (i + 1) * EVENTS_A_FLUSH));
      await wait(FLUSH_MS + 5);
    }
    return { deltas, cpuMs: cpuMs(before) };
  },

  /** Sends again what was sent, as fast as it goes. */
  burst({ from, count }: { from: number; count: number }): void {
    for (let i = from; i < from + count; i++) sockets.emit(deltas[i % deltas.length]!);
  },
  cpu: (): number => cpuMs(),
};

function parse(input: CloudEvent): HallEvent {
  const parsed = parseEvent(input, { now: Date.now() });
  if (!parsed.ok) throw new Error(`the bench makes a bad event: ${parsed.field} ${parsed.reason}`);
  return parsed.event;
}

async function feed(events: readonly HallEvent[]): Promise<void> {
  board.feed(events.map((event): LedgerEvent => ({ ...event, seq: ++seq })));
  await board.caughtUp(seq);
}

export function cpuMs(since?: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** A ledger that keeps nothing, so that what is timed is the push. */
function forgetfulLedger(): Ledger {
  const nothing = () => Promise.reject(new Error('the bench keeps no ledger'));
  return {
    hall: 'meilin',
    ledgerId: 'bench',
    head: () => seq,
    readHead: () => Promise.resolve(seq),
    lastReceivedAt: nothing,
    onAppendedElsewhere: () => () => {},
    append: nothing,
    compare: nothing,
    read: () => Promise.resolve([]),
    readActors: () => Promise.resolve([]),
    actorsOf: () => Promise.resolve(new Map()),
    historyOf: (keys) => Promise.resolve(new Map(keys.map((key) => [key, []]))),
    latestOf: () => Promise.resolve(new Map()),
    entitiesOf: () => Promise.resolve([]),
    readSpan: () => Promise.resolve([]),
    find: () => Promise.resolve(undefined),
    readOf: () => Promise.resolve([]),
    onLost: () => undefined,
    loadFold: () => Promise.resolve(undefined),
    saveFold: () => Promise.resolve(),
    rows: nothing,
    tallyStars: nothing,
    lookAt: nothing,
    lifeOf: nothing,
    showFold: () => Promise.resolve(),
    dropFold: () => Promise.resolve(),
    sumRanges: ({ ids }) => Promise.resolve({ seq: 0, tables: new Map(ids.map((id) => [id, new CellTable()])) }),
    rowDigests: () => Promise.resolve(new Uint8Array()),
    heardIn: () => Promise.resolve([]),
    prepareMeasures: () => {},
    measure: () => Promise.reject(new Error('not asked for here')),
    figures: () => Promise.reject(new Error('not asked for here')),
    close: () => Promise.resolve(),
  };
}
