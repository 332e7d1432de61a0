/** CSV as a stream of rows: decoded, cut by csv-parse, counted by a second reader, never held as a whole. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import { type Encoding, ENCODINGS, type MappingSpec } from '../../../domain/mapping/schema.ts';
import { createRecordCutter, type CutOptions, type CutRecord, type RecordCutter } from './cut-records.ts';
import { findEncoding, type FoundEncoding } from './encoding.ts';
import { ImportProblem } from './problem.ts';
import { createRecordAccount } from './record-account.ts';
import type { CellSource, FileRow } from './file-row.ts';

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** @throws ImportProblem where no encoding is stated and none can be told */
export async function openCsv(
  file: string,
  size: number,
  options: NonNullable<MappingSpec['file']>,
): Promise<CellSource> {
  const encoding: FoundEncoding | undefined = options.encoding
    ? { encoding: options.encoding, by: 'stated' }
    : await findEncoding(file);
  if (!encoding) throw unknownEncoding();
  const delimiter = options.delimiter ?? ',';
  return {
    format: 'csv',
    encoding,
    delimiter,
    cells: (onFraction, headerLine = Infinity) =>
      readRecords(decodeFile(file, size, encoding.encoding, onFraction), { delimiter, headerRow: headerLine }),
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

function unknownEncoding(): ImportProblem {
  const names = ENCODINGS.join(', ');
  return new ImportProblem(
    `看不出文件用的是哪种编码，没有导入任何内容。请在映射的 file.encoding 写明：${names}。`,
    `What encoding the file is in cannot be told; nothing was imported. Name it in the mapping's file.encoding: ${names}.`,
  );
}
