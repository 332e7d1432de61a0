/** What the desk needs to know of an open case: its ticket, and that its clock stands still (spec C7). */
import { expect, it, test } from 'vitest';
import type { CaseEntry } from '../../../../domain/board/entries.ts';
import { buildOverview } from '../../../../domain/board/topics/overview.ts';
import type { HallEvent } from '../../../../domain/events/event.ts';
import { at, event, foldStory } from '../topics/fold-story.ts';

const DAY = '2019-11-25';
const accepted = (more: object = {}) =>
  event('hall.case.accepted', `${DAY} 09:00`, {
    ...{ case: 'c1', station: 'hall', channel: 'window', item: 'x1', ...more },
  } as never);
const stop = (how: 'paused' | 'resumed', time: string) => event(`hall.case.${how}`, `${DAY} ${time}`, { case: 'c1' });
const finished = (time: string) =>
  event('hall.case.finished', `${DAY} ${time}`, { case: 'c1', outcome: 'approved' } as never);
const nextDay = () => event('hall.day.opened', '2019-11-26 00:00', { day: '2019-11-26', hours: [] });
const promisedBy = '2019-11-29T18:00:00+08:00';

const caseAfter = async (...events: HallEvent[]): Promise<CaseEntry | undefined> =>
  (await foldStory(DAY, events)).state.entries.case.get('c1');

it('names the ticket that was in hand', async () => {
  expect(await caseAfter(accepted({ ticket: 'A001', window: 'w01' }))).toMatchObject({ ticket: 'A001', window: 'w01' });
  expect(await caseAfter(accepted())).not.toHaveProperty('ticket');
});

it.each([
  ['is paused', [stop('paused', '10:00')], true],
  ['is paused and goes on', [stop('paused', '10:00'), stop('resumed', '11:00')], undefined],
  ['goes on and is paused again', [stop('resumed', '09:30'), stop('paused', '10:00')], true],
  ['was finished while it was paused', [stop('paused', '10:00'), finished('11:00')], undefined],
])('C7 %s', async (_, stops, paused) => {
  for (const more of [{}, { promisedBy }]) {
    expect((await caseAfter(accepted(more), ...stops))?.paused).toBe(paused);
  }
});

test('C7 a pause that began after the promise had passed holds nothing open, and is one', async () => {
  const entry = await caseAfter(accepted({ promisedBy: '2019-11-25T09:30:00+08:00' }), stop('paused', '10:00'));
  expect(entry).toMatchObject({ paused: true, dueAt: at(`${DAY} 09:30`) });
});

test('C7 who supplies a paper days later finds the case where it was paused', async () => {
  for (const more of [{}, { promisedBy }])
    expect(await caseAfter(accepted(more), stop('paused', '10:00'), nextDay())).toMatchObject({ paused: true });
  expect(await caseAfter(accepted(), nextDay())).toBeUndefined();
  expect(await caseAfter(accepted({ promisedBy }), stop('paused', '10:00'), finished('11:00'), nextDay())).toBe(
    undefined,
  );
  // It lapses on no day while it is paused, and says so on no wall.
  const view = await foldStory(DAY, [accepted({ promisedBy }), stop('paused', '10:00'), nextDay()]);
  expect(buildOverview(view)).toMatchObject({ promises: { overdueBefore: 0, dueToday: [], dueLater: [] }, recent: [] });
});
