// What the staff of one station see: their own station's things, in an order that does not waver, and never too many.
import { expect, test } from 'vitest';
import { TOPICS } from '../../../domain/board/topics/data.ts';
import { buildTopic } from '../../../domain/board/topics/build.ts';
import { createZone } from '../../../domain/calendar/zone.ts';
import { createView } from '../../../domain/board/topics/view.ts';
import { buildDeskState } from '../../../domain/desk/state.ts';
import { ticketStepEvent, ticketTakenEvent, windowChangedEvent } from '../../../domain/queue/events.ts';
import { at, event, foldStory, readConfig } from '../board/topics/fold-story.ts';
import { crowd, viewOf, WORST } from '../board/topics/crowd.ts';

const DAY = '2019-11-25';
const now = at(`${DAY} 10:30`);
const context = { station: 'hall', now, isOwnQueue: true, feeds: {} };
const taken = (number: string, minute: number, more: object = {}) =>
  ticketTakenEvent({
    ticket: `${DAY}/hall/${number}`,
    station: 'hall',
    at: at(`${DAY} 09:00`) + minute * 60_000,
    ...more,
  });
const step = (how: 'called' | 'passed', number: string, minute: number, window: string) =>
  ticketStepEvent(how, `${DAY}/hall/${number}`, {
    ...{ station: 'hall', window, staff: 's02', at: at(`${DAY} 09:00`) + minute * 60_000 },
  });

test('a desk sees its queue, windows, cases, terminals and alarms, and nobody else’s', async () => {
  const accepted = (id: string, when: string, more: object = {}) =>
    event('hall.case.accepted', `${DAY} ${when}`, {
      ...{ case: id, station: 'hall', channel: 'window', item: 'mi-01' },
      ...more,
    });
  const view = await foldStory(DAY, [
    windowChangedEvent('w01', 'open', { station: 'hall', staff: 's02', at: at(`${DAY} 09:00`) }),
    taken('A001', 0),
    taken('A002', 1, { line: 'tenancy', green: true }),
    taken('A003', 1),
    taken('A004', 2),
    taken('A005', 3),
    step('called', 'A001', 5, 'w01'),
    step('called', 'A004', 6, 'w02'),
    step('passed', 'A004', 7, 'w02'),
    step('called', 'A005', 8, 'w02'),
    step('passed', 'A005', 9, 'w02'),
    event('hall.ticket.taken', `${DAY} 09:00`, { ticket: 'B001', station: 'meifeng' }),
    accepted('c-late', '09:10', { promisedBy: `${DAY}T09:30:00+08:00` }),
    accepted('c-none', '09:00', { ticket: `${DAY}/hall/A000` }),
    accepted('c-paused', '09:05', { promisedBy: `${DAY}T09:20:00+08:00` }),
    event('hall.case.paused', `${DAY} 09:06`, { case: 'c-paused', reason: '补正' }),
    accepted('c-soon', '09:20', { promisedBy: '2019-11-26T09:30:00+08:00' }),
    accepted('c-done', '09:20'),
    event('hall.case.finished', `${DAY} 09:30`, { case: 'c-done', outcome: 'approved' }),
    accepted('c-else', '09:20', { station: 'meifeng' }),
    event('hall.alarm.raised', `${DAY} 09:30`, { alarm: 'a1', kind: 'queue', station: 'hall' }),
    event('hall.alarm.raised', `${DAY} 09:30`, { alarm: 'a2', kind: 'queue', station: 'meifeng' }),
  ]);
  const desk = buildDeskState(view, context);
  expect(desk).toMatchObject({ hall: 'meilin', station: 'hall', day: DAY, now, feeds: {}, caseCount: 4 });
  expect(desk.queue).toEqual({
    isOwn: true,
    isOpen: true,
    waiting: [
      {
        ...{ ticket: `${DAY}/hall/A002`, number: 'A002', takenAt: at(`${DAY} 09:01`) },
        ...{ line: 'tenancy', green: true },
      },
      { ticket: `${DAY}/hall/A003`, number: 'A003', takenAt: at(`${DAY} 09:01`) },
    ],
    waitingCount: 2,
    passed: [
      { ticket: `${DAY}/hall/A005`, number: 'A005', takenAt: at(`${DAY} 09:03`) },
      { ticket: `${DAY}/hall/A004`, number: 'A004', takenAt: at(`${DAY} 09:02`) },
    ],
  });
  expect(desk.windows[0]).toEqual({
    id: 'w01',
    label: '01',
    status: 'open',
    since: at(`${DAY} 09:00`),
    holder: { staff: 's02', name: '示例乙' },
    serving: {
      ...{ ticket: `${DAY}/hall/A001`, number: 'A001', takenAt: at(`${DAY} 09:00`) },
      calledAt: at(`${DAY} 09:05`),
    },
  });
  expect(new Set(desk.windows.map(({ id }) => id.slice(0, 1)))).toEqual(new Set(['w']));
  expect(desk.cases.map((one) => one.case)).toEqual(['c-late', 'c-soon', 'c-none', 'c-paused']);
  expect(desk.cases[2]).toMatchObject({ ticket: `${DAY}/hall/A000`, acceptedAt: at(`${DAY} 09:00`) });
  expect(desk.cases[3]).toMatchObject({ paused: true });
  expect(desk.cases[3]).not.toHaveProperty('dueAt');
  expect(desk.alarms.map(({ id }) => id)).toEqual(['a1']);
  const nameOf = (staff: string) => (staff === 's02' ? '账号乙' : undefined);
  expect(buildDeskState(view, { ...context, nameOf }).windows[0]!.holder!.name).toBe('账号乙');
  expect(buildDeskState(view, { ...context, station: 'meifeng' })).not.toHaveProperty('queue');
});

test('who sits at a window is for its desk, and on no wall', async () => {
  const config = readConfig();
  const view = await foldStory(DAY, [
    windowChangedEvent('w01', 'open', { station: 'hall', staff: 'somebody-of-ours', at: at(`${DAY} 09:00`) }),
    windowChangedEvent('w02', 'paused', { station: 'hall', staff: 'somebody-of-ours', at: at(`${DAY} 09:00`) }, '午休'),
    taken('A001', 0),
    step('called', 'A001', 5, 'w01'),
  ]);
  expect(JSON.stringify(buildDeskState(view, context))).toContain('somebody-of-ours');
  expect(config.profile.windows.length).toBeGreaterThan(0);
  for (const topic of TOPICS) {
    const wall = JSON.stringify(buildTopic(topic, view));
    expect([topic, wall.includes('somebody-of-ours'), wall.includes('s02')]).toEqual([topic, false, false]);
  }
});

test('the last moments of a day that the board has not left yet are read as those of the next', async () => {
  const view = await foldStory(DAY, [taken('A001', 0)]);
  const next = buildDeskState(view, { ...context, now: at('2019-11-26 00:00') });
  expect(next).toMatchObject({ day: '2019-11-26', queue: { isOpen: false, waitingCount: 0 } });
});

test('a hundred times everything is told in full counts, and no longer than a desk can read', async () => {
  const state = await crowd(WORST);
  const desk = buildDeskState(viewOf(state), { ...context, isOwnQueue: false });
  const { queue, cases, caseCount } = desk;
  expect(queue).toMatchObject({ isOwn: false, isOpen: false });
  expect([queue!.waiting.length, queue!.passed.length, cases.length]).toEqual([100, 0, 200]);
  const ofHall = [...state.entries.ticket.values()].filter(({ station }) => station === 'hall');
  expect(queue!.waitingCount).toBe(ofHall.filter(({ stage }) => stage === 'waiting').length);
  expect(caseCount).toBe([...state.entries.case.values()].filter(({ station }) => station === 'hall').length);
  const due = cases.map(({ dueAt }) => dueAt!);
  expect(due).toEqual([...due].sort((a, b) => a - b));
  expect(JSON.stringify(desk).length).toBeLessThan(400_000);
  // Whatever order things came to the board in, it shows the same.
  const { entries } = state;
  const reversed = {
    ...state,
    entries: { ...entries, ticket: new Map([...entries.ticket].reverse()), case: new Map([...entries.case].reverse()) },
  };
  const again = createView(reversed, readConfig(), createZone('Asia/Shanghai'), false);
  expect(buildDeskState(again, { ...context, isOwnQueue: false })).toEqual(desk);
});

test('a desk that stands in for a system is told so until that is given back', async () => {
  const change = (status: 'desk' | 'restored', time: string, station = 'hall') =>
    event('hall.feed.changed', `${DAY} ${time}`, { station, facts: ['cases'], status });
  const standInsAfter = async (...changes: ReturnType<typeof change>[]) =>
    buildDeskState(await foldStory(DAY, changes), context).standIns;
  expect(await standInsAfter(change('desk', '10:00'), change('desk', '10:00', 'meifeng'))).toEqual(['cases']);
  expect(await standInsAfter(change('desk', '10:00'), change('restored', '10:20'))).toBeUndefined();
  expect(await standInsAfter(change('desk', '10:00', 'meifeng'))).toBeUndefined();
});
