/** A few days of the shipped hall folded by the product's own board, and the topics read off it. */
import * as v from 'valibot';
import { buildTopic } from '../../../../domain/board/topics/build.ts';
import type { Topic } from '../../../../domain/board/topics/data.ts';
import type { TopicData } from '../../../../domain/board/topics/topic-data.ts';
import { createView } from '../../../../domain/board/topics/view.ts';
import { HALL_DAY_SOURCE } from '../../../../domain/calendar/hall-day.ts';
import type { CalendarDocument } from '../../../../domain/calendar/calendar-document.ts';
import { createZone } from '../../../../domain/calendar/zone.ts';
import type { HallEvent, LedgerEvent } from '../../../../domain/events/event.ts';
import type { EventData, EventType } from '../../../../domain/events/schema.ts';
import { catalogueSchema, createHallConfig, profileSchema } from '../../../../domain/profile/profile.ts';
import { openBoard } from '../../../../server/board/runtime.ts';
import { readDemoSeed } from '../../../demo-seed.ts';
import { openInProcessLedger } from '../../../property/in-process-ledger.ts';

export const zone = createZone('Asia/Shanghai');

const catalogue = v.parse(catalogueSchema, readDemoSeed('catalogue'));
export const profile = v.parse(profileSchema, readDemoSeed('profile'));

/** `'11-25 09:30'` of 2019 in Shenzhen, epoch ms. */
export function at(short: string): number {
  return Date.parse(`2019-${short.replace(' ', 'T')}:00+08:00`);
}

export function moment(short: string): string {
  return new Date(at(short)).toISOString();
}

export type Step = readonly [type: EventType, when: string, data: object];

export function ev<T extends EventType>(type: T, when: string, data: EventData[`${T}`]): Step {
  return [type, when, data];
}

export function openDay(day: string): Step {
  return ev('hall.day.opened', `${day} 00:00`, {
    day: `2019-${day}`,
    hours: [
      ['09:00', '12:00'],
      ['14:00', '18:00'],
    ],
  });
}

/** The topics after the steps, which arrive in the order in which they stand. */
export async function tell<T extends Topic>(
  steps: readonly Step[],
  topics: readonly T[],
  overrides: Partial<typeof profile> = {},
  calendar?: CalendarDocument,
): Promise<Pick<TopicData, T>> {
  const config = createHallConfig({ ...profile, ...overrides }, catalogue, undefined, undefined, calendar);
  const ledger = openInProcessLedger('Asia/Shanghai', ':memory:', 'meilin');
  try {
    const board = await openBoard({ ledger, config, zone });
    const events = steps.map(([type, when, data], i) => {
      const source = type.startsWith('hall.day.') ? HALL_DAY_SOURCE : '//test';
      return { source, id: `e${i + 1}`, type, at: at(when), data } as HallEvent;
    });
    const { outcomes } = await ledger.append(
      events.map((event) => ({ event, timeGiven: true })),
      0,
      null,
    );
    const appended = outcomes.map((outcome, i) => {
      if (typeof outcome === 'string') throw new Error(`event ${i + 1} of the story: ${outcome}`);
      return { ...events[i]!, seq: outcome.seq } as LedgerEvent;
    });
    board.feed(appended);
    await board.caughtUp();
    const view = createView(board.state, config, zone, false);
    const built = Object.fromEntries(topics.map((topic) => [topic, buildTopic(topic, view)]));
    await board.close();
    return built as unknown as Pick<TopicData, T>;
  } finally {
    await ledger.close();
  }
}
