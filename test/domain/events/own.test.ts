/** Who speaks as the hall: the hall itself, or the people in it. */
import { expect, it, test } from 'vitest';
import { isHallItself, isOwnSource } from '../../../domain/events/own.ts';
import { event, foldStory } from '../board/topics/fold-story.ts';

it.each([
  // source, whether nobody else may use it, whether the hall itself speaks
  ['urn:hallpulse:hall', true, true],
  ['urn:hallpulse:alarms', true, true],
  ['urn:hallpulse:access', true, true],
  ['urn:hallpulse:desk', true, false],
  ['urn:hallpulse:queue', true, false],
  ['urn:hallpulse:ratings', true, false],
  // No page of the hall writes like this.
  ['URN:HALLPULSE:desk', true, true],
  ['urn:hallpulse:desk/2', true, true],
  ['urn:hallpulse:', true, true],
  ['urn:hallpulse', false, false],
  ['//vendor/queue', false, false],
  ['toString', false, false],
])('%s', (source, isOwn, isItself) => {
  expect([isOwnSource(source), isHallItself(source)]).toEqual([isOwn, isItself]);
});

test('L4, A3 what somebody in the hall says is a word from it: their station is heard, and the ledger has begun', async () => {
  const service = (source: string) => ({
    ...event('hall.service.given', '2019-11-25 10:00', { station: 'hall', kind: 'copying' } as never),
    source,
  });
  const access = {
    ...event('hall.access.changed', '2019-11-25 10:00', { change: 'assignment-added', station: 'hall' } as never),
    source: 'urn:hallpulse:access',
  };
  for (const source of ['urn:hallpulse:desk', 'urn:hallpulse:queue', 'urn:hallpulse:ratings', '//vendor']) {
    const { state } = await foldStory('2019-11-25', [service(source)]);
    expect([source, state.since, state.heardAt.has('hall')]).toEqual([source, '2019-11-25', true]);
  }
  // An assignment is about a station, and nobody there has said anything.
  const { state } = await foldStory('2019-11-25', [access]);
  expect([state.since, state.heardAt.size]).toEqual([undefined, 0]);
});
