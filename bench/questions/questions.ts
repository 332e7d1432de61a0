/** Measures of long spans: how long an answer takes, and how much longer everybody else waits meanwhile. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { addDays, createZone, momentOf } from '../../domain/calendar/zone.ts';
import { FOLD_VERSION } from '../../domain/board/fold.ts';
import type { Ledger } from '../../server/ledger/port.ts';
import { openSqliteLedger } from '../../server/ledger/sqlite/engine.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { BenchContext } from '../context.ts';
import { readSeedConfig } from '../seed-config.ts';
import { longestPause } from '../pauses.ts';
import { printLine, writeSpread } from '../stats.ts';
import { EVENTS_A_VISIT, makeHistory, type History } from './history.ts';

const SIZES: Readonly<Record<BenchContext['size'], History>> = {
  full: { from: '2018-01-01', days: 3_000, visitsADay: 556 },
  small: { from: '2018-01-01', days: 400, visitsADay: 3 },
};
const zone = createZone('Asia/Shanghai');

export async function benchQuestions({ root, folder, mainFile, size, rounds }: BenchContext): Promise<void> {
  const history = SIZES[size];
  const config = readSeedConfig(root);
  const to = addDays(history.from, history.days - 1);
  const events = history.days * history.visitsADay * EVENTS_A_VISIT;
  console.log(`questions: ${history.days} days with the cells of ${events} events`);
  const place = join(folder, 'questions');
  mkdirSync(place, { recursive: true });
  const writerUrl = new URL('ledger-writer.js', `file://${mainFile}`);
  const open = (): Promise<Ledger> => openSqliteLedger({ folder: place, hall: config.profile.hall, zone, writerUrl });

  let ledger = await open();
  await fill(ledger, history, config);
  await ledger.close();

  const spans = { 'one day': to, 'a year': addDays(to, -364), everything: history.from };
  const ask = (from: string, on = ledger) => on.measure([{ from, to, now: momentOf(zone, to, 17 * 60) }], config);
  const cold = new Map(Object.keys(spans).map((name) => [name, [] as number[]]));
  const warm = new Map(Object.keys(spans).map((name) => [name, [] as number[]]));
  const pauses: number[] = [];
  const quiet: number[] = [];
  const memory: number[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const [name, from] of Object.entries(spans)) {
      // Nothing is kept by a thread that has just begun.
      ledger = await open();
      cold.get(name)!.push(await timed(() => ask(from)));
      warm.get(name)!.push(await timed(() => ask(from)));
      await ledger.close();
    }
    ledger = await open();
    await ask(to);
    quiet.push(await longestPause(() => sleep(2_000)));
    pauses.push(await longestPause(() => Promise.all(Array.from({ length: 8 }, () => ask(history.from)))));
    memory.push(process.memoryUsage.rss() / 1_000_000);
    await ledger.close();
  }
  for (const name of Object.keys(spans)) {
    printLine(`${name}, first question after a start, ms`, writeSpread(cold.get(name)!, 1));
    printLine(`${name}, asked again, ms`, writeSpread(warm.get(name)!, 1));
  }
  printLine('longest pause of a quiet loop, ms', writeSpread(quiet, 1));
  printLine('longest pause while everything is asked 8 times, ms', writeSpread(pauses, 1));
  printLine('memory of the process, all months summed, MB', writeSpread(memory));
}

async function fill(ledger: Ledger, history: History, config: HallConfig): Promise<void> {
  let seq = 0;
  for (const cells of makeHistory(history, config, zone)) {
    const after = seq;
    seq += history.visitsADay * EVENTS_A_VISIT;
    await ledger.saveFold({ foldVersion: FOLD_VERSION, after, seq, cells });
  }
  await ledger.showFold(FOLD_VERSION);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}
