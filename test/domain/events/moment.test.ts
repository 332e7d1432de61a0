/** Moments: what RFC 3339 allows is read to the millisecond, and no more than that. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMoment } from '../../../domain/events/moment.ts';

test.each([
  ['2019-11-25T10:30:00+08:00', '2019-11-25T02:30:00.000Z'],
  ['2019-11-25t02:30:00z', '2019-11-25T02:30:00.000Z'],
  ['2019-11-25T02:30:00.1Z', '2019-11-25T02:30:00.100Z'],
  ['2019-11-25T02:30:00.123999Z', '2019-11-25T02:30:00.123Z'],
  ['2019-11-24T23:30:00-03:00', '2019-11-25T02:30:00.000Z'],
  ['2020-02-29T00:00:00+05:30', '2020-02-28T18:30:00.000Z'],
  ['2000-02-29T00:00:00Z', '2000-02-29T00:00:00.000Z'],
  ['2019-12-31T23:59:59-00:00', '2019-12-31T23:59:59.000Z'],
])('%s is %s', (text, iso) => expect(parseMoment(text)).toBe(Date.parse(iso)));

test.each([
  '',
  '2019-11-25',
  '2019-11-25T10:30:00',
  '2019-11-25 10:30:00+08:00',
  '2019-11-25T10:30+08:00',
  '2019-11-25T10:30:00+0800',
  '2019-11-25T10:30:00+08',
  '2019-02-30T10:30:00Z',
  '2019-02-29T10:30:00Z',
  '1900-02-29T10:30:00Z',
  '2019-04-31T10:30:00Z',
  '2019-13-01T10:30:00Z',
  '2019-00-01T10:30:00Z',
  '2019-01-00T10:30:00Z',
  '2019-11-25T24:00:00Z',
  '2019-11-25T10:60:00Z',
  '2019-11-25T23:59:60Z',
  '2019-11-25T10:30:00+24:00',
  '2019-11-25T10:30:00.Z',
  '2019-11-25T10:30:00,5Z',
  ' 2019-11-25T10:30:00Z',
  '2019-11-25T10:30:00Z ',
  '+2019-11-25T10:30:00Z',
  '２019-11-25T10:30:00Z',
])('%j is no moment', (text) => expect(parseMoment(text)).toBeUndefined());

test('every instant of four-digit years is read back, in any offset', () => {
  const instant = fc.date({
    min: new Date('0001-01-02T00:00:00Z'),
    max: new Date('9999-12-30T00:00:00Z'),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(instant, fc.integer({ min: -1439, max: 1439 }), (date, offset) => {
      const local = new Date(date.getTime() + offset * 60_000).toISOString().slice(0, -1);
      const size = Math.abs(offset);
      const two = (n: number) => String(n).padStart(2, '0');
      const text = `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
      expect(parseMoment(text)).toBe(date.getTime());
    }),
  );
});
