// Any table that another library writes, as a workbook or in any dialect of CSV, is read back cell by cell.
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { afterAll, afterEach, expect, test } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { openRows } from '../../../../server/ingest/import/rows.ts';
import { createFileFolder, encodeGb18030, readAll } from './sample-files.ts';

const RUNS = Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 60);
const folder = createFileFolder();
afterAll(() => folder.dispose());
const zone = process.env['TZ'];
afterEach(() => {
  if (zone === undefined) delete process.env['TZ'];
  else process.env['TZ'] = zone;
});

const HEADER = ['甲', '乙', '丙', '丁'];
/** What XML and every encoding below can hold, and a cell begins and ends with. */
const word = fc.string({
  unit: fc.constantFrom(
    ...['a', '0', '7', ' ', '厅', '脉', '号', '"', "'", ',', ';', '|', '&', '<', '>', '=', '。', '　', '\n'],
  ),
  maxLength: 8,
});

interface Cell {
  readonly written: unknown;
  readonly read: string;
}
const DAY_MS = 86_400_000;
const two = (n: number): string => String(n).padStart(2, '0');
const day = fc.integer({ min: 1, max: 60_000 }).map((n) => new Date(Date.UTC(1900, 2, 1) + n * DAY_MS));
const second = fc.integer({ min: 1, max: 86_399 });
const clockOf = (s: number): string => `${two(Math.floor(s / 3_600))}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;

const cell: fc.Arbitrary<Cell> = fc.oneof(
  // A library writes no empty text.
  word.filter((text) => text !== '').map((text): Cell => ({ written: { value: text, type: String }, read: text })),
  fc.constant<Cell>({ written: null, read: '' }),
  fc.boolean().map((flag): Cell => ({ written: { value: flag, type: Boolean }, read: flag ? 'TRUE' : 'FALSE' })),
  fc.integer({ min: -1e12, max: 1e12 }).map((n): Cell => ({ written: { value: n, type: Number }, read: String(n) })),
  fc
    .integer({ min: -1e9, max: 1e9 })
    .map((n): Cell => ({ written: { value: n / 1_000, type: Number }, read: String(n / 1_000) })),
  day.map((at): Cell => ({
    written: { value: at, type: Date, format: 'yyyy/m/d' },
    read: at.toISOString().slice(0, 10),
  })),
  fc
    .tuple(day, second, fc.constantFrom('yyyymmddhhmmss', 'yyyy-mm-dd hh:mm', 'd.m.yy h:mm AM/PM'))
    .map(([at, s, format]): Cell => ({
      written: { value: new Date(at.getTime() + s * 1_000), type: Date, format },
      read: `${at.toISOString().slice(0, 10)} ${clockOf(s)}`,
    })),
  fc.tuple(second, fc.constantFrom('h:mm:ss', '[h]:mm', 'hhmm')).map(([s, format]): Cell => ({
    written: { value: s / 86_400, type: Number, format },
    read: clockOf(s).replace(/^0(\d:)/, '$1'),
  })),
);
const table = fc.array(fc.tuple(cell, cell, cell, cell), { maxLength: 12 });

test('a workbook, in any zone', async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe'),
      async (rows, machine) => {
        process.env['TZ'] = machine;
        const sheet = [HEADER, ...rows.map((cells) => cells.map(({ written }) => written))];
        const file = folder.write('table.xlsx', await writeExcelFile(sheet as never).toBuffer());
        const source = await openRows(file);
        expect(source.header).toEqual(HEADER);
        const read = await readAll(source);
        // A row without any cell is not in the sheet.
        const placed = rows.flatMap((cells, i) => {
          const texts = cells.map((one) => one.read);
          return texts.some((text) => text !== '') ? [{ line: i + 2, texts }] : [];
        });
        const filled = read.flatMap((row) => {
          const texts = row.kind === 'cells' ? HEADER.map((_, i) => row.cells[i] ?? '') : [row.kind];
          return texts.some((text) => text !== '') ? [{ line: row.line, texts }] : [];
        });
        expect(filled).toEqual(placed);
      },
    ),
    { numRuns: RUNS },
  );
});

const ENCODERS = {
  'utf-8': (text: string, isMarked: boolean) => Buffer.from(`${isMarked ? '\uFEFF' : ''}${text}`),
  gb18030: (text: string) => Buffer.from(encodeGb18030(text)),
  'utf-16le': (text: string, isMarked: boolean) => Buffer.from(`${isMarked ? '\uFEFF' : ''}${text}`, 'utf16le'),
  'utf-16be': (text: string, isMarked: boolean) =>
    Buffer.from(`${isMarked ? '\uFEFF' : ''}${text}`, 'utf16le').swap16(),
} as const;

test('a text, in any dialect and encoding', async () => {
  const dialect = fc.record({
    delimiter: fc.constantFrom(',' as const, ';' as const, '\t' as const, '|' as const),
    encoding: fc.constantFrom(...(Object.keys(ENCODERS) as (keyof typeof ENCODERS)[])),
    isMarked: fc.boolean(),
    isQuoted: fc.boolean(),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    endsInLineEnd: fc.boolean(),
  });
  // What stands in ="…" or behind an apostrophe is read without it, as a spreadsheet means it.
  const text = word.filter((one) => !/^['=]/.test(one) && one !== '');
  const rows = fc.array(fc.tuple(fc.constant('1'), text, text, text), { maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(
      rows,
      dialect,
      async (lines, { delimiter, encoding, isMarked, isQuoted, lineEnd, endsInLineEnd }) => {
        const written = stringify([HEADER, ...lines], {
          delimiter,
          quoted: isQuoted,
          record_delimiter: lineEnd,
          // Where records end otherwise it would leave a line end within a cell as it is.
          quoted_match: '\n',
          eof: endsInLineEnd,
        });
        const file = folder.write('table.csv', ENCODERS[encoding](written, isMarked));
        const source = await openRows(file, { delimiter, ...(!isMarked && { encoding }) });
        expect(source.encoding?.encoding).toBe(encoding);
        expect(source.header).toEqual(HEADER);
        const read = await readAll(source);
        expect(read.map((row) => (row.kind === 'cells' ? row.cells : row.kind))).toEqual(lines);
      },
    ),
    { numRuns: RUNS * 5 },
  );
});
