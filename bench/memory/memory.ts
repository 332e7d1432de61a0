/**
 * Past moments and the rows behind a figure: how long a look takes wherever it goes in years of a hall, and how much longer
 * everybody else waits meanwhile.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SCENES } from '../../domain/board/topics/data.ts';
import { addDays, createZone, momentOf } from '../../domain/calendar/zone.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { openBoard } from '../../server/board/runtime.ts';
import type { Board } from '../../server/board/board.ts';
import type { RowQuery } from '../../domain/rows/query.ts';
import type { Ledger } from '../../server/ledger/port.ts';
import { openSqliteLedger } from '../../server/ledger/sqlite/engine.ts';
import type { BenchContext } from '../context.ts';
import { longestPause } from '../pauses.ts';
import { makeEvents, EVENTS_A_VISIT, type History } from '../questions/history.ts';
import { readSeedConfig } from '../seed-config.ts';
import { printLine, writeSpread } from '../stats.ts';

const SIZES: Readonly<Record<BenchContext['size'], History>> = {
  full: { from: '2018-01-01', days: 3_000, visitsADay: 56 },
  small: { from: '2018-01-01', days: 60, visitsADay: 3 },
};
const LARGE: History = { from: '2008-01-01', days: 6_000, visitsADay: 278 };
const zone = createZone('Asia/Shanghai');
/** Days a round looks at, each for the first time. */
const SEEKS = 20;
/** A page that plays asks at most twice a second. */
const BETWEEN_LOOKS_MS = 500;
/** Steps of one that plays within a day. */
const STEPS = 30;
const BATCH = 5_000;

export async function benchMemory({ root, folder, mainFile, size, isLarge, rounds }: BenchContext): Promise<void> {
  const history = isLarge ? LARGE : SIZES[size];
  const config = readSeedConfig(root);
  console.log(`memory: ${history.days} days, ${history.days * history.visitsADay * EVENTS_A_VISIT} events`);
  const place = join(folder, 'memory');
  mkdirSync(place, { recursive: true });
  const writerUrl = new URL('ledger-writer.js', `file://${mainFile}`);
  const open = (): Promise<Ledger> => openSqliteLedger({ folder: place, hall: config.profile.hall, zone, writerUrl });
  const filling = await open();
  if ((await filling.readHead()) === 0) await fill(filling, history, config);
  else await filling.close();

  const taken = new Map<string, number[]>();
  const note = (name: string, ms: number): void => void taken.set(name, [...(taken.get(name) ?? []), ms]);
  for (let round = 0; round < rounds; round++) {
    // Nothing is kept by a thread that has just begun.
    const ledger = await open();
    const board = await openBoard({ ledger, config, zone });
    const look = (day: number, minute: number, scene = 0): Promise<number> =>
      timed(() =>
        board.lookAt({
          ...{ at: momentOf(zone, addDays(history.from, day), minute), demo: false },
          topic: SCENES[scene % SCENES.length]!,
        }),
      );
    const dayOf = (i: number): number => ((round * 7 + i * 997) % (history.days - 1)) + 1;
    note('first look after a start', await look(dayOf(0), 660));
    for (let i = 1; i <= SEEKS; i++) {
      await sleep(BETWEEN_LOOKS_MS);
      note('a look at another day', await look(dayOf(i), 540 + ((i * 61) % 480), i));
    }
    for (let i = 0; i < STEPS; i++) note('a step within a day', await look(dayOf(3), 540 + i * 10));
    note('longest pause of a quiet loop', await longestPause(() => sleep(2_000)));
    note('longest pause while two seek', await longestPause(() => twoPlayers(look, dayOf)));
    const ask = async (): Promise<void> => {
      for (let i = 0; i < SEEKS; i++)
        for (const [name, query] of asked(history, dayOf(i)))
          note(`first page of rows, ${name}`, await timed(() => board.rows(query)));
    };
    note('longest pause while rows are asked for', await longestPause(ask));
    await close(board, ledger);
  }
  for (const [name, times] of taken) printLine(`${name}, ms`, writeSpread(times, 1));
}

/** What somebody who doubts a figure asks for, each with the longest way to its first page. */
function asked(history: History, day: number): [name: string, RowQuery][] {
  const date = addDays(history.from, day);
  const last = addDays(history.from, history.days - 1);
  const now = momentOf(zone, last, 17 * 60);
  const one = { now, part: 'n', order: 'newest', limit: 50 } as const;
  return [
    ['accepted of a day', { ...one, term: 'accepted', from: date, to: date }],
    ['poor ratings of all years', { ...one, term: 'poor', from: history.from, to: last }],
    ['overdue on the last day', { ...one, term: 'overdueOpen', from: last, to: last }],
    ['longest waits of a day', { ...one, term: 'wait', order: 'largest', from: date, to: date }],
    ['longest waits of a month', { ...one, term: 'wait', order: 'largest', from: addDays(date, -30), to: date }],
  ];
}

async function twoPlayers(
  look: (day: number, minute: number, scene: number) => Promise<number>,
  dayOf: (i: number) => number,
): Promise<void> {
  const play = async (player: number): Promise<void> => {
    for (let i = 0; i < SEEKS; i++) await look(dayOf(i * 2 + player), 600, i);
  };
  await Promise.all([play(0), play(1)]);
}

async function fill(ledger: Ledger, history: History, config: HallConfig): Promise<void> {
  const board = await openBoard({ ledger, config, zone });
  let batch: Parameters<Ledger['append']>[0][number][] = [];
  const flush = async (): Promise<void> => {
    await ledger.append(batch, 0, null);
    await board.caughtUp();
    batch = [];
  };
  for (const events of makeEvents(history, config, zone)) {
    batch.push(...events.map((event) => ({ event, timeGiven: true })));
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  await close(board, ledger);
}

async function close(board: Board, ledger: Ledger): Promise<void> {
  await board.close();
  await ledger.close();
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
