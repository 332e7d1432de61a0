/** The living demo: the hall's events arrive when the demo's clock reaches them. */
import type { HallEvent } from '../../domain/events/event.ts';
import type { HallConfig } from '../../domain/profile/profile.ts';
import type { DemoClock } from './clock.ts';
import type { DemoParams } from './params.ts';
import { createDemo, type Demo } from './year.ts';

export interface LiveDemoOptions {
  /** Resolves once the events are in the ledger. A batch that fails is offered again. */
  readonly append: (events: readonly HallEvent[]) => Promise<void>;
  readonly clock: DemoClock;
  readonly config: HallConfig;
  readonly params: DemoParams;
  /** Epoch ms: only what happens later is appended, so that nothing is played twice. */
  readonly from: number;
  /** A demo that was made already, so that its year is not planned again. */
  readonly demo?: Demo;
  /** Told of each append that failed. */
  readonly onError?: (error: unknown) => void;
}

export interface LiveDemo {
  /** Resolves once no append is under way; none follows. */
  stop(): Promise<void>;
}

const BATCH_LIMIT = 2_000;
const RETRY_MS = 1_000;
/** Timers are set anew at least this often; longer ones overflow. */
const LONGEST_TIMER_MS = 3_600_000;

export function startDemo(options: LiveDemoOptions): LiveDemo {
  const { append, clock, from, onError } = options;
  const demo = options.demo ?? createDemo(options.params, options.config);
  const days = demo.daysFrom(demo.hall.work.dayOf(from));
  let waiting: readonly HallEvent[] = [];
  let place = 0;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let running = Promise.resolve();

  const peek = (): HallEvent => {
    while (place >= waiting.length) {
      waiting = days.next().value.events.filter((event) => event.at > from);
      place = 0;
    }
    return waiting[place]!;
  };
  const schedule = (delayMs: number): void => {
    if (stopped) return;
    timer = setTimeout(() => (running = step()), Math.min(delayMs, LONGEST_TIMER_MS));
  };
  const step = async (): Promise<void> => {
    const next = peek();
    const now = clock.now();
    if (next.at > now) return schedule(Math.ceil(clock.untilMs(next.at)));
    // Events of one moment stay together, so that a restart finds all of them or none.
    let end = place + 1;
    const isDue = (event: HallEvent | undefined): boolean =>
      event !== undefined && event.at <= now && (end - place < BATCH_LIMIT || event.at === waiting[end - 1]!.at);
    while (isDue(waiting[end])) end++;
    try {
      await append(waiting.slice(place, end));
      place = end;
      schedule(0);
    } catch (error) {
      onError?.(error);
      schedule(RETRY_MS);
    }
  };
  schedule(0);
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
