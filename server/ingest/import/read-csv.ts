/** CSV as a stream of rows: decoded, cut into records and cells, never held as a whole. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { type Encoding, ENCODINGS, type MappingSpec } from '../../../domain/mapping/schema.ts';
import { createRecordCutter, type CutOptions, type CutRecord } from './cut-records.ts';
import { findEncoding, type FoundEncoding } from './encoding.ts';
import { ImportProblem } from './problem.ts';
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

/** Every record of the file: found by its line ends and quotes, and cut into cells. */
async function* readRecords(text: AsyncIterable<string>, options: CutOptions): AsyncGenerator<FileRow> {
  const cutter = createRecordCutter(options);
  for await (const piece of text) yield* cutRecords(cutter.push(piece), options.delimiter);
  yield* cutRecords(cutter.end(), options.delimiter);
}

function* cutRecords(records: readonly CutRecord[], delimiter: string): Generator<FileRow> {
  const split = records.map((record) => (record.kind === 'record' ? splitPlain(record.text, delimiter) : undefined));
  const others = records.filter((record, index): record is SoundRecord => record.kind === 'record' && !split[index]);
  const parsed = parseRecords(others, delimiter).values();
  for (const [index, record] of records.entries()) {
    if (record.kind === 'broken') yield { kind: 'broken', line: record.from, reason: record.reason };
    else {
      const cells: readonly string[] = split[index] ?? parsed.next().value!;
      yield { kind: 'cells', line: record.to, cells: /[=']/.test(record.text) ? cells.map(unwrap) : cells };
    }
  }
}

/** The cells of a record of one line in which every quote opens or closes a cell, as in nearly all; undefined for others. */
function splitPlain(line: string, delimiter: string): readonly string[] | undefined {
  if (line.includes('\n')) return undefined;
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; ;) {
    const isQuoted = line[at] === '"';
    const close = isQuoted ? line.indexOf('"', at + 1) : line.indexOf(delimiter, at);
    if (isQuoted && close < 0) return undefined;
    const end = isQuoted ? close + 1 : close < 0 ? line.length : close;
    const cell = isQuoted ? line.slice(at + 1, close) : line.slice(at, end);
    // A quote behind the closing one, or within a cell without any, needs more than this.
    if ((end < line.length && line[end] !== delimiter) || (!isQuoted && cell.includes('"'))) return undefined;
    cells.push(cell);
    if (end === line.length) return cells;
    at = end + 1;
  }
}

type SoundRecord = Extract<CutRecord, { kind: 'record' }>;

/**
 * All other records are cut by csv-parse, which reads them by itself: where it finds other ones than were counted, nothing
 * may be imported.
 * @throws ImportProblem where the two part
 */
function parseRecords(records: readonly SoundRecord[], delimiter: string): readonly (readonly string[])[] {
  if (records.length === 0) return [];
  const parsed = parse(records.map(({ text }) => `${text}\n`).join(''), {
    delimiter,
    record_delimiter: '\n',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
  }) as unknown as readonly ParsedRecord[];
  let lines = 0;
  for (const [index, record] of records.entries()) {
    lines += record.to - record.from + 1;
    if (parsed[index]?.info.lines !== lines) throw parted(record.from);
  }
  if (parsed.length > records.length) throw parted(records.at(-1)!.from);
  return parsed.map(({ record }) => record);
}

function parted(line: number): ImportProblem {
  return new ImportProblem(
    `从第 ${line} 行起，两种方法数出的行不一致，没有写入任何内容。请检查该行的引号和换行。`,
    `From line ${line} on, two ways of counting the rows differ, so nothing was written. Look at the quotes and line ends there.`,
  );
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
