/** CSV as a stream of rows: decoded, cut by csv-parse, counted by a second reader, never held as a whole. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { type Encoding, ENCODINGS, type MappingSpec } from '../../../domain/mapping/schema.ts';
import { createRecordCutter, type CutOptions, type CutRecord, type RecordCutter } from './cut-records.ts';
import { findEncoding, type FoundEncoding } from './encoding.ts';
import { ImportProblem } from './problem.ts';
import { createRecordAccount } from './record-account.ts';
import type { FileRow, RowSource } from './file-row.ts';

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

export async function openCsv(
  file: string,
  size: number,
  options: NonNullable<MappingSpec['file']>,
): Promise<RowSource> {
  const encoding: FoundEncoding | undefined = options.encoding
    ? { encoding: options.encoding, by: 'stated' }
    : await findEncoding(file);
  if (!encoding) throw unknownEncoding();
  const headerRow = options.headerRow ?? 1;
  const delimiter = options.delimiter ?? ',';
  const read = (onFraction: (fraction: number) => void) =>
    readRecords(decodeFile(file, size, encoding.encoding, onFraction), { delimiter, headerRow });
  const header = await readHeader(
    read(() => {}),
    headerRow,
  );
  return {
    format: 'csv',
    encoding,
    header: header.cells,
    async *rows(onFraction) {
      for await (const row of read(onFraction)) {
        if (row.line <= header.line) continue;
        yield row.kind === 'cells' ? checkWidth(row, header.cells.length) : row;
      }
    },
  };
}

/** Bytes that are no sign of the encoding come as U+FFFD, and their rows are refused by it. */
async function* decodeFile(
  file: string,
  size: number,
  encoding: Encoding,
  onFraction: (fraction: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { ignoreBOM: true });
  let done = 0;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
    const bytes = chunk as Buffer;
    const text = decoder.decode(bytes, { stream: true });
    // A mark before a quote would make the quote part of a cell.
    yield done === 0 ? text.replace(/^\uFEFF/, '') : text;
    done += bytes.length;
    onFraction(done / size);
  }
  yield decoder.decode();
}

/** Every record of the file, cut into cells by csv-parse and held against the count of its own line ends and quotes. */
async function* readRecords(text: AsyncIterable<string>, options: CutOptions): AsyncGenerator<FileRow> {
  const account = createRecordAccount();
  const pieces = Readable.from(passSound(text, createRecordCutter(options), account.expect));
  const parser = parse({
    delimiter: options.delimiter,
    record_delimiter: '\n',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  // `pipe` hands on neither errors nor an early end, and both must reach whoever reads the rows.
  pieces.on('error', (error) => parser.destroy(error));
  pieces.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      yield* account.take(info.lines);
      yield { kind: 'cells', line: info.lines, cells: record.map(unwrap) };
    }
    yield* account.end();
  } finally {
    pieces.destroy();
    parser.destroy();
  }
}

/** The text without its broken lines, which are left empty so that all others keep their numbers. */
async function* passSound(
  text: AsyncIterable<string>,
  cutter: RecordCutter,
  expect: (records: readonly CutRecord[]) => void,
): AsyncGenerator<string> {
  let line = 1;
  const pass = (records: readonly CutRecord[]): string => {
    expect(records);
    let sound = '';
    for (const record of records) {
      if (record.kind === 'broken') continue;
      sound += `${'\n'.repeat(record.from - line)}${record.text}\n`;
      line = record.to + 1;
    }
    return sound;
  };
  for await (const piece of text) yield pass(cutter.push(piece));
  yield pass(cutter.end());
}

/** `="001"` and `'001` are how a spreadsheet is told that a number is a text. */
function unwrap(cell: string): string {
  const sign = cell[0];
  if (sign === '=') return /^="((?:[^"]|"")*)"$/.exec(cell)?.[1]?.replaceAll('""', '"') ?? cell;
  return sign === "'" && /^'[\d=+@-]/.test(cell) ? cell.slice(1) : cell;
}

/** Signs of no width come along with names that were copied from a page. */
function cleanName(cell: string): string {
  return cell.replace(/[\u200B-\u200D\u2060\uFEFF]/g, '').trim();
}

async function readHeader(
  rows: AsyncIterable<FileRow>,
  headerRow: number,
): Promise<{ readonly line: number; readonly cells: readonly string[] }> {
  for await (const row of rows) {
    if (row.line < headerRow) continue;
    if (row.kind === 'cells') return { line: row.line, cells: row.cells.map(cleanName) };
    throw row.reason === 'encoding'
      ? new ImportProblem(
          `第 ${row.line} 行应为列名，但其中有字节不属于所用的编码，没有导入任何内容。请在映射的 file.encoding 写明编码。`,
          `Line ${row.line} should hold the column names, but its bytes are not of the encoding; nothing was imported. Name the encoding in the mapping's file.encoding.`,
        )
      : new ImportProblem(
          `第 ${row.line} 行应为列名，但其中有引号没有配对，没有导入任何内容。`,
          `Line ${row.line} should hold the column names, but a quote in it is not closed; nothing was imported.`,
        );
  }
  throw new ImportProblem(`第 ${headerRow} 行没有列名。`, `Line ${headerRow} holds no column names.`);
}

/** Cells beyond the header are borne when nothing stands in them; a row that is too short may have lost any of its cells. */
function checkWidth(row: Extract<FileRow, { kind: 'cells' }>, width: number): FileRow {
  const isWhole = row.cells.length === width;
  const isPadded = row.cells.length > width && row.cells.slice(width).every((cell) => cell.trim() === '');
  const isBlank = row.cells.every((cell) => cell.trim() === '');
  if (isWhole || isPadded || isBlank) return row;
  return { kind: 'broken', line: row.line, reason: 'columns', cells: row.cells.length, wanted: width };
}

function unknownEncoding(): ImportProblem {
  const names = ENCODINGS.join(', ');
  return new ImportProblem(
    `看不出文件用的是哪种编码，没有导入任何内容。请在映射的 file.encoding 写明：${names}。`,
    `What encoding the file is in cannot be told; nothing was imported. Name it in the mapping's file.encoding: ${names}.`,
  );
}
