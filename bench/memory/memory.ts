/** Past moments: how long a look takes wherever it goes in years of a hall, and how much longer everybody else waits meanwhile. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SCENES } from '../../domain/board/topics/data.ts';
import { addDays, createZone, momentOf } from '../../domain/calendar/zone.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import { openBoard } from '../../server/board/runtime.ts';
import type { Board } from '../../server/board/board.ts';
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
const zone = createZone('Asia/Shanghai');
/** Days a round looks at, each for the first time. */
const SEEKS = 20;
/** Steps of one that plays within a day. */
const STEPS = 30;
const BATCH = 5_000;

export async function benchMemory({ root, folder, mainFile, size, rounds }: BenchContext): Promise<void> {
  const history = SIZES[size];
  const config = readSeedConfig(root);
  console.log(`memory: ${history.days} days, ${history.days * history.visitsADay * EVENTS_A_VISIT} events`);
  const place = join(folder, 'memory');
  mkdirSync(place, { recursive: true });
  const writerUrl = new URL('ledger-writer.js', `file://${mainFile}`);
  const open = (): Promise<Ledger> => openSqliteLedger({ folder: place, hall: config.profile.hall, zone, writerUrl });
  await fill(await open(), history, config);

  const [first, sought, played, quiet, pauses] = [[], [], [], [], []] as [
    number[],
    number[],
    number[],
    number[],
    number[],
  ];
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
    first.push(await look(dayOf(0), 660));
    for (let i = 1; i <= SEEKS; i++) sought.push(await look(dayOf(i), 540 + ((i * 61) % 480), i));
    for (let i = 0; i < STEPS; i++) played.push(await look(dayOf(3), 540 + i * 10));
    quiet.push(await longestPause(() => sleep(2_000)));
    pauses.push(await longestPause(() => twoPlayers(look, dayOf)));
    await close(board, ledger);
  }
  printLine('first look after a start, ms', writeSpread(first, 1));
  printLine('a look at another day, ms', writeSpread(sought, 1));
  printLine('longest look at another day, ms', writeSpread([Math.max(...sought)], 1));
  printLine('a step within a day, ms', writeSpread(played, 1));
  printLine('longest pause of a quiet loop, ms', writeSpread(quiet, 1));
  printLine('longest pause while two seek, ms', writeSpread(pauses, 1));
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
