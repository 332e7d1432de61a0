/** Appointments that are still to be kept (spec C15). */
import { expect, it, test } from 'vitest';
import type { HallEvent } from '../../../../domain/events/event.ts';
import { at, event, foldStory } from '../topics/fold-story.ts';

const DAY = '2019-11-25';
const booked = (more: object = {}, when = '2019-11-20 10:00') =>
  event('hall.appointment.booked', when, { appointment: 'ap-1', station: 'hall', ...more });
const opened = (day: string) => event('hall.day.opened', `${day} 00:00`, { day, hours: [] });
const onBoard = async (...events: HallEvent[]) =>
  Object.fromEntries((await foldStory(DAY, events)).state.entries.appointment);

it('C15 stands on the board from its booking to the end of the day for which it was booked', async () => {
  const late = '2019-11-27T23:30:00+08:00';
  const expected = { 'ap-1': { day: '2019-11-27', station: 'hall', item: 'x1', at: at('2019-11-27 23:30') } };
  const booking = booked({ item: 'x1', at: late });
  expect(await onBoard(booking)).toEqual(expected);
  expect(await onBoard(booking, opened('2019-11-26'), opened('2019-11-27'))).toEqual(expected);
  expect(await onBoard(booking, opened('2019-11-28'))).toEqual({});
});

it('C15 without a moment it is of the day on which it was booked', async () => {
  const booking = booked({ at: null, item: null }, `${DAY} 23:59`);
  expect(await onBoard(booking)).toEqual({ 'ap-1': { day: DAY, station: 'hall' } });
  expect(await onBoard(booking, opened('2019-11-26'))).toEqual({});
});

const ending = (how: 'kept' | 'missed', when: string) =>
  event(`hall.appointment.${how}`, when, { appointment: 'ap-1', station: 'hall' });

test.each([
  ['missed', `${DAY} 09:00`],
  // On another day than the one for which it was booked.
  ['kept', '2019-11-24 09:00'],
] as const)('C15 what was %s on %s is to be kept no more, unless that is voided', async (how, when) => {
  const ended = ending(how, when);
  const voiding = event('hall.event.voided', `${DAY} 09:01`, { source: ended.source, id: ended.id });
  const booking = booked({ at: `${DAY}T09:00:00+08:00` });
  expect(await onBoard(booking, ended)).toEqual({});
  expect(await onBoard(ended, booking)).toEqual({});
  expect(await onBoard(booking, ended, voiding)).toHaveProperty('ap-1');
});

test('C15 whoever has come on the day stands on the board all day, in case they have no number yet', async () => {
  const booking = booked({ at: `${DAY}T09:00:00+08:00` });
  const kept = ending('kept', `${DAY} 08:50`);
  const expected = { 'ap-1': { day: DAY, station: 'hall', at: at(`${DAY} 09:00`), kept: true } };
  expect(await onBoard(booking, kept)).toEqual(expected);
  expect(await onBoard(kept, booking)).toEqual(expected);
  expect(await onBoard(booking, kept, ending('missed', `${DAY} 08:55`))).toEqual({});
  expect(await onBoard(booking, kept, opened('2019-11-26'))).toEqual({});
  const voiding = event('hall.event.voided', `${DAY} 09:01`, { source: kept.source, id: kept.id });
  expect((await onBoard(booking, kept, voiding))['ap-1']).not.toHaveProperty('kept');
});

test('C15 a moment at the end of the calendar is of its last day', async () => {
  expect(await onBoard(booked({ at: '9999-12-31T23:59:59Z' }))).toMatchObject({ 'ap-1': { day: '9999-12-31' } });
});
