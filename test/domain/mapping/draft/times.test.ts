// Every way of writing times that a draft knows is found again in a column of them.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileFormat, readIsoTime } from '../../../../domain/mapping/formats.ts';
import { findClockFormats, findLengths, findTimeStyle } from '../../../../domain/mapping/draft/times.ts';

const two = (value: number): string => String(value).padStart(2, '0');
interface Moment {
  readonly day: string;
  readonly minute: number;
  readonly second: number;
}
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const dates: Readonly<Record<string, (y: number, m: number, d: number) => string>> = {
  iso: (y, m, d) => `${y}-${two(m)}-${two(d)}`,
  dashes: (y, m, d) => `${y}-${m}-${d}`,
  slashes: (y, m, d) => `${y}/${m}/${d}`,
  points: (y, m, d) => `${y}.${two(m)}.${two(d)}`,
  chinese: (y, m, d) => `${y}年${m}月${d}日`,
  'full width': (y, m, d) => `${y}／${m}／${d}`.replace(/\d/g, (c) => String.fromCodePoint(c.codePointAt(0)! + 0xfee0)),
  British: (y, m, d) => `${two(d)}/${two(m)}/${y}`,
  American: (y, m, d) => `${m}/${d}/${y}`,
  German: (y, m, d) => `${d}.${m}.${y}`,
  'name of the month': (y, m, d) => `${d}-${MONTHS[m - 1]}-${y}`,
};
const clocks: Readonly<Record<string, (h: number, m: number, s: number) => string>> = {
  none: () => '',
  minutes: (h, m) => ` ${h}:${two(m)}`,
  seconds: (h, m, s) => ` ${two(h)}:${two(m)}:${two(s)}`,
  'AM and PM': (h, m) => ` ${h % 12 || 12}:${two(m)} ${h < 12 ? 'AM' : 'PM'}`,
  '上午 and 下午': (h, m, s) => ` ${h < 12 ? '上午' : '下午'}${h % 12 || 12}:${two(m)}:${two(s)}`,
};

const moments = fc.array(
  fc.record({
    day: fc
      .date({ min: new Date('2001-01-01'), max: new Date('2029-12-31'), noInvalidDate: true })
      .map((at) => at.toISOString().slice(0, 10)),
    minute: fc.nat(1_439),
    second: fc.nat(59),
  }),
  { minLength: 1, maxLength: 25 },
);
const write = (date: string, clock: string, { day, minute, second }: Moment): string => {
  const [year, month, on] = day.split('-').map(Number) as [number, number, number];
  return dates[date]!(year, month, on) + clocks[clock]!(Math.floor(minute / 60), minute % 60, second);
};

describe.each(Object.keys(dates))('%s dates', (date) => {
  test.each(Object.keys(clocks))('and %s', (clock) => {
    fc.assert(
      fc.property(moments, fc.boolean(), (list, isNamed) => {
        const cells = list.map((moment, line) => ({ text: write(date, clock, moment), line }));
        const style = findTimeStyle(cells, isNamed);
        expect(style).toMatchObject({ unread: [], isNumber: false, isDayOnly: clock === 'none' });
        const readers = style!.formats.map((format) => {
          const compiled = compileFormat(format, 2000);
          if (!compiled.ok) throw new Error(compiled.problem);
          return compiled.read;
        });
        for (const [index, { text, line }] of cells.entries()) {
          const found = readers.flatMap((read) => read(text) ?? []);
          const reads = found.length > 0 ? found : [readIsoTime(text)!];
          const { day, minute, second } = list[index]!;
          const ms =
            clock === 'none' ? 0 : (minute * 60 + (clock === 'minutes' || clock === 'AM and PM' ? 0 : second)) * 1_000;
          // The right reading is always among them, and where there is another the row is named.
          expect(reads).toContainEqual({ kind: 'local', day, ms, isDay: clock === 'none' });
          expect(style!.doubtful.includes(line)).toBe(new Set(reads.map((read) => JSON.stringify(read))).size > 1);
        }
      }),
      { numRuns: 25 },
    );
  });
});

const cellsOf = (...texts: string[]) => texts.map((text, line) => ({ text, line }));

test.each<[string, string[], boolean, readonly string[] | undefined]>([
  ['seconds since 1970, in a column of times', ['1559698260', '1559698360'], true, ['unix-seconds']],
  ['milliseconds', ['1559698260123'], true, ['unix-milliseconds']],
  ['days of a spreadsheet', ['43621.377', '43622'], true, ['serial']],
  ['days without signs', ['20190605', '20190606'], true, ['yyyyMMdd']],
  ['to the second', ['20190605090311'], true, ['yyyyMMddHHmmss']],
  ['the same where no name speaks of times', ['1559698260', '1559698360'], false, undefined],
  ['ids that look like days', ['20190605', '20190606'], false, undefined],
  ['years out of sight', ['0019-06-05'], true, undefined],
  [
    'two lengths of one style',
    ['2019/6/5 9:03', '2019/6/5 9:03:22', '2019/6/6'],
    true,
    ['yyyy/M/d H:mm', 'yyyy/M/d H:mm:ss', 'yyyy/M/d'],
  ],
  ['half of it no times, in a column of times', ['2019/6/5', '补录'], true, ['yyyy/M/d']],
  ['half of it no times, elsewhere', ['2019/6/5', '补录'], false, undefined],
  ['texts', ['参保登记', '社保转移'], true, undefined],
])('%s', (_says, texts, isNamed, formats) => {
  expect(findTimeStyle(cellsOf(...texts), isNamed)?.formats).toEqual(formats);
});

test('times of day, and lengths of time', () => {
  expect(findClockFormats(cellsOf('9:03', '14:20:05'))).toEqual(['H:mm', 'H:mm:ss']);
  expect(findClockFormats(cellsOf('下午3:05'))).toEqual(['ah:mm']);
  expect(findClockFormats(cellsOf('9:03', '后'))).toBeUndefined();
  expect(findLengths(cellsOf('68', '7.5'))).toEqual({ saysUnit: false });
  expect(findLengths(cellsOf('0:01:54', '1小时5分', '45秒'))).toEqual({ saysUnit: true });
  expect(findLengths(cellsOf('1:54'))).toEqual({ saysUnit: false });
  expect(findLengths(cellsOf('半天'))).toBeUndefined();
});
