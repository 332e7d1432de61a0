// Where records begin and end: each kind of quote and line end, in pieces of any size, and what is never a record.
import { expect, test } from 'vitest';
import { createRecordCutter, type CutRecord, RECORD_LIMIT } from '../../../../server/ingest/import/cut-records.ts';

function cut(text: string, pieceSize = text.length, headerRow = 1): readonly string[] {
  const cutter = createRecordCutter({ delimiter: ',', headerRow });
  const found: (readonly CutRecord[])[] = [];
  for (let at = 0; at < text.length; at += pieceSize) found.push(cutter.push(text.slice(at, at + pieceSize)));
  return [...found, cutter.end()].flat().map((record) => {
    const lines = record.from === record.to ? `${record.from}` : `${record.from}-${record.to}`;
    return record.kind === 'broken'
      ? `${lines} ${record.reason}`
      : `${lines} ${JSON.stringify(record.text).slice(1, -1)}`;
  });
}

const rows = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => `d${first + index},2019/6/5 9:03,乙\n`).join('');

test.each<[string, string, readonly string[]]>([
  ['every kind of line end, in one file', 'a,b\r\n1,2\r3,4\n\r\n5,6', ['1 a,b', '2 1,2', '3 3,4', '5 5,6']],
  ['a line end within a cell', 'a,b\r\n1,"x\r\ny\rz"\r\n2,3', ['1 a,b', '2-4 1,\\"x\\ny\\nz\\"', '5 2,3']],
  ['an empty line within a cell', 'a,b\n1,"x\n\n\ny"\n2,3\n', ['1 a,b', '2-5 1,\\"x\\n\\n\\ny\\"', '6 2,3']],
  ['several such cells', 'a,b\n"1\n2","x\ny"\n2,3\n', ['1 a,b', '2-4 \\"1\\n2\\",\\"x\\ny\\"', '5 2,3']],
  ['a cell that ends in a line end', 'a,b\n1,"x\n"\n2,3\n', ['1 a,b', '2-3 1,\\"x\\n\\"', '4 2,3']],
  ['doubled quotes at each end', 'a,b\n1,"""x""\ny"""\n2,3', ['1 a,b', '2-3 1,\\"\\"\\"x\\"\\"\\ny\\"\\"\\"', '4 2,3']],
  ['quotes that do not begin a cell', 'a,b\n5" pipe,x"y"\n1,2', ['1 a,b', '2 5\\" pipe,x\\"y\\"', '3 1,2']],
  ['a quote closed in the midst of a text', 'a,b\n"x"y,1\n1,2', ['1 a,b', '2 \\"x\\"y,1', '3 1,2']],
  ['column names of several lines', 'a,"b\nc",d\n1,2,3', ['1-2 a,\\"b\\nc\\",d', '3 1,2,3']],
  ['empty cells beyond the header', 'a,b\n1,"x\ny",,\n2,3,,', ['1 a,b', '2-3 1,\\"x\\ny\\",,', '4 2,3,,']],
  ['commas in the lines of a cell', 'a,b\n1,"x, y\nz, 12"\n2,3', ['1 a,b', '2-3 1,\\"x, y\\nz, 12\\"', '4 2,3']],
  ['a quote that is never closed', 'a,b\n1,"x\n2,3\n4,5\n', ['1 a,b', '2 quote', '3 2,3', '4 4,5']],
  ['one in the last row, without a line end', 'a,b\n1,2\n3,"x', ['1 a,b', '2 1,2', '3 quote']],
  ['one alone at the end', 'a,b\n1,2\n"', ['1 a,b', '2 1,2', '3 quote']],
  ['one above a quoted cell', 'a,b\n1,"x\n2,"y"\n3,""\n', ['1 a,b', '2 quote', '3 2,\\"y\\"', '4 3,\\"\\"']],
  ['one above a cell of several lines', 'a,b\n1,"x\n2,"y\nz"\n', ['1 a,b', '2 quote', '3-4 2,\\"y\\nz\\"']],
  ['two in rows that follow each other', 'a,b\nc1,"x\nc2,"\nc3,y\n', ['1 a,b', '2 quote', '3 quote', '4 c3,y']],
  ['two in rows of small numbers', 'a,b\n1,"2\n3,4\n5,6"', ['1 a,b', '2 quote', '3 3,4', '4 5,6\\"']],
  ['one in every row', 'a,b\nc1,"x\nc2,"y\nc3,"z\n', ['1 a,b', '2 quote', '3 quote', '4 quote']],
  ['one in the column names', 'a,"b\n1,2\n', ['1 quote', '2 1,2']],
])('%s', (_name, text, expected) => {
  for (const pieceSize of [text.length, 1, 2, 3]) expect(cut(text, pieceSize)).toEqual(expected);
});

test('a title above the column names is no measure for them', () => {
  expect(cut('title\n\na,b\n1,"x\ny"\n', 4, 3)).toEqual(['1 title', '3 a,b', '4-5 1,\\"x\\ny\\"']);
});

test.each(['"正常', '"', '显示屏19"', '"正常"', '","', '"甲",'])(
  'a stray quote is not closed four hundred rows below by %s',
  (partner) => {
    const text = `编号,时间,名称\n${rows(3)}c4,2019/6/5 9:03,"开头\n${rows(400, 3)}e1,2019/6/5 9:03,${partner}\n${rows(9, 403)}`;
    const found = cut(text);
    expect(found).toHaveLength(415);
    expect(found.map((line) => Number(line.split(' ')[0]))).toEqual(
      Array.from({ length: 415 }, (_, index) => index + 1),
    );
    expect(found.filter((line) => line.endsWith('quote')).slice(0, 1)).toEqual(['5 quote']);
  },
);

test('a cell longer than any row may be is none', () => {
  const text = `a,b\n1,"${'x\n'.repeat(RECORD_LIMIT / 2 + 1)}"\n2,3\n`;
  const found = cut(text, 1 << 18);
  expect(found.slice(0, 3)).toEqual(['1 a,b', '2 quote', '3 x']);
  expect(found.at(-1)).toBe(`${RECORD_LIMIT / 2 + 4} 2,3`);
});

test('quotes everywhere cost no more than the text is long', () => {
  const worst = `a,b\n${'1,","\n'.repeat(200_000)}2,"x\n${'3,""\n'.repeat(200_000)}`;
  expect(cut(worst, 1 << 18)).toHaveLength(400_002);
});
