// Workbooks as programs write them: cells without addresses, formats of dates, calendars, lengths, sheets, and files that are none.
import { deflateRawSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { lookAt, describePreview } from '../../../../server/ingest/import/preview.ts';
import { openRows } from '../../../../server/ingest/import/rows.ts';
import { bookOf, createFileFolder, escape, readAll, zipOf, type Book } from './sample-files.ts';

const folder = createFileFolder();
afterAll(() => folder.dispose());
const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const text = (value: string): string => `<c t="inlineStr"><is><t>${escape(value)}</t></is></c>`;
const HEAD = `<row>${text('甲')}</row>`;
const bookFile = (book: Book, name = 'book.xlsx'): string => folder.write(name, bookOf(book));

/** The first cell below the name, or what broke its row. */
async function readCell(cell: string, more: Omit<Book, 'sheets'> = {}): Promise<string> {
  const file = bookFile({ ...more, sheets: [{ name: 's', data: `${HEAD}<row>${cell}</row>` }] });
  const [row] = await readAll(await openRows(file));
  if (row?.kind === 'cells') return row.cells[0] ?? '';
  return row?.kind === 'broken' ? `broken: ${row.reason}` : 'nothing';
}
const readFormatted = (value: string, format: string | number, is1904 = false): Promise<string> =>
  readCell(`<c s="1"><v>${value}</v></c>`, { formats: [0, format], is1904 });

describe('what a number is, its format tells', () => {
  test.for<[value: string, format: string | number, told: string]>([
    // 43,586 is 1 May 2019, and .5625 of a day 13:30.
    ['43586', 14, '2019-05-01'],
    ['43586.5625', 22, '2019-05-01 13:30:00'],
    ['43586', 'yyyymmdd', '2019-05-01'],
    ['43586.5625', 'yyyymmddhhmmss', '2019-05-01 13:30:00'],
    ['43586.5625', 'hhmm', '2019-05-01 13:30:00'],
    ['0.5625', 'hhmm', '13:30:00'],
    ['0.375', 20, '9:00:00'],
    ['43586', 'yyyy"年"m"月"d"日";@', '2019-05-01'],
    ['43586.5625', 'yyyy年m月d日 上午/下午h时mm分', '2019-05-01 13:30:00'],
    ['43586', '[$-804]aaaa;@', '2019-05-01'],
    ['43586', '[$-411]ggge"年"m"月"d"日"', '2019-05-01'],
    ['43586', '[Red]m/d/yy', '2019-05-01'],
    ['43586', 'mmm\\-yy', '2019-05-01'],
    ['43586', 'm', '2019-05-01'],
    ['43586', 31, '2019-05-01'],
    ['43586', 57, '2019-05-01'],
    ['0.5625', 55, '13:30:00'],
    ['43586', 55, '2019-05-01'],
    ['0.5625', '[$-409]h:mm AM/PM', '13:30:00'],
    ['0.0010416667', 'mm:ss', '0:01:30'],
    ['0.0010417824', 'mm:ss.0', '0:01:30.010'],
    // A length goes on beyond its day.
    ['1', '[h]:mm', '24:00:00'],
    ['1.0625', '[hh]:mm:ss', '25:30:00'],
    ['1.0625', 'h:mm', '25:30:00'],
    ['0.0625', '[mm]:ss', '1:30:00'],
    ['0.0625', '[m]', '1:30:00'],
    ['-0.0625', '[h]:mm', '-1:30:00'],
    // As a spreadsheet shows it: to the second.
    ['43586.9999999', 22, '2019-05-02'],
    ['43586.99999', 22, '2019-05-01 23:59:59'],
    ['42829.8333333', 22, '2017-04-04 20:00:00'],
    // No dates.
    ['43586.5625', 0, '43586.5625'],
    ['43586', 'General', '43586'],
    ['43586', 'G/通用格式', '43586'],
    ['43586', 'G/通用格式"小时"', '43586'],
    ['12', '0"单"', '12'],
    ['12', '"d"0', '12'],
    ['12', '0\\d', '12'],
    ['12', '#,##0_);[Red](#,##0)', '12'],
    ['1200', '0.00E+00', '1200'],
    ['12.5', '[$¥-804]#,##0.00', '12.5'],
    ['0.5', 10, '0.5'],
    ['12', 49, '12'],
    ['12', '[DBNum1]0', '12'],
    ['12', '0 days', '12'],
    ['12', '0"小时"', '12'],
    ['12', '# ?/?', '12'],
    ['12', ';;;', '12'],
    ['43586', '[=0]"";yyyy/m/d', '2019-05-01'],
    ['43586', '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy', '2019-05-01'],
    ['43586.5625', 'yyyy-mm-dd"T"hh:mm:ss"Z"', '2019-05-01 13:30:00'],
    ['43586.56250289352', 'yyyy-mm-dd hh:mm:ss.000', '2019-05-01 13:30:00.250'],
    ['0.5625', '[$-F400]h:mm:ss\\ AM/PM', '13:30:00'],
    ['0.0625', '[ss]', '1:30:00'],
    // What no calendar has.
    ['-1', 14, 'broken: cell'],
    ['60', 14, 'broken: cell'],
    ['59', 14, '1900-02-28'],
    ['61', 14, '1900-03-01'],
    ['0', 14, '1900-01-00'],
    ['20190501', 14, '20190501'],
    ['2958465', 14, '9999-12-31'],
    ['abc', 0, 'broken: cell'],
    ['1e999', 0, 'broken: cell'],
    // Digits as they are stored, and none that a spreadsheet has made up.
    ['440304007001', 0, '440304007001'],
    ['12345678901234567', 0, '12345678901234567'],
    ['4.4030400700123E+17', 0, '4.4030400700123E+17'],
    ['0.30000000000000004', 0, '0.3'],
    ['1E-3', 0, '0.001'],
    ['', 14, ''],
  ])('%s under %s: %s', async ([value, format, told]) => expect(await readFormatted(value, format)).toBe(told));

  test.for<[value: string, format: string | number, told: string]>([
    // 42,124 days after 1 January 1904.
    ['42124', 14, '2019-05-01'],
    ['42124.5625', 22, '2019-05-01 13:30:00'],
    ['0.375', 'h:mm', '9:00:00'],
    ['0', 14, '1904-01-01'],
    ['60', 14, '1904-03-01'],
  ])('in the calendar of 1904: %s under %s: %s', async ([value, format, told]) =>
    expect(await readFormatted(value, format, true)).toBe(told),
  );
});

describe('what a cell of another type is', () => {
  test.for<[cell: string, told: string]>([
    ['<c t="d"><v>2019-05-01T13:30:00</v></c>', '2019-05-01 13:30:00'],
    ['<c t="d"><v>2019-05-01T13:30:00Z</v></c>', '2019-05-01 13:30:00'],
    ['<c t="d"><v>2019-05-01T13:30:00.9999+08:00</v></c>', '2019-05-01 13:30:01'],
    ['<c t="d"><v>2019-05-01</v></c>', '2019-05-01'],
    ['<c t="d"><v>2019-05-01T00:00:00</v></c>', '2019-05-01'],
    ['<c t="d"><v>09:03:00</v></c>', '9:03:00'],
    ['<c t="d"><v>1899-12-30T09:03:00</v></c>', '9:03:00'],
    ['<c t="d"><v>2019-05-01T25:00:00</v></c>', 'broken: cell'],
    ['<c t="d"><v>2019-05</v></c>', 'broken: cell'],
    ['<c t="?"><v>1</v></c>', 'broken: cell'],
    ['<c t="inlineStr"><v>值</v></c>', '值'],
    ['<c t="str"><v><![CDATA[<甲>]]></v></c>', '<甲>'],
    ['<c t="d"><v>2019-04-31</v></c>', 'broken: cell'],
    ['<c t="d"><v>gestern</v></c>', 'broken: cell'],
    ['<c t="b"><v>1</v></c>', 'TRUE'],
    ['<c t="b"><v>0</v></c>', 'FALSE'],
    ['<c t="e"><v>#N/A</v></c>', '#N/A'],
    ['<c t="str"><f>A1</f><v>梅林</v></c>', '梅林'],
    ['<c><f>1+1</f><v>2</v></c>', '2'],
    ['<c><f>1+1</f></c>', ''],
    ['<c t="inlineStr"><is><r><t>梅</t></r><r><rPr/><t xml:space="preserve"> 林</t></r></is></c>', '梅 林'],
    ['<c t="inlineStr"><is><t>a_x000D_b_x005F_x000D_</t></is></c>', 'a\rb_x000D_'],
    ['<c t="s"><v>0</v></c>', '厅&脉'],
    ['<c t="s"><v>1</v></c>', '東京'],
    ['<c t="s"><v>7</v></c>', 'broken: cell'],
  ])('%s: %s', async ([cell, told]) => {
    const texts = '<si><t>厅&amp;脉</t></si><si><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh></si>';
    expect(await readCell(cell, { texts })).toBe(told);
  });
});

test('a bad cell refuses its own row alone, and cells and rows without addresses are read by their places', async () => {
  const data =
    `<row>${text('甲')}${text('乙')}</row>` +
    `<row><c><v>1</v></c><c t="d"><v>nie</v></c></row>` +
    `<row r="7"><c r="B7"><v>2</v></c><c><v>3</v></c></row>` +
    `<row><c r="ZZZZ9"><v>4</v></c></row><row><c r="A9"><v>5</v></c></row>`;
  expect(await readAll(await openRows(bookFile({ sheets: [{ name: 's', data }] })))).toEqual([
    { kind: 'broken', line: 2, reason: 'cell' },
    { kind: 'cells', line: 7, cells: ['', '2', '3'] },
    { kind: 'broken', line: 8, reason: 'cell' },
    { kind: 'cells', line: 9, cells: ['5'] },
  ]);
});

test('a stray cell at the far end of a sheet costs nothing but its own row', async () => {
  const data = `${HEAD}<row r="2"><c><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>`;
  const rows = await readAll(await openRows(bookFile({ sheets: [{ name: 's', data }] })));
  expect(rows.map(({ line }) => line)).toEqual([2, 1_048_576]);
});

describe('which sheets are read', () => {
  const sheet = (name: string, value: string, state?: string) => ({
    name,
    ...(state !== undefined && { state }),
    data: `${HEAD}<row>${text(value)}</row>`,
  });
  const sheets = [sheet('旧', 'a', 'hidden'), sheet('一月', 'b'), sheet('二月', 'c'), sheet('暗', 'd', 'veryHidden')];
  const read = async (wanted?: string | number) => {
    const source = await openRows(bookFile({ sheets }), wanted === undefined ? {} : { sheet: wanted });
    return { source, cells: (await readAll(source)).flatMap((row) => (row.kind === 'cells' ? row.cells : [])) };
  };

  test('the first that can be seen, and the others are named', async () => {
    const { source, cells } = await read();
    expect(cells).toEqual(['b']);
    expect(source.sheets).toEqual([{ name: '一月', before: 0 }]);
    expect(source.unread).toEqual([
      { name: '旧', isHidden: true },
      { name: '二月', isHidden: false },
      { name: '暗', isHidden: true },
    ]);
    const said = describePreview(await lookAt(bookFile({ sheets }), {}, 5), 'zh', new Set());
    expect(said).toContain('读取工作表“一月”；未读：“旧”（隐藏）、“二月”、“暗”（隐藏）');
  });

  test('one by name or by number, or all that can be seen as one table', async () => {
    expect((await read('二月')).cells).toEqual(['c']);
    expect((await read('旧')).cells).toEqual(['a']);
    expect((await read(3)).cells).toEqual(['c']);
    const { source, cells } = await read('*');
    expect(cells).toEqual(['b', 'c']);
    expect(source.sheets?.map(({ name }) => name)).toEqual(['一月', '二月']);
    expect((await readAll(source)).map(({ line }) => line - source.sheets![1]!.before)).toContain(2);
    await expect(read('三月')).rejects.toThrow(/no sheet "三月". It has: "旧", "一月", "二月", "暗"/);
  });
});

test('other names of parts, prefixes, the strict dialect and UTF-16 make no difference', async () => {
  const strict = 'http://purl.oclc.org/ooxml';
  const cells = `<x:row><x:c t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row><x:row><x:c><x:v>1</x:v></x:c></x:row>`;
  const sheet = `<?xml version="1.0" encoding="UTF-16"?><x:worksheet xmlns:x="${strict}/spreadsheetml/main"><x:sheetData>${cells}</x:sheetData></x:worksheet>`;
  const relation = (kind: string, target: string) =>
    `<Relationships><Relationship Id="a" Type="${strict}/officeDocument/relationships/${kind}" Target="${target}"/></Relationships>`;
  const parts: readonly (readonly [string, string | Buffer])[] = [
    ['_rels/.rels', relation('officeDocument', '/book/mappe.xml')],
    [
      'book/mappe.xml',
      '<x:workbook xmlns:x="a" xmlns:r="b"><x:sheets><x:sheet name="s" r:id="a"/></x:sheets></x:workbook>',
    ],
    ['book/_rels/mappe.xml.rels', relation('worksheet', 'blätter/eins.xml')],
    ['book/blätter/eins.xml', Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(sheet, 'utf16le')])],
  ];
  const packed = parts.map(([name, content]) => {
    const bytes = Buffer.from(content);
    return { name, packed: deflateRawSync(bytes), size: bytes.length };
  });
  const source = await openRows(folder.write('strict.xlsx', zipOf(packed)));
  expect(await readAll(source)).toEqual([{ kind: 'cells', line: 2, cells: ['1'] }]);
});

describe('what is no workbook in XML is named, with what to do', () => {
  const ole = (word: string) =>
    Buffer.concat([Buffer.of(0xd0, 0xcf, 0x11, 0xe0), Buffer.alloc(3_000), Buffer.from(word, 'utf16le')]);
  const zipWith = (...names: string[]) =>
    zipOf(names.map((name) => ({ name, packed: deflateRawSync(Buffer.from('x')), size: 1 })));
  const utf16 = (value: string) => Buffer.from(`\uFEFF${value}`, 'utf16le');
  test.for<[name: string, bytes: Uint8Array | string, zh: RegExp]>([
    ['old.xls', ole('Workbook'), /旧版表格文件（\.xls 或 \.et）.*另存为 \.xlsx/],
    ['locked.xlsx', ole('EncryptedPackage'), /有密码/],
    ['page.xls', '<html xmlns:o="urn:x"><table><tr><td>1</td></tr></table></html>', /网页（HTML）/],
    ['table.xls', '\uFEFF\r\n <table border=1>', /网页（HTML）/],
    ['page16.xls', utf16('<!DOCTYPE html><html>'), /网页（HTML）/],
    [
      'xml.xls',
      '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
      /2003/,
    ],
    ['mail.xls', 'MIME-Version: 1.0\nContent-Type: multipart/related', /MHTML/],
    ['a.pdf', '%PDF-1.7\n', /PDF/],
    ['a.csv.gz', Uint8Array.of(0x1f, 0x8b, 8, 0), /先解压/],
    ['a.ods', zipWith('mimetype', 'content.xml'), /\.ods/],
    ['a.xlsb', zipWith('xl/workbook.bin'), /\.xlsb/],
    ['a.docx', zipWith('word/document.xml'), /Word/],
    ['a.zip', zipWith('11月/办件.csv'), /压缩包/],
  ])('%s', async ([name, bytes, zh]) => {
    const refusal = openRows(folder.write(name, bytes));
    await expect(refusal).rejects.toMatchObject({ zh: expect.stringMatching(zh) as string });
  });

  test('a text under the name of a workbook is read as the text that it is, and the other way round', async () => {
    expect((await openRows(folder.write('text.xls', 'a\tb\n1\t2\n'), { delimiter: '\t' })).header).toEqual(['a', 'b']);
    const sheets = [{ name: 's', data: HEAD }];
    expect((await openRows(folder.write('book.csv', bookOf({ sheets })))).header).toEqual(['甲']);
  });

  test('what is damaged, within a sheet as well, is one sentence; a document type is never followed', async () => {
    const sheets = [{ name: 's', data: HEAD }];
    for (const sheet of ['<worksheet><sheetData><row></sheetData>', '<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>', ''])
      await expect(openRows(bookFile({ sheets, parts: { 'xl/worksheets/sheet1.xml': sheet } }))).rejects.toMatchObject({
        zh: expect.stringMatching(/不是完好的|没有内容/) as string,
      });
    const whole = bookOf({ sheets });
    // One byte of a sheet's checksum: what unpacks is not what was packed.
    const changed = Buffer.from(whole);
    const at = changed.lastIndexOf('xl/worksheets/sheet1.xml') - 30;
    changed.writeUInt32LE((changed.readUInt32LE(at) ^ 1) >>> 0, at);
    await expect(openRows(folder.write('changed.xlsx', changed))).rejects.toThrow(/not a sound/);
    await expect(openRows(folder.write('half.xlsx', whole.subarray(0, whole.length / 2)))).rejects.toThrow(
      /not a sound/,
    );
  });
});

test('whatever the zone of the machine, the clock of a sheet is its own', async () => {
  const zones = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Kiritimati', 'America/St_Johns'];
  const offsets = new Set<number>();
  for (const one of zones) {
    process.env['TZ'] = one;
    offsets.add(new Date(2019, 4, 1).getTimezoneOffset());
    // 10 March 2019, 2:30, does not exist in New York.
    expect(await readFormatted('43534.1041666667', 22)).toBe('2019-03-10 02:30:00');
    expect(await readFormatted('0.375', 20)).toBe('9:00:00');
    expect(await readCell('<c t="d"><v>2019-03-10T02:30:00</v></c>')).toBe('2019-03-10 02:30:00');
  }
  expect(offsets.size).toBe(zones.length);
});
