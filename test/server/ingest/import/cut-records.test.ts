// Every row of a file is accounted for, whatever its quotes: a stray one touches its own row and no other.
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { cutRecords, type CutRecord } from '../../../../server/ingest/import/cut-records.ts';
import { openRows } from '../../../../server/ingest/import/rows.ts';
import { createFileFolder, readAll } from './sample-files.ts';

const folder = createFileFolder();
afterAll(() => folder.dispose());
let files = 0;

async function cut(text: string, delimiter = ','): Promise<CutRecord[]> {
  const records: CutRecord[] = [];
  for await (const record of cutRecords(text.split('\n'), delimiter)) records.push(record);
  return records;
}
const kinds = async (text: string) => (await cut(text)).map(({ line, kind }) => `${line} ${kind}`);
const read = async (text: string) => readAll(await openRows(folder.write(`f${files++}.csv`, text)));

test('a stray quote refuses its own row, though another one stands four hundred rows later', async () => {
  const rows = Array.from({ length: 400 }, (_, i) => `d${i},2019/6/5 9:04,丁`);
  const text = [
    '编号,时间,名称',
    'c0,2019/6/5 9:00,"开头',
    ...rows,
    'e1,2019/6/5 9:03,"正常"',
    'e2,2019/6/5 9:03,尾"',
    '',
  ];
  const found = await read(text.join('\n'));
  expect(found.filter(({ kind }) => kind === 'broken')).toEqual([{ kind: 'broken', line: 2, reason: 'quote' }]);
  expect(found).toHaveLength(403);
  expect(found[401]).toEqual({ kind: 'cells', line: 403, cells: ['e1', '2019/6/5 9:03', '正常'] });
});

test.each<[string, string, string[]]>([
  ['a cell that goes on', 'a,b\n1,"two\nlines"\n3,4', ['1 record', '2 record', '4 record']],
  ['one with a blank line and commas in it', 'a,b\n1,"x\n\ny, z, and more"\n3,4', ['1 record', '2 record', '5 record']],
  ['a stray quote at the end', 'a,b\n1,2\n3,"4', ['1 record', '2 record', '3 stray']],
  [
    'two stray quotes that would close one another',
    'a,b\n1,"2\n3,4\n5,6"',
    ['1 record', '2 stray', '3 record', '4 record'],
  ],
  ['what stands behind a closing quote', 'a,b\n1,"2"x\n3,4', ['1 record', '2 stray', '3 record']],
  ['doubled quotes', 'a,b\n1,"say ""yes"""\n""""";",2', ['1 record', '2 record', '3 record']],
  ['a quote within a cell', 'a,b\n1,5" pipe\n3,4', ['1 record', '2 record', '3 record']],
  ['blank lines', 'a,b\n\n1,2\n\n', ['1 record', '2 blank', '3 record', '4 blank', '5 blank']],
])('it cuts %s', async (_name, text, expected) => {
  expect(await kinds(text)).toEqual(expected);
});

test('line ends of every kind, the last one or none', async () => {
  for (const end of ['\n', '\r\n', '\r'])
    for (const last of ['', end]) {
      const rows = await read(['a,b', '1,"x', 'y"', '2,3'].join(end) + last);
      expect(rows.map((row) => (row.kind === 'cells' ? [row.line, ...row.cells] : row.kind))).toEqual([
        [3, '1', 'x\ny'],
        [4, '2', '3'],
      ]);
    }
});

/** A cell as a careful system writes it: whatever it holds, quoted where it must be and sometimes where it need not. */
const cell = fc.tuple(
  fc.string({ unit: fc.constantFrom('a', '1', ' ', '"', ',', ';', '厅', '\n'), maxLength: 8 }),
  fc.boolean(),
);
const table = fc
  .integer({ min: 2, max: 4 })
  .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }));

function write(rows: readonly (readonly (readonly [string, boolean])[])[], end: string): string {
  const quote = ([text, always]: readonly [string, boolean]) =>
    always || /[",\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const header = rows[0]!.map((_, i) => `c${i}`).join(',');
  return [header, ...rows.map((row) => row.map(quote).join(',').replaceAll('\n', end))].join(end) + end;
}

test('whatever a table holds, it reads back the same, or its row is refused by name and no other is touched', async () => {
  await fc.assert(
    fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), async (rows, end) => {
      const found = await read(write(rows, end));
      const expected = rows.map((row) => row.map(([text]) => text));
      const cells = found.filter((row) => row.kind === 'cells').map(({ cells: own }) => own);
      // A cell whose own lines look like whole rows cannot be told from a stray quote: its row may be refused.
      if (!rows.some((row) => row.some(([text]) => /\n.*,/s.test(text)))) {
        expect(found.every(({ kind }) => kind === 'cells')).toBe(true);
        expect(cells.map((own) => own.map((text) => text.replaceAll('\r\n', '\n')))).toEqual(
          expected.filter((row) => row.length > 1 || row[0] !== ''),
        );
      }
    }),
    { numRuns: 150 },
  );
});

test('a stray quote put anywhere before a cell of a plain table refuses that row alone', async () => {
  const plain = fc.array(fc.tuple(fc.integer({ min: 0, max: 999 }), fc.constantFrom('甲', '乙 丙', 'x')), {
    minLength: 2,
    maxLength: 60,
  });
  await fc.assert(
    fc.asyncProperty(plain, fc.array(fc.nat(), { minLength: 1, maxLength: 5 }), async (rows, places) => {
      const stray = new Set(places.map((place) => place % rows.length));
      const lines = rows.map(([n, text], i) => `${n},${stray.has(i) ? '"' : ''}${text}`);
      const found = await read(['编号,名称', ...lines, ''].join('\n'));
      expect(found).toHaveLength(rows.length);
      found.forEach((row, i) => expect(row.kind, `line ${i + 2}`).toBe(stray.has(i) ? 'broken' : 'cells'));
    }),
    { numRuns: 150 },
  );
});
