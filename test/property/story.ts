/** Hand-written days of the small hall: short events at short times, asked about on all three ways. */
import { expect, test } from 'vitest';
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import type { EventData, EventType } from '../../domain/events/schema.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import type { Measures } from '../../domain/measures/measures.ts';
import type { Question, World } from './worlds.ts';
import { createSmallHall } from './hall.ts';
import { askOracle, askSql, foldMeasures } from './legs.ts';

/** Working days are Sunday 29 and Monday 30 September, and those after the holiday of 1 to 7 October. */
export const PIVOT = '2019-09-30';

/** `'29 09:00'` is that time of 29 September in Shanghai, `'10-08 09:00'` one of October. */
export function at(short: string): number {
  const [day, clock = '00:00'] = short.split(' ');
  const date = day!.includes('-') ? `2019-${day}` : `2019-09-${day}`;
  return Date.parse(`${date}T${clock}+08:00`);
}

/** The same moment as a promise spells it. */
export const moment = (short: string): string => new Date(at(short)).toISOString();

type Step = readonly [HallEvent['type'], string, object, string?];
type Sparse<T> = { [K in keyof T]?: T[K] extends object ? Sparse<T[K]> : T[K] };

/** One event. Its id is its place in the story, unless a fourth part gives `source id`. */
export function ev<T extends EventType>(type: T, when: string, data: EventData[`${T}`], identity?: string): Step {
  return identity === undefined ? [type, when, data] : [type, when, data, identity];
}

export interface Asked extends Question {
  /** Short, as in `at`; by default long after everything. */
  readonly now?: string;
  readonly expect: Sparse<Measures> & { satisfiedLowerBound?: unknown };
}

/** In order of arrival; `asked` one by one. */
export function story(title: string, steps: readonly Step[], asked: readonly Asked[]): void {
  test(title, async () => {
    const arrivals = steps.map(([type, when, data, identity], i) => {
      const [source = '', id = ''] = (
        identity ?? `${type.startsWith('hall.day.') ? HALL_DAY_SOURCE : '//s'} e${i + 1}`
      ).split(' ');
      return { source, id, type, at: at(when), data } as HallEvent;
    });
    for (const { now = '12-31 00:00', expect: expected, ...question } of asked) {
      const world: World = {
        zone: 'Asia/Shanghai',
        config: createSmallHall('Asia/Shanghai', PIVOT),
        arrivals,
        now: at(now),
        questions: [question],
      };
      expect(askOracle(world)[0], 'by the oracle').toMatchObject(expected);
      expect((await askSql(world))[0], 'by SQL').toMatchObject(expected);
      expect((await foldMeasures(world))[0], 'by the fold').toMatchObject(expected);
    }
  });
}

/** A span of one day, or of two. */
export function on(day: string, until = day): { from: string; to: string } {
  const full = (short: string): string => (short.includes('-') ? `2019-${short}` : `2019-09-${short}`);
  return { from: full(day), to: full(until) };
}
