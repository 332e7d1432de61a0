// Any table written as CSV is read back, and a stray quote spoils no row but its own.
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { FileRow } from '../../../../server/ingest/import/file-row.ts';
import { openRows } from '../../../../server/ingest/import/rows.ts';
import { createFileFolder, encodeGb18030, readAll } from './sample-files.ts';

const RUNS = Number(process.env['HALLPULSE_PROPERTY_RUNS'] ?? 300);

const folder = createFileFolder();
afterAll(() => folder.dispose());

interface WrittenRow {
  readonly cells: readonly string[];
  /** As it stands in the file, without its line end. */
  readonly text: string;
  readonly lineEnd: string;
  /** Empty lines below it. */
  readonly gap: number;
}

interface Table {
  readonly delimiter: ',' | ';' | '\t' | '|';
  readonly encoding: 'utf-8' | 'gb18030';
  readonly hasMark: boolean;
  readonly endsInLineEnd: boolean;
  readonly header: WrittenRow;
  readonly rows: readonly WrittenRow[];
}

const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
const signs = (...list: string[]) => fc.string({ unit: fc.constantFrom(...list), maxLength: 6 });
const plainCell = signs('a', ' ', '"', '""', ',', ';', '\t', '|', '厅', '，');
/** Every real row has one: it is how rows are told from lines of a text. */
const dateCell = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([m, d]) => `2019/${m}/${d}`);
/** A cell of several lines. Where its first is empty, a stray quote above cannot be told from its own. */
const longCell = fc
  .record({
    first: plainCell,
    others: fc.array(plainCell, { minLength: 1, maxLength: 4 }),
    lineEnd,
  })
  .map(({ first, others, lineEnd }) => [`a${first}`, ...others].join(lineEnd));

const table: fc.Arbitrary<Table> = fc
  .record({ delimiter: fc.constantFrom(',', ';', '\t', '|'), width: fc.integer({ min: 2, max: 6 }), place: fc.nat() })
  .chain(({ delimiter, width, place }) => {
    const dated = place % width;
    const cell = fc.oneof({ weight: 5, arbitrary: plainCell }, { weight: 1, arbitrary: longCell });
    const written = (cells: fc.Arbitrary<string[]>): fc.Arbitrary<WrittenRow> =>
      fc
        .record({
          cells,
          quoted: fc.array(fc.boolean(), { minLength: width, maxLength: width }),
          lineEnd,
          gap: fc.constantFrom(0, 0, 0, 1, 2),
        })
        .map(({ quoted, ...row }) => {
          const isStrict = row.cells.some((text) => /[\r\n]/.test(text));
          const write = (text: string, at: number) => writeCell(text, delimiter, quoted[at]! || isStrict);
          return { ...row, text: row.cells.map(write).join(delimiter) };
        });
    const names = fc.uniqueArray(fc.constantFrom('编号', 'a"b', '时,间', '名', 'x', 'y', 'z'), {
      minLength: width,
      maxLength: width,
    });
    return fc.record({
      delimiter: fc.constant(delimiter),
      encoding: fc.constantFrom('utf-8', 'gb18030'),
      hasMark: fc.boolean(),
      endsInLineEnd: fc.boolean(),
      header: written(names),
      rows: fc.array(written(fc.tuple(...Array.from({ length: width }, (_, at) => (at === dated ? dateCell : cell)))), {
        minLength: 2,
        maxLength: 12,
      }),
    });
  });

/** Quotes within a cell may stand as they are, as careless systems write them, but not where a row has several lines. */
function writeCell(text: string, delimiter: string, isQuoted: boolean): string {
  const mustBe = text.startsWith('"') || text.includes(delimiter) || /[\r\n]/.test(text);
  return mustBe || isQuoted ? `"${text.replaceAll('"', '""')}"` : text;
}

interface PlacedRow {
  readonly line: number;
  readonly lastLine: number;
  readonly cells: readonly string[];
}

async function writeAndRead(given: Table): Promise<{ placed: readonly PlacedRow[]; read: readonly FileRow[] }> {
  const { rows, header, delimiter, encoding } = given;
  const placed: PlacedRow[] = [];
  let text = '';
  let line = 1;
  for (const [index, row] of [header, ...rows].entries()) {
    const isLast = index === rows.length;
    const lastLine = line + row.text.split(/\r\n|\r|\n/).length - 1;
    if (index > 0) placed.push({ line, lastLine, cells: row.cells.map((cell) => cell.replace(/\r\n|\r/g, '\n')) });
    // A line end of another kind below CR alone would make a pair of two.
    const gap = row.lineEnd === '\r' ? '\r' : '\n';
    text += row.text + (isLast && !given.endsInLineEnd ? '' : row.lineEnd + gap.repeat(row.gap));
    line = lastLine + 1 + row.gap;
  }
  const mark = given.hasMark && encoding === 'utf-8' ? '\uFEFF' : '';
  const bytes = encoding === 'utf-8' ? Buffer.from(mark + text) : encodeGb18030(text);
  const source = await openRows(folder.write('table.csv', bytes), { delimiter, encoding });
  expect(source.header).toEqual(header.cells);
  return { placed, read: await readAll(source) };
}

const asRead = ({ lastLine, cells }: PlacedRow): FileRow => ({ kind: 'cells', line: lastLine, cells });

test('any table is read back, cell by cell and line by line', async () => {
  await fc.assert(
    fc.asyncProperty(table, async (given) => {
      const { placed, read } = await writeAndRead(given);
      expect(read).toEqual(placed.map(asRead));
    }),
    { numRuns: RUNS },
  );
});

/** Places for up to three, in rows without a quote of their own, or for a single one in any row. */
const strays = fc.array(fc.record({ row: fc.nat(), at: fc.nat() }), { minLength: 1, maxLength: 3 });

test('stray quotes touch no row but their own, and none is lost', async () => {
  await fc.assert(
    fc.asyncProperty(table, strays, async (given, places) => {
      const { rows, spoilt } = spoil(given.rows, places);
      const { placed, read } = await writeAndRead({ ...given, rows });
      const others = placed.filter((_, index) => !spoilt.has(index));
      const own = placed.filter((_, index) => spoilt.has(index));
      const isOfSpoilt = ({ line }: FileRow) => own.some((row) => row.line <= line && line <= row.lastLine);
      expect(read.filter((row) => !isOfSpoilt(row))).toEqual(others.map(asRead));
      // What becomes of the row itself, refused or read as text, it is there, once for each of its lines at most.
      for (const row of own) {
        const found = read.filter(({ line }) => row.line <= line && line <= row.lastLine);
        expect(found.length).toBeGreaterThan(0);
        if (row.line === row.lastLine) expect(found).toHaveLength(1);
      }
    }),
    { numRuns: RUNS },
  );
});

function spoil(
  rows: readonly WrittenRow[],
  places: readonly { readonly row: number; readonly at: number }[],
): { rows: readonly WrittenRow[]; spoilt: ReadonlySet<number> } {
  const plain = rows.flatMap(({ text }, index) => (text.includes('"') ? [] : [index]));
  // One more in a row of several lines, or beside quotes of its own, may open a cell that a careless quote in another
  // row closes: what a file then says by the rule of quotes is not what was written, and no reader can know.
  const holdsQuote = ({ cells }: WrittenRow): boolean => cells.some((cell) => cell.includes('"'));
  const isClear = (row: WrittenRow): boolean =>
    !/[\r\n"]/.test(row.text) || !rows.some((other) => other !== row && holdsQuote(other));
  const single = rows.flatMap((row, index) => (isClear(row) ? [index] : []));
  const open = places.length === 1 ? single : plain;
  const spoilt = new Map(open.length === 0 ? [] : places.map(({ row, at }) => [open[row % open.length]!, at]));
  return {
    spoilt: new Set(spoilt.keys()),
    rows: rows.map((row, index) => {
      const at = spoilt.get(index);
      if (at === undefined) return row;
      const place = at % (row.text.length + 1);
      return { ...row, text: `${row.text.slice(0, place)}"${row.text.slice(place)}` };
    }),
  };
}
