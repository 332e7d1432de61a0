/** The board's day is reached forward, back or over a later one: what is shown on it is the same. Found by the random worlds. */
import { describe, expect, test } from 'vitest';
import { HALL_DAY_SOURCE } from '../../domain/calendar/hall-day.ts';
import type { HallEvent } from '../../domain/events/event.ts';
import type { EventData, EventType } from '../../domain/events/schema.ts';
import type { World } from './worlds.ts';
import { createSmallHall } from './hall.ts';
import { foldShown } from './legs.ts';
import { at, PIVOT } from './story.ts';
import { recountShown } from './topics.ts';

type Step = readonly [type: EventType, when: string, data: object];

const of = <T extends EventType>(type: T, when: string, data: EventData[`${T}`]): Step => [type, when, data];
const opened = (day: string): Step => of('hall.day.opened', `${day} 00:00`, { day: `2019-${day}`, hours: [] });

/** What the board shows after the steps, in order of arrival; the oracle must say the same. */
async function show(steps: readonly Step[]) {
  const arrivals = steps.map(([type, when, data], i) => {
    const source = type === 'hall.day.opened' ? HALL_DAY_SOURCE : '//s';
    return { source, id: `e${i}`, type, at: at(when), data } as HallEvent;
  });
  const config = createSmallHall('Asia/Shanghai', PIVOT);
  const world: World = { zone: 'Asia/Shanghai', config, arrivals, now: at('12-31 00:00'), questions: [] };
  // One by one: what arrives in one slice is folded with what the slice has loaded.
  const { topics, desk } = await foldShown(world, [{ size: 1, then: 'nothing' }]);
  expect({ topics, desk }).toEqual(recountShown(world));
  const known = topics as { windows: { waiting: object }; stars: { alarms: object }; followups: { followups: object } };
  return { ...known, desk };
}

describe('L4 a day shows the same, whichever way the board came to it', () => {
  test('who waits on a day that lies behind a later opening, and is reached day by day', async () => {
    const shown = await show([
      opened('10-05'),
      of('hall.ticket.taken', '09-30 09:00', { ticket: 't', station: 'hall' }),
      opened('09-28'),
      opened('09-29'),
      opened('09-30'),
    ]);
    expect(shown.windows.waiting).toEqual({ hall: [at('09-30 09:00')] });
  });

  test('an alarm of days to come is none yet', async () => {
    const raised = of('hall.alarm.raised', '10-03 09:00', { alarm: 'a', kind: 'queue', station: 'hall' });
    expect((await show([opened('09-28'), raised])).stars.alarms).toEqual({});
    expect((await show([opened('11-20'), raised, opened('09-28')])).stars.alarms).toEqual({});
    expect(Object.keys((await show([opened('10-02'), raised])).stars.alarms)).toEqual(['a']);
  });

  test('an alarm that was open for more than a month does not come back when it is ended', async () => {
    const steps = [
      of('hall.alarm.raised', '09-01 09:00', { alarm: 'a', kind: 'queue', station: 'hall' }),
      of('hall.alarm.ended', '10-08 09:00', { alarm: 'a' }),
    ];
    expect((await show([opened('10-08'), ...steps])).stars.alarms).toEqual({});
    expect((await show([opened('10-09'), ...steps, opened('10-08')])).stars.alarms).toEqual({});
  });

  test('a desk that had stood in for a system, and an appointment, that a later day has forgotten', async () => {
    const feed = (status: 'desk' | 'restored', when: string) =>
      of('hall.feed.changed', when, { station: 'hall', facts: ['cases'], status });
    const steps = [
      feed('desk', '08-20 09:00'),
      feed('restored', '09-02 09:00'),
      of('hall.appointment.booked', '08-20 09:00', {
        appointment: 'p',
        station: 'hall',
        at: '2019-10-01T09:00:00+08:00',
      }),
    ];
    for (const days of [[opened('09-30')], [opened('11-20'), opened('09-30')]])
      expect((await show([...steps, ...days])).desk).toMatchObject({
        appointments: { p: { day: '2019-10-01' } },
        feeds: { hall: [{ fact: 'cases', from: at('08-20 09:00'), until: at('09-02 09:00') }] },
      });
  });

  test('the window behind a follow-up, of a case that the board has at hand on that day', async () => {
    const steps = [
      of('hall.case.accepted', '10-03 09:00', {
        case: 'c',
        station: 'hall',
        channel: 'window',
        item: 'plain',
        window: 'w01',
      }),
      of('hall.followup.opened', '10-03 10:00', { followup: 'f', about: 'rating', station: 'hall', case: 'c' }),
    ];
    const windowOn = async (...days: readonly Step[]) => {
      const { f } = (await show([...steps, ...days])).followups.followups as { f: { window?: string } };
      return f.window;
    };
    expect(await windowOn(opened('10-03'))).toBe('01');
    expect(await windowOn(opened('10-01'))).toBeUndefined();
    expect(await windowOn(opened('10-08'), opened('10-01'))).toBeUndefined();
    expect(await windowOn(opened('10-08'), opened('10-03'))).toBe('01');
  });
});
