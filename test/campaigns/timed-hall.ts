// A hall of its own whose days pass quickly, in a process of its own: the product's server and the demo's happenings.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { pathToFileURL } from 'node:url';
import { pino } from 'pino';
import { createZone, momentOf } from '../../domain/calendar/zone.ts';
import { startDemo, type LiveDemoOptions } from '../../server/demo/live.ts';
import { readDemoParams } from '../../server/demo/read-params.ts';
import { openSqliteLedger } from '../../server/ledger/sqlite/engine.ts';
import { generateYear } from '../../server/demo/year.ts';
import type { Clock } from '../../server/clock.ts';
import type { HallCore } from '../../server/hall.ts';
import { withTime } from '../../server/record.ts';
import { startServer } from '../../server/server.ts';
import { copyDemoSeed } from '../demo-seed.ts';
import { findRoot } from '../e2e/product.ts';
import { createPacedClock, type Pace } from './paced-clock.ts';
import { startRhythm, type Rhythm } from './rhythm.ts';

const DEMO = { kind: 'hall', id: 'demo' } as const;

export interface TimedHallOptions {
  /** An empty folder. */
  readonly folder: string;
  /** The hall's local day and minute at the start. */
  readonly day: string;
  readonly minute: number;
  readonly pace: Pace;
  /** With the demo's year behind it, up to the moment at which the days begin: what a server has after months. */
  readonly filled?: boolean;
  /** The demo's happenings in their order, at this rhythm instead of at their own moments. */
  readonly rhythm?: Rhythm;
  /** Another build whose pages are served: a folder as `dist`, with `client` and `build.json` in it. */
  readonly pagesOf?: string;
}

export interface TimedHall {
  readonly url: string;
  /** The hall's clock, epoch ms. */
  now(): Promise<number>;
  /** The server's heap after collection, bytes. */
  heap(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts it from the build, in a process that ends with its parent. */
export async function startTimedHall(options: TimedHallOptions): Promise<TimedHall> {
  const file = join(findRoot(), 'dist/server/commands/campaign.js');
  const child = fork(file, ['hall', JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const exited = once(child, 'exit');
  const hear = async <T>(): Promise<T> => {
    const [answer] = (await Promise.race([
      once(child, 'message'),
      exited.then(() => Promise.reject(new Error('the hall ended before it answered'))),
    ])) as [T];
    return answer;
  };
  // One question at a time, so that answers need no names.
  let turn: Promise<unknown> = Promise.resolve();
  const ask = <T>(question: string): Promise<T> => {
    const answer = turn.then(() => {
      child.send(question);
      return hear<T>();
    });
    turn = answer.catch(() => undefined);
    return answer;
  };
  const url = await hear<string>();
  return {
    url,
    now: () => ask<number>('now'),
    heap: () => ask<number>('heap'),
    async stop() {
      child.send('stop');
      await exited;
    },
  };
}

/** What the process of `startTimedHall` does; it ends when it is told or when its parent is gone. */
export async function serveTimedHall(options: TimedHallOptions): Promise<void> {
  const { folder, day, minute, pace, filled, rhythm } = options;
  const root = findRoot();
  const dist = options.pagesOf ?? join(root, 'dist');
  const zone = createZone('Asia/Shanghai');
  const startAt = momentOf(zone, day, minute);
  const params = await readDemoParams(join(root, 'data/demo/meilin-2019.json'));
  const start = () => createPacedClock({ zone, startAt, pace, realNow: () => performance.now() });
  // While the year is filled in, time stands still.
  let running: Clock = { now: () => startAt, untilMs: () => Infinity };
  const clock: Clock = { now: () => running.now(), untilMs: (at) => running.untilMs(at) };
  const prepare = async (hall: HallCore): Promise<void> => {
    for (const events of filled ? generateYear(params, hall.config) : [])
      await hall.record(withTime(events.filter((event) => event.at <= startAt)), DEMO);
    await hall.board.caughtUp();
    running = start();
  };
  const seedFolder = join(folder, 'seed');
  copyDemoSeed(seedFolder);
  const server = await startServer({
    port: 0,
    host: '127.0.0.1',
    folder,
    seedFolder,
    clientFolder: join(dist, 'client'),
    // The page's own: another would make it reload.
    build: (JSON.parse(readFileSync(join(dist, 'build.json'), 'utf8')) as { build: string }).build,
    demo: true,
    openReading: true,
    trustProxy: 0,
    clock,
    prepare,
    logger: pino({ level: 'error' }),
    openLedger: (place) =>
      openSqliteLedger({ ...place, writerUrl: pathToFileURL(join(root, 'dist/server/ledger-writer.js')) }),
  });
  const demo: LiveDemoOptions = {
    append: (events) => server.record(withTime(events), DEMO).then(() => {}),
    clock,
    config: server.config,
    params,
    from: startAt,
    onError: (error) => console.error(error),
  };
  const living = rhythm ? startRhythm(demo, rhythm) : startDemo(demo);
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const stop = async () => {
    await living.stop();
    await server.close();
    process.exit(0);
  };
  process.once('disconnect', () => void stop());
  process.on('message', (question) => {
    if (question === 'now') process.send!(clock.now());
    else if (question === 'stop') void stop();
    else {
      collect();
      process.send!(process.memoryUsage().heapUsed);
    }
  });
  process.send!(server.url);
}
