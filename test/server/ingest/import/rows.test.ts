// Files as they come from vendors: their encodings, line numbers, broken rows, sheets and bombs.
import { deflateRawSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { openRows } from '../../../../server/ingest/import/rows.ts';
import { createFileFolder, encodeGb18030, readAll, zipOf } from './sample-files.ts';

const folder = createFileFolder();
afterAll(() => folder.dispose());

const text = '编号,名称\r\n1,医保报销\r\n2,"两行\r\n的备注"\r\n\r\n3,"说""好"""\r\n';
const expected = [
  { kind: 'cells', line: 2, cells: ['1', '医保报销'] },
  { kind: 'cells', line: 4, cells: ['2', '两行\n的备注'] },
  { kind: 'cells', line: 6, cells: ['3', '说"好"'] },
];

test.each<[string, string, string | Uint8Array, string]>([
  ['UTF-8', 'utf8.csv', text, 'utf-8'],
  ['UTF-8 with a mark at its start', 'bom.csv', `\uFEFF${text}`, 'utf-8'],
  ['GB18030', 'gb.csv', encodeGb18030(text), 'gb18030'],
])('%s is detected and read by physical lines', async (_name, name, content, encoding) => {
  const source = await openRows(folder.write(name, content));
  expect(source).toMatchObject({ encoding: { encoding }, header: ['编号', '名称'] });
  expect(await readAll(source)).toEqual(expected);
  expect(await readAll(source)).toEqual(expected);
});

test('a file whose only Chinese character is its last one is still recognised', async () => {
  const ascii = 'a,b\n' + '1,2\n'.repeat(100_000);
  const source = await openRows(folder.write('late.csv', Buffer.concat([Buffer.from(ascii), encodeGb18030('3,厅\n')])));
  expect(source.encoding).toEqual({ encoding: 'gb18030', by: 'likely' });
});

test('an encoding that the mapping states is held to; nonsense is refused as a whole', async () => {
  const gb = folder.write('stated.csv', encodeGb18030(text));
  await expect(openRows(gb, { encoding: 'utf-8' })).rejects.toThrow(/not of the encoding/);
  const nonsense = folder.write('nonsense.csv', Uint8Array.of(0x61, 0x2c, 0x62, 0x0a, 0xff, 0xff, 0x0a));
  await expect(openRows(nonsense)).rejects.toThrow(/cannot be told/);
});

const BYTES = {
  big5: [0xb8, 0xf4, 0xbf, 0x4f, 0xa4, 0xa3, 0xab, 0x47],
  latin: [0x53, 0xe3, 0x6f, 0x20, 0x50, 0x61, 0x75, 0x6c, 0x6f],
};
const utf16 = (text: string, isBig: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

test.each<[string, Uint8Array, string, string, string]>([
  ['Big5', Buffer.concat([Buffer.from('a,b\n1,'), Uint8Array.from(BYTES.big5)]), 'big5', 'likely', '路燈不亮'],
  [
    'Windows-1252',
    Buffer.concat([Buffer.from('a,b\n1,'), Uint8Array.from(BYTES.latin)]),
    'windows-1252',
    'likely',
    'São Paulo',
  ],
  ['UTF-16LE with a mark', utf16('\uFEFFa,b\r\n1,厅', false), 'utf-16le', 'mark', '厅'],
  ['UTF-16BE with a mark', utf16('\uFEFFa,b\r\n1,厅', true), 'utf-16be', 'mark', '厅'],
  ['UTF-16LE without one', utf16('a,b\r\n1,厅', false), 'utf-16le', 'likely', '厅'],
  ['UTF-16BE without one', utf16('a,b\r\n1,厅', true), 'utf-16be', 'likely', '厅'],
])('%s is recognised', async (_name, bytes, encoding, by, cell) => {
  const source = await openRows(folder.write('recognised.csv', bytes));
  expect(source.encoding).toEqual({ encoding, by });
  expect(await readAll(source)).toEqual([{ kind: 'cells', line: 2, cells: ['1', cell] }]);
});

test('a sign that is cut or broken refuses its own row, and is not taken for another encoding', async () => {
  const road = Buffer.from('路灯不亮');
  const utf8 = Buffer.concat([
    Buffer.from('a,b\n1,'),
    road,
    Buffer.from('\n2,'),
    road.subarray(0, 4),
    Buffer.from('\n3,x\n'),
  ]);
  const source = await openRows(folder.write('damaged.csv', utf8));
  expect(source.encoding).toEqual({ encoding: 'utf-8', by: 'likely' });
  const cut = encodeGb18030('a,b\n1,路灯不亮\n2,路灯').subarray(0, -1);
  const whole = { kind: 'cells', line: 2, cells: ['1', '路灯不亮'] };
  const broken = { kind: 'broken', line: 3, reason: 'encoding' };
  expect(await readAll(source)).toEqual([whole, broken, { kind: 'cells', line: 4, cells: ['3', 'x'] }]);
  expect(await readAll(await openRows(folder.write('cut.csv', cut)))).toEqual([whole, broken]);
});

test('rows that cannot be cut are named by their line, and those around them are read', async () => {
  const broken = 'a,b\n1,2\n3\n4,5,6\n7,8,\n9,5" pipe\n10,"never closed\n11,12\n';
  const rows = await readAll(await openRows(folder.write('broken.csv', broken)));
  expect(
    rows.map((row) => [
      row.line,
      row.kind === 'cells' ? row.cells.slice(0, 2).join() : row.kind === 'broken' && row.reason,
    ]),
  ).toEqual([
    [2, '1,2'],
    [3, 'columns'],
    [4, 'columns'],
    [5, '7,8'],
    [6, '9,5" pipe'],
    [7, 'quote'],
    [8, '11,12'],
  ]);
});

test('a quote that is never closed, and a line without end, are refused alone and held in bounds', async () => {
  const endless = `a,b\n1,2\n3,"${'4,5\n'.repeat(300_000)}6,${'x'.repeat(3_000_000)}\n7,8\n`;
  const rows = await readAll(await openRows(folder.write('endless.csv', endless)));
  expect(rows.slice(0, 3)).toMatchObject([
    { line: 2, kind: 'cells' },
    { line: 3, kind: 'broken', reason: 'quote' },
    { line: 4, kind: 'cells', cells: ['4', '5'] },
  ]);
  expect(rows.slice(-2)).toEqual([
    { line: 300_003, kind: 'broken', reason: 'long' },
    { line: 300_004, kind: 'cells', cells: ['7', '8'] },
  ]);
  expect(rows).toHaveLength(300_003);
});

test('a title above the header, another delimiter', async () => {
  const source = await openRows(folder.write('title.csv', '办件明细表;\n编号;名称\n1;一\n'), {
    headerRow: 2,
    delimiter: ';',
  });
  expect(source.header).toEqual(['编号', '名称']);
  expect(await readAll(source)).toEqual([{ kind: 'cells', line: 3, cells: ['1', '一'] }]);
});

test('a workbook: numbers, long numbers, dates, times of day, booleans, empty rows, by row number', async () => {
  const date = (value: string, format: string) => ({ value: new Date(value), type: Date, format });
  const sheet = [
    ['编号', '日期', '时间', '数', '是'],
    [
      '0012',
      date('2019-06-05T00:00:00Z', 'yyyy/m/d'),
      date('2019-06-05T09:03:07Z', 'yyyy-mm-dd hh:mm:ss'),
      0.1 + 0.2,
      true,
    ],
    [null, null, null, null, null],
    [{ value: 440304007001, type: Number }, null, date('1899-12-30T09:03:00Z', 'h:mm:ss'), 3, false],
  ];
  const file = `${folder.path}/book.xlsx`;
  await writeExcelFile(sheet as never).toFile(file);
  const source = await openRows(file);
  expect(source.format).toBe('xlsx');
  expect(await readAll(source)).toEqual([
    { kind: 'cells', line: 2, cells: ['0012', '2019-06-05', '2019-06-05 09:03:07', '0.3', 'TRUE'] },
    { kind: 'cells', line: 4, cells: ['440304007001', '', '9:03:00', '3', 'FALSE'] },
  ]);
  await expect(openRows(file, { sheet: '没有' })).rejects.toThrow(/no sheet/);
});

test('a zip bomb is refused before it is opened, also when its directory understates it', async () => {
  const zeros = deflateRawSync(Buffer.alloc(8 * 1024 * 1024), { level: 9 });
  const honest = zipOf([{ name: 'xl/workbook.xml', packed: zeros, size: 300 * 1024 * 1024 }]);
  await expect(openRows(folder.write('bomb.xlsx', honest))).rejects.toThrow(/too large/);
  const lying = zipOf([{ name: 'xl/workbook.xml', packed: zeros, size: 1_000 }]);
  await expect(openRows(folder.write('liar.xlsx', lying))).rejects.toThrow(/not a sound/);
  await expect(openRows(folder.write('cut.xlsx', honest.subarray(0, 1_000)))).rejects.toThrow(/not a sound/);
});

test('an old workbook, an empty file and no file at all are named as such', async () => {
  const old = folder.write('old.xls', Uint8Array.of(0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1));
  await expect(openRows(old)).rejects.toThrow(/save it as \.xlsx/);
  await expect(openRows(folder.write('empty.csv', ''))).rejects.toThrow(/empty/);
  await expect(openRows(`${folder.path}/absent.csv`)).rejects.toThrow(/no file/);
});
