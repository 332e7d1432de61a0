// Ticket numbers that begin again each morning: two days' visits stay two, and nobody's rating goes to a stranger's.
import { describe, expect, test } from 'vitest';
import { createZone } from '../../../domain/calendar/zone.ts';
import { speakTicket } from '../../../domain/board/topics/public-calls.ts';
import { parseEvent } from '../../../domain/events/parse.ts';
import { declares } from '../../../domain/events/declared.ts';
import { EVENT_TYPES } from '../../../domain/events/schema.ts';
import { samples } from './samples.ts';

const now = Date.parse('2019-11-27T12:00:00+08:00');
const tickets = { restartFrom: '2019-11-25', zone: createZone('Asia/Shanghai') };

const send = (type: string, time: string | undefined, data: object, rule: typeof tickets | undefined = tickets) =>
  parseEvent({ specversion: '1.0', source: '/queue', id: 'e-1', type, time, data }, { now, tickets: rule });
const kept = (...args: Parameters<typeof send>) => {
  const result = send(...args);
  if (!result.ok) throw new Error(`${result.field}: ${result.reason}`);
  return result.event.data;
};
const take = (time: string | undefined, more: object = {}, rule?: typeof tickets) =>
  kept('hall.ticket.taken', time, { ticket: 'A001', station: 'hall', ...more }, rule);

const NAMING = EVENT_TYPES.filter((type) => declares(type, 'ticket'));

describe('a sender whose numbers begin again', () => {
  test.each(NAMING)('names the same ticket in %s, by the day of its own time', (type) => {
    const data = {
      ...samples[type].good,
      ticket: 'A001',
      station: 'hall',
      medium: samples[type].good['medium'] ?? 'pad',
    };
    const medium = type === 'hall.rating.given' ? { medium: 'pad', round: 1 } : {};
    const ticketOf = (time: string) => kept(type, time, { ...data, ...medium });
    expect(ticketOf('2019-11-25T08:01:00+08:00')).toMatchObject({ ticket: '2019-11-25/hall/A001' });
    expect(ticketOf('2019-11-26T08:01:00+08:00')).toMatchObject({ ticket: '2019-11-26/hall/A001' });
    expect(ticketOf('2019-11-25T08:01:00+08:00')).not.toHaveProperty('ticketDay');
  });

  test('the day is the hall’s, whatever offset the time was told with', () => {
    expect(take('2019-11-25T17:00:00Z')).toMatchObject({ ticket: '2019-11-26/hall/A001' });
    expect(take('2019-11-25T23:59:59.999+08:00')).toMatchObject({ ticket: '2019-11-25/hall/A001' });
  });

  test('another station gives out numbers of its own, whatever its name', () => {
    const ids = ['hall', 'a/b', 'a%2Fb', 'a', '%'].flatMap((station) =>
      ['A001', 'b/A001', '/A001'].map(
        (ticket) => (take('2019-11-25T08:00:00Z', { station, ticket }) as { ticket: string }).ticket,
      ),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('numbers of earlier days are unique as they are', () => {
    expect(take('2019-11-24T23:59:59+08:00')).toEqual({ ticket: 'A001', station: 'hall' });
  });

  test('a time is needed, since the day of arrival may be another', () => {
    expect(send('hall.ticket.taken', undefined, { ticket: 'A001', station: 'hall' })).toEqual({
      ok: false,
      id: 'e-1',
      field: 'time',
      reason: 'data',
    });
    expect(send('hall.service.given', undefined, { station: 'hall', kind: 'copying' }).ok).toBe(true);
    expect(take(undefined, { ticketDay: '2019-11-26' })).toEqual({ ticket: '2019-11-26/hall/A001', station: 'hall' });
  });

  test('told with its day or by its time, a ticket is the same content', () => {
    const byTime = take('2019-11-26T08:00:00+08:00');
    expect(take('2019-11-26T08:00:00+08:00', { ticketDay: '2019-11-26' })).toEqual(byTime);
    expect(take('2019-11-26T08:00:00+08:00', { ticketDay: null })).toEqual(byTime);
    expect(take('2019-11-26T08:00:00+08:00', { ticketDay: '2019-11-25' })).not.toEqual(byTime);
  });

  test.each([
    ['sms', 1],
    ['qr', 1],
    ['online', 1],
    ['phone', 1],
    ['pad', 2],
  ])('a rating by %s in round %s belongs to no ticket rather than to a stranger’s', (medium, round) => {
    const data = { score: 5, station: 'hall', ticket: 'A001', case: 'c', medium, round };
    const { ticket: _ticket, ...rest } = data;
    for (const time of ['2019-11-27T08:00:00+08:00', undefined])
      expect(send('hall.rating.given', time, data)).toMatchObject({
        ok: true,
        dropped: ['ticket'],
        event: { data: rest },
      });
    expect(kept('hall.rating.given', undefined, { ...data, ticketDay: '2019-11-25' })).toEqual({
      ...rest,
      ticket: '2019-11-25/hall/A001',
    });
  });

  test('an id that grows too long is refused', () => {
    const result = send('hall.ticket.taken', '2019-11-26T08:00:00Z', { ticket: 'A'.repeat(190), station: 'hall' });
    expect(result).toMatchObject({ field: 'data.ticket', reason: 'size' });
  });

  test('what is not a ticket at all is refused as ever', () => {
    for (const ticket of [5, {}, '', ['A001']])
      expect(send('hall.ticket.taken', '2019-11-26T08:00:00Z', { ticket, station: 'hall' })).toMatchObject({
        field: 'data.ticket',
        reason: 'data',
      });
    expect(
      send('hall.ticket.taken', '2019-11-26T08:00:00Z', { ticket: 'A', ticketDay: 'today', station: 'hall' }),
    ).toMatchObject({
      field: 'data.ticketDay',
      reason: 'data',
    });
  });
});

test('anybody else may tell the day of a ticket, and is taken at their word where they do not', () => {
  const rule = undefined;
  const data = { ticket: 'A001', station: 'hall' };
  const plain = parseEvent(
    { specversion: '1.0', source: '/queue', id: 'e', type: 'hall.ticket.taken', data },
    { now, tickets: rule },
  );
  expect(plain).toMatchObject({ ok: true, event: { data } });
  const told = parseEvent(
    {
      specversion: '1.0',
      source: '/queue',
      id: 'e',
      type: 'hall.ticket.taken',
      data: { ...data, ticketDay: '2019-11-20' },
    },
    { now },
  );
  expect(told).toMatchObject({ ok: true, event: { data: { ticket: '2019-11-20/hall/A001' } } });
});

test.each([
  ['A001', { number: 'A001' }],
  ['b12', { number: 'B12' }],
  ['7', { number: '7' }],
])('screens call out the number %s alone', (ticket, spoken) => {
  for (const station of ['hall', 'a/1', '梅丰'])
    expect(speakTicket((take('2019-11-26T08:00:00Z', { ticket, station }) as { ticket: string }).ticket)).toEqual(
      spoken,
    );
});
