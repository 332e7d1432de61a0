// Pasted text as rows: from a spreadsheet's clipboard, from CSV, and as badly as people paste.
import { expect, test } from 'vitest';
import { readRows } from '../../../client/forms/pasted-rows.ts';

test.each<[string, string, [number, ...string[]][]]>([
  [
    'tabs',
    'a\tb\r\n1\t2\r\n',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'commas with quotes',
    'a,b\n"1,5","he said ""x"""\n',
    [
      [1, 'a', 'b'],
      [2, '1,5', 'he said "x"'],
    ],
  ],
  [
    'full-width commas',
    '工号，姓名\nh1，何叶',
    [
      [1, '工号', '姓名'],
      [2, 'h1', '何叶'],
    ],
  ],
  [
    'a full-width comma in a sheet with tabs',
    '名称\t码\n新生儿，参保\tA',
    [
      [1, '名称', '码'],
      [2, '新生儿，参保', 'A'],
    ],
  ],
  [
    'a byte order mark',
    '\uFEFFa,b\n1,2',
    [
      [1, 'a', 'b'],
      [2, '1', '2'],
    ],
  ],
  [
    'a cell of two lines',
    'a\tb\n"one\ntwo"\t2\n3\t4',
    [
      [1, 'a', 'b'],
      [2, 'one\ntwo', '2'],
      [4, '3', '4'],
    ],
  ],
  [
    'rows of other lengths',
    'a,b\n1\n1,2,3',
    [
      [1, 'a', 'b'],
      [2, '1'],
      [3, '1', '2', '3'],
    ],
  ],
  [
    'a quote that stands within',
    'a\tb\n5" pipe\t2',
    [
      [1, 'a', 'b'],
      [2, '5" pipe', '2'],
    ],
  ],
  [
    'a quote that never closes',
    'a\tb\n"1\t2\n3\t4',
    [
      [1, 'a', 'b'],
      [2, '"1', '2'],
      [3, '3', '4'],
    ],
  ],
  [
    'names of every object',
    '__proto__,toString\n1,2',
    [
      [1, '__proto__', 'toString'],
      [2, '1', '2'],
    ],
  ],
  ['nothing', '', []],
])('%s', (_what, text, expected) => {
  expect(readRows(text).map(({ line, cells }) => [line, ...cells])).toEqual(expected);
});

test('an empty line is counted', () => {
  expect(readRows('a,b\n\n1,2').find(({ cells }) => cells[0] === '1')!.line).toBe(3);
});
