/** What the board knows of a ticket while its holder may still be called (spec C9). */
import { expect, it, test } from 'vitest';
import { readConditions } from '../../../../domain/alarms/conditions.ts';
import type { TicketEntry } from '../../../../domain/board/entries.ts';
import { buildPublic } from '../../../../domain/board/topics/public.ts';
import { buildWindows } from '../../../../domain/board/topics/windows.ts';
import { QUEUE_SOURCE } from '../../../../domain/queue/source.ts';
import { at, event, foldStory } from '../topics/fold-story.ts';

const DAY = '2019-11-25';
type Step = 'called' | 'recalled' | 'transferred' | 'served' | 'passed' | 'left';

const taken = (more: object = {}) =>
  event('hall.ticket.taken', `${DAY} 09:00`, { ticket: 'A001', station: 'hall', ...more });
const step = (how: Step, time: string, window?: string) =>
  event(`hall.ticket.${how}`, `${DAY} ${time}`, {
    ticket: 'A001',
    station: 'hall',
    ...(window === undefined ? {} : { window }),
  });
const entryOf = async (events: Parameters<typeof foldStory>[1]): Promise<TicketEntry | undefined> =>
  (await foldStory(DAY, events)).state.entries.ticket.get('A001');

const common = { day: DAY, station: 'hall', takenAt: at(`${DAY} 09:00`) };

it.each([
  ['taken', [], { ...common, stage: 'waiting', since: at(`${DAY} 09:00`) }],
  [
    'called',
    [step('called', '09:10', 'w01')],
    { ...common, stage: 'serving', since: at(`${DAY} 09:10`), calledAt: at(`${DAY} 09:10`), window: 'w01' },
  ],
  [
    'called twice, the later call first',
    [step('recalled', '09:12', 'w02'), step('called', '09:10', 'w01')],
    { ...common, stage: 'serving', since: at(`${DAY} 09:12`), calledAt: at(`${DAY} 09:12`), window: 'w02' },
  ],
  [
    'passed over',
    [step('called', '09:10', 'w01'), step('passed', '09:11', 'w01')],
    { ...common, stage: 'passed', since: at(`${DAY} 09:11`), calledAt: at(`${DAY} 09:10`) },
  ],
  [
    'passed over and called back',
    [step('called', '09:10', 'w01'), step('passed', '09:11'), step('recalled', '09:30', 'w03')],
    { ...common, stage: 'serving', since: at(`${DAY} 09:30`), calledAt: at(`${DAY} 09:30`), window: 'w03' },
  ],
  [
    'handed back into the queue: since then it waits, and its place is that of its taking',
    [step('called', '09:10', 'w01'), step('transferred', '09:20', 'w02')],
    { ...common, stage: 'waiting', since: at(`${DAY} 09:20`), calledAt: at(`${DAY} 09:10`) },
  ],
  ['served', [step('called', '09:10'), step('served', '09:30')], undefined],
  ['served before it was passed over', [step('served', '09:30'), step('passed', '09:40')], undefined],
  ['left', [step('passed', '09:11'), step('left', '09:12')], undefined],
])('C9 %s', async (_, steps, expected) => expect(await entryOf([taken(), ...steps])).toEqual(expected));

it('C9 says what the desk must know to call it: green, its appointment, and whose number it is', async () => {
  expect(await entryOf([taken({ green: true, appointment: 'ap-1', line: 'tenancy' })])).toMatchObject({
    ...{ green: true, appointment: 'ap-1', line: 'tenancy' },
  });
  expect(await entryOf([taken({ green: false, appointment: true })])).toEqual({
    ...{ ...common, stage: 'waiting', since: common.takenAt, appointment: true },
  });
  const own = { ...taken(), source: QUEUE_SOURCE };
  expect(await entryOf([own])).toMatchObject({ own: true });
  // A machine calls what the hall gave out, and the other way round: it stays what it was when it was taken.
  expect(await entryOf([taken(), { ...step('called', '09:10'), source: QUEUE_SOURCE }])).not.toHaveProperty('own');
});

test('C9 whoever was passed over waits in no queue, and is on no call board', async () => {
  const view = await foldStory(DAY, [
    taken(),
    step('called', '09:10', 'w01'),
    step('passed', '09:11', 'w01'),
    event('hall.ticket.taken', `${DAY} 09:05`, { ticket: 'A002', station: 'hall' }),
  ]);
  expect(view.queues.get('hall')).toEqual([at(`${DAY} 09:05`)]);
  const windows = buildWindows(view);
  expect(windows.waiting).toEqual({ hall: [at(`${DAY} 09:05`)] });
  expect(windows.windows['w01']).not.toHaveProperty('busySince');
  expect(windows.tickets).toMatchObject({ taken: 2, called: 1, passed: 1, served: 0 });
  const shown = buildPublic(view);
  expect(shown.calls).toEqual([]);
  expect(shown.queue).toMatchObject({ waiting: 1 });
  // By noon somebody who waits is an alarm, and so is one in service: nobody who was passed over is either.
  const kinds = (await alarmsOf([taken(), step('called', '09:10', 'w01'), step('passed', '09:11', 'w01')])).sort();
  expect(kinds).not.toContain('queue');
  expect(kinds).not.toContain('window-overtime');
  expect(await alarmsOf([taken()])).toContain('queue');
});

async function alarmsOf(events: Parameters<typeof foldStory>[1]): Promise<string[]> {
  const view = await foldStory(DAY, events);
  return readConditions(view, at(`${DAY} 11:59`), () => 0).map(({ kind }) => kind);
}

test('C9 one that was passed over leaves the board with its day', async () => {
  const next = event('hall.day.opened', '2019-11-26 00:00', { day: '2019-11-26', hours: [] });
  expect(await entryOf([taken(), step('passed', '09:11'), next])).toBeUndefined();
});
