// The demo's happenings at a steady beat, so that every display hears something at every one.
import type { HallEvent } from '../../domain/events/event.ts';
import type { LiveDemo, LiveDemoOptions } from '../../server/demo/live.ts';
import { createDemo } from '../../server/demo/year.ts';

export interface Rhythm {
  /** Real milliseconds between two beats. */
  readonly everyMs: number;
  /** Happenings in each. */
  readonly events: number;
}

/** These would begin another day, or say what the hall's own jobs say. */
const LEFT_OUT = /^hall\.(day|alarm|profile|star)\./;

/** Moments are those of the beats: an event is news when it comes. */
export function startRhythm(options: LiveDemoOptions, { everyMs, events }: Rhythm): LiveDemo {
  const demo = createDemo(options.params, options.config);
  const happenings = streamHappenings(demo.daysFrom(demo.hall.work.dayOf(options.from)), options.from);
  let running = Promise.resolve();
  const timer = setInterval(() => {
    const at = options.clock.now();
    const batch = Array.from({ length: events }, () => ({ ...happenings.next().value, at }));
    running = options.append(batch).catch((error: unknown) => options.onError?.(error));
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
    },
  };
}

function* streamHappenings(days: Iterator<{ events: HallEvent[] }, never>, from: number): Generator<HallEvent, never> {
  for (;;) for (const event of days.next().value.events) if (event.at > from && !LEFT_OUT.test(event.type)) yield event;
}
