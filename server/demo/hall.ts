/** The demo hall at work: fills the reference year into an empty ledger, then lives on in its own clock. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HallEvent } from '../../domain/events/event.ts';
import { DEMO_MARK } from '../hall-files.ts';
import type { Actor } from '../ledger/actor.ts';
import { withTime } from '../record.ts';
import type { Clock } from '../clock.ts';
import type { HallCore } from '../hall.ts';
import { createDemoClock, demoStartsAt } from './clock.ts';
import { startDemo, type LiveDemo } from './live.ts';
import type { DemoParams } from './params.ts';
import { countYearBatches, createDemo, generateYear } from './year.ts';
import { sayDemoWords } from './waiting-words.ts';

export function isDemoFolder(folder: string): boolean {
  return existsSync(join(folder, DEMO_MARK));
}

export function markDemoFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, DEMO_MARK), 'This ledger holds made-up data (演示数据).\n');
}

export interface DemoHallOptions {
  readonly params: DemoParams;
  /** Demo milliseconds per real one. */
  readonly speed: number;
  /** Told how far the filling of the year has come. */
  readonly onProgress: (done: number, total: number) => void;
}

export interface DemoHallRun {
  readonly clock: Clock;
  /** Fills what is missing of the year and sets the clock; to be awaited before anybody is served. */
  prepare(hall: HallCore): Promise<void>;
  /** Lets the hall live on. */
  start(hall: HallCore, onError: (error: unknown) => void): LiveDemo;
}

/** Days that are on their way to the disk at once. */
const DAYS_IN_FLIGHT = 8;
const DEMO: Actor = { kind: 'hall', id: 'demo' };

export function createDemoHallRun({ params, speed, onProgress }: DemoHallOptions): DemoHallRun {
  const realNow = () => performance.now();
  let running = createDemoClock({ startAt: 0, speed, realNow });
  let startsAt = 0;
  const clock: Clock = {
    now: () => running.now(),
    untilMs: (at) => running.untilMs(at),
    // Nobody sets it.
    passedMs: () => running.now(),
  };
  return {
    clock,
    async prepare(hall) {
      const { liveAt } = createDemo(params, hall.config).hall;
      const heard = [...hall.board.state.heardAt.values()];
      const lastAt = heard.length === 0 ? undefined : Math.max(...heard);
      if (lastAt === undefined || lastAt < liveAt) {
        // While the year is filled in, its events count as received at its end.
        running = createDemoClock({ startAt: liveAt, speed: 1e-9, realNow });
        await fillYear(hall, params, lastAt, onProgress);
      }
      startsAt = demoStartsAt(liveAt, lastAt);
      running = createDemoClock({ startAt: startsAt, speed, realNow });
      await sayDemoWords(hall.voiceForm, DEMO);
    },
    start: (hall, onError) =>
      startDemo({
        append: (events) => append(hall, events),
        clock,
        config: hall.config,
        params,
        from: startsAt,
        onError,
      }),
  };
}

async function fillYear(
  hall: HallCore,
  params: DemoParams,
  after: number | undefined,
  onProgress: DemoHallOptions['onProgress'],
): Promise<void> {
  const total = countYearBatches(params);
  const inFlight: Promise<void>[] = [];
  let done = 0;
  for (const events of generateYear(params, hall.config, undefined, after)) {
    inFlight.push(append(hall, events));
    if (inFlight.length >= DAYS_IN_FLIGHT) await inFlight.shift();
    onProgress(++done, total);
  }
  await Promise.all(inFlight);
  await hall.board.caughtUp();
  onProgress(total, total);
}

async function append({ record }: HallCore, events: readonly HallEvent[]): Promise<void> {
  await record(withTime(events), DEMO);
}
