// Times as vendors write them: each format reads what it says and nothing else.
import { expect, test } from 'vitest';
import { createZone } from '../../../domain/calendar/zone.ts';
import { compileFormat, readIsoTime, resolveTime, resolveTimeNear } from '../../../domain/mapping/formats.ts';

const shanghai = createZone('Asia/Shanghai');
const amsterdam = createZone('Europe/Amsterdam');

function readAt(format: string | undefined, text: string, zone = shanghai): string | undefined {
  const reader = format === undefined ? readIsoTime : compileFormat(format)!;
  const read = reader(text);
  return read && new Date(resolveTime(read, zone)).toISOString();
}

test.each([
  ['yyyy/M/d H:mm', '2019/6/5 9:03', '2019-06-05T01:03:00.000Z'],
  ['yyyy/M/d H:mm', '2019/12/31 23:59', '2019-12-31T15:59:00.000Z'],
  ['yyyy-MM-dd HH:mm:ss', '2018-07-04 17:24:41', '2018-07-04T09:24:41.000Z'],
  ['yyyy年M月d日 H时m分', '2019年6月5日 9时3分', '2019-06-05T01:03:00.000Z'],
  ['yyyyMMddHHmmss', '20190605090300', '2019-06-05T01:03:00.000Z'],
  ['d.M.yyyy HH:mm:ss.SSS', '5.6.2019 09:03:00.12', '2019-06-05T01:03:00.120Z'],
  ["yyyy-MM-dd'T'HH:mm:ssXXX", '2019-06-05T09:03:00+02:00', '2019-06-05T07:03:00.000Z'],
  [undefined, '2019-06-05', '2019-06-04T16:00:00.000Z'],
  [undefined, '2019-06-05 9:03', '2019-06-05T01:03:00.000Z'],
  [undefined, '2011-10-11 13:42:22.688000+02:00', '2011-10-11T11:42:22.688Z'],
  [undefined, '2019-06-05T09:03:00Z', '2019-06-05T09:03:00.000Z'],
])('%s reads %s', (format, text, expected) => {
  expect(readAt(format, text)).toBe(expected);
});

test.each([
  ['yyyy/M/d H:mm', '2019/2/30 9:03'],
  ['yyyy/M/d H:mm', '2019/13/1 9:03'],
  ['yyyy/M/d H:mm', '2019/6/5 24:00'],
  ['yyyy/M/d H:mm', '2019/6/5 9:60'],
  ['yyyy/M/d H:mm', '2019/6/5'],
  ['yyyy/M/d H:mm', '5/6/2019 9:03'],
  ['yyyy-MM-dd', '2019-6-5'],
  [undefined, '2019-06-05 09:03+19:00'],
  [undefined, 'yesterday'],
])('%s refuses %s', (format, text) => {
  expect(readAt(format, text)).toBeUndefined();
});

test.each(['H:mm', 'yyyy-MM', 'yyyy-MM-dd qq', 'yyyy-yyyy-MM-dd', "yyyy-MM-dd 'T"])('%s is no format', (format) => {
  expect(compileFormat(format)).toBeUndefined();
});

test('summer time: a text without offset is read in its zone, the hour that is skipped lies just after the gap', () => {
  expect(readAt(undefined, '2011-07-01 12:00', amsterdam)).toBe('2011-07-01T10:00:00.000Z');
  expect(readAt(undefined, '2011-12-01 12:00', amsterdam)).toBe('2011-12-01T11:00:00.000Z');
  expect(readAt(undefined, '2011-03-27 02:30', amsterdam)).toBe('2011-03-27T01:30:00.000Z');
  expect(readAt(undefined, '2011-10-30 02:30', amsterdam)).toBe('2011-10-30T00:30:00.000Z');
});

test.each([
  ['2010-08-02 0:04:25', '2010-08-02 23:54:40', '2010-08-02T16:04:25.000Z'],
  ['2010-08-02 23:59:59', '2010-08-02 0:00:01', '2010-08-01T15:59:59.000Z'],
  ['2010-08-02 10:00:50', '2010-08-02 10:00:51', '2010-08-02T02:00:50.000Z'],
])('%s near %s is the clock time on the nearest day', (text, reference, expected) => {
  const at = resolveTime(readIsoTime(reference)!, shanghai);
  expect(new Date(resolveTimeNear(readIsoTime(text)!, shanghai, at)).toISOString()).toBe(expected);
});
