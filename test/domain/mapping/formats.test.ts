// Times as vendors write them: each format reads what it says and nothing else.
import { expect, test } from 'vitest';
import { createZone } from '../../../domain/calendar/zone.ts';
import {
  compileFormat,
  readIsoTime,
  resolveDeadline,
  resolveTime,
  resolveTimeNear,
  type TimeReader,
} from '../../../domain/mapping/formats.ts';

const shanghai = createZone('Asia/Shanghai');
const amsterdam = createZone('Europe/Amsterdam');

function readerOf(format: string | undefined, century?: number): TimeReader {
  if (format === undefined) return readIsoTime;
  const compiled = compileFormat(format, century);
  if (!compiled.ok) throw new Error(compiled.problem);
  return compiled.read;
}

function readAt(format: string | undefined, text: string, zone = shanghai, century?: number): string | undefined {
  const read = readerOf(format, century)(text);
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
  // PostgreSQL
  [undefined, '2019-06-05 09:03:00.5+00', '2019-06-05T09:03:00.500Z'],
  [undefined, '2019-06-05 09:03:00-03', '2019-06-05T12:03:00.000Z'],
  // 12-hour clocks
  ['M/d/yyyy h:mm a', '6/5/2019 3:05 PM', '2019-06-05T07:05:00.000Z'],
  ['M/d/yyyy h:mm a', '6/5/2019 12:05 am', '2019-06-04T16:05:00.000Z'],
  ['M/d/yyyy h:mm a', '6/5/2019 12:05 p.m.', '2019-06-05T04:05:00.000Z'],
  ['yyyy/M/d a h:mm:ss', '2019/6/5 上午 11:50:00', '2019-06-05T03:50:00.000Z'],
  ['yyyy/M/d a h:mm:ss', '2019/6/5 下午 1:10:00', '2019-06-05T05:10:00.000Z'],
  ['yyyy/M/d a h:mm', '2019/6/5 凌晨 12:30', '2019-06-04T16:30:00.000Z'],
  ['yyyy/M/d a h:mm', '2019/6/5 中午 11:40', '2019-06-05T03:40:00.000Z'],
  ['yyyy/M/d a h:mm', '2019/6/5 中午 12:40', '2019-06-05T04:40:00.000Z'],
  ['yyyy/M/d a h:mm', '2019/6/5 晚上 8:05', '2019-06-05T12:05:00.000Z'],
  ['yyyy/M/d a H:mm', '2019/6/5 下午 13:05', '2019-06-05T05:05:00.000Z'],
  ['yyyy/M/d a H:mm', '2019/6/5 下午 1:05', '2019-06-05T05:05:00.000Z'],
  // names of months
  ['d MMM yyyy HH:mm', '5 Jun 2019 09:03', '2019-06-05T01:03:00.000Z'],
  ['MMM d, yyyy', 'September 30, 2019', '2019-09-29T16:00:00.000Z'],
  ['d-MMM-yyyy', '5-SEPT-2019', '2019-09-04T16:00:00.000Z'],
  ['yyyy年MMMd日', '2019年十二月5日', '2019-12-04T16:00:00.000Z'],
  // signs of an input method, and a doubled blank
  ['yyyy/M/d H:mm', '２０１９／６／５　　９：０３', '2019-06-05T01:03:00.000Z'],
  ['yyyy-MM-dd HH:mm', '2019-06-05\u00a0 09:03', '2019-06-05T01:03:00.000Z'],
  [undefined, '2019-06-05  9:03', '2019-06-05T01:03:00.000Z'],
  // the end of the day
  ['yyyy-MM-dd HH:mm:ss', '2019-06-05 24:00:00', '2019-06-05T16:00:00.000Z'],
  [undefined, '2019-12-31 24:00', '2019-12-31T16:00:00.000Z'],
  [undefined, '2019-06-05T24:00:00Z', '2019-06-06T00:00:00.000Z'],
  // numbers
  ['unix-seconds', '1559696580', '2019-06-05T01:03:00.000Z'],
  ['unix-seconds', '1559696580.25', '2019-06-05T01:03:00.250Z'],
  ['unix-milliseconds', '1559696580125', '2019-06-05T01:03:00.125Z'],
  ['serial', '43621.3770833333', '2019-06-05T01:03:00.000Z'],
  ['serial', '43621', '2019-06-04T16:00:00.000Z'],
  ['serial', '43621.9999999', '2019-06-05T16:00:00.000Z'],
  ['serial-1904', '42159.3770833333', '2019-06-05T01:03:00.000Z'],
])('%s reads %s', (format, text, expected) => {
  expect(readAt(format, text)).toBe(expected);
});

test.each([
  ['yyyy/M/d H:mm', '2019/2/30 9:03'],
  ['yyyy/M/d H:mm', '2019/13/1 9:03'],
  ['yyyy/M/d H:mm', '2019/6/5 24:30'],
  ['yyyy/M/d H:mm', '2019/6/5 25:00'],
  ['yyyy/M/d a h:mm', '2019/6/5 上午 13:05'],
  ['yyyy/M/d a H:mm', '2019/6/5 上午 13:05'],
  ['yyyy/M/d a h:mm', '2019/6/5 下午 0:05'],
  ['yyyy/M/d a h:mm', '2019/6/5 晚上 12:05'],
  ['d MMM yyyy', '5 Juno 2019'],
  ['serial', '60'],
  ['serial', '2019-06-05'],
  ['serial', '9999999'],
  ['unix-seconds', '99999999999999'],
  ['yyyy/M/d H:mm', '2019/6/5 9:60'],
  ['yyyy/M/d H:mm', '2019/6/5'],
  ['yyyy/M/d H:mm', '5/6/2019 9:03'],
  ['yyyy-MM-dd', '2019-6-5'],
  [undefined, '2019-06-05 09:03+19:00'],
  [undefined, 'yesterday'],
])('%s refuses %s', (format, text) => {
  expect(readAt(format, text)).toBeUndefined();
});

test.each([
  ['H:mm', 'year'],
  ['yyyy-MM', 'day'],
  ['yyyy-MM-dd qq', 'qq'],
  ['yyyy-yyyy-MM-dd', 'again'],
  ["yyyy-MM-dd 'T", 'quote'],
  // What reads the morning alone would leave the afternoon out.
  ['yyyy/M/d 上午 h:mm', '上午'],
  ["yyyy/M/d 'PM' h:mm", 'PM'],
  ["yyyy-MM-dd 'HH':mm", 'HH'],
  ['yyyy/M/d h:mm', 'a'],
  ['d/M/yy', 'century'],
])('%s is no format, which names %s', (format, named) => {
  const compiled = compileFormat(format);
  expect(compiled).toMatchObject({ ok: false });
  expect(compiled.ok ? '' : compiled.problem.replace(format, '')).toContain(named);
});

test.each([
  [2000, '19', '2019'],
  [1950, '49', '2049'],
  [1950, '50', '1950'],
  [1999, '99', '1999'],
  [1999, '98', '2098'],
])('of the hundred years from %i, %s is %s', (century, digits, year) => {
  expect(readAt('d/M/yy', `5/6/${digits}`, createZone('UTC'), century)).toBe(`${year}-06-05T00:00:00.000Z`);
});

test.each([
  ['1', '1900-01-01'],
  ['59', '1900-02-28'],
  ['61', '1900-03-01'],
])('serial %s is %s, as if 1900 had had a 29 February', (serial, day) => {
  expect(readAt('serial', serial, createZone('UTC'))).toBe(`${day}T00:00:00.000Z`);
});

test.each([
  [undefined, '2019-06-10', '2019-06-10T15:59:59.999Z'],
  [undefined, '2019-06-10 00:00', '2019-06-09T16:00:00.000Z'],
  ['yyyy年M月d日', '2019年6月10日', '2019-06-10T15:59:59.999Z'],
  ['serial', '43626', '2019-06-10T15:59:59.999Z'],
])('as a deadline %s reads %s', (format, text, expected) => {
  expect(new Date(resolveDeadline(readerOf(format)(text)!, shanghai)).toISOString()).toBe(expected);
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
