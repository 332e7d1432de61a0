/** The number that is called out, from a ticket's id. */
import { expect, it } from 'vitest';
import { speakTicket } from '../../../domain/board/topics/public-calls.ts';

it.each([
  ['A023', { number: 'A023' }],
  ['a23', { number: 'A23' }],
  ['17', { number: '17' }],
  ['20191125-A023', { number: 'A023' }],
  ['2019-11-25/A023', { number: 'A023' }],
  ['hall:A1023', { number: 'A1023' }],
  // The demo's: a year, the day of the year and the number of the day.
  ['t-2019-329034', { number: '034', tail: true }],
  ['20191125000034', { number: '034', tail: true }],
  ['票20191125034', { number: '034', tail: true }],
  ['VISIT0034', { number: '034', tail: true }],
  ['8c7f5d1e-2f63-4c55-9d62-ab4f0c9e77ab', undefined],
  ['A023-', undefined],
  ['张三', undefined],
  ['', undefined],
] as const)('%s', (id, expected) => {
  expect(speakTicket(id)).toEqual(expected);
});
