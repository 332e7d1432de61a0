/** CSV as a stream of rows: decoded strictly, cut by csv-parse, never held as a whole. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { Encoding, MappingSpec } from '../../../domain/mapping/schema.ts';
import { cutRecords, type CutRecord } from './cut-records.ts';
import { ImportProblem } from './problem.ts';
import type { FileRow, RowSource } from './rows.ts';

/** No row is longer than this. */
const RECORD_LIMIT = 1_000_000;

interface ParsedRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

export async function openCsv(
  file: string,
  size: number,
  options: NonNullable<MappingSpec['file']>,
): Promise<RowSource> {
  const encoding = options.encoding ?? (await detectEncoding(file));
  const headerRow = options.headerRow ?? 1;
  const read = (onFraction: (fraction: number) => void) =>
    readRecords(file, size, encoding, options.delimiter ?? ',', onFraction);
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

/** Strict UTF-8 first, else GB18030; the whole file is tried, since its first byte above ASCII may be its last. */
export async function detectEncoding(file: string): Promise<Encoding> {
  for (const encoding of ['utf-8', 'gb18030'] as const) {
    if (await decodes(file, encoding)) return encoding;
  }
  throw encodingProblem('UTF-8 / GB18030');
}

async function decodes(file: string, encoding: Encoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) {
      decoder.decode(chunk as Buffer, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

async function* decodeFile(
  file: string,
  size: number,
  encoding: Encoding,
  onFraction: (fraction: number) => void,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  let done = 0;
  let held = '';
  let isCrOnly: boolean | undefined;
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
    const bytes = chunk as Buffer;
    done += bytes.length;
    onFraction(done / size);
    const text = held + decodeStrictly(decoder, encoding, bytes);
    // Old spreadsheets end lines with CR alone; beside other line ends it is a sign like any other.
    isCrOnly ??= text.includes('\r') && !text.includes('\n');
    if (isCrOnly) {
      yield text.replaceAll('\r', '\n');
      continue;
    }
    // A pair cut in two between chunks waits for its other half.
    held = text.endsWith('\r') ? '\r' : '';
    yield unifyLineEnds(held === '' ? text : text.slice(0, -1));
  }
  yield unifyLineEnds(held + decodeStrictly(decoder, encoding));
}

/** csv-parse counts a CRLF inside quotes as two lines, and every number after it would be wrong. */
function unifyLineEnds(text: string): string {
  return text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
}

function decodeStrictly(decoder: TextDecoder, encoding: Encoding, bytes?: Buffer): string {
  try {
    return bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) throw encodingProblem(encoding);
    throw error;
  }
}

/** Lines of a stream of text, without their ends; the last one only where it holds something. */
async function* splitLines(chunks: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest !== '') yield rest;
}

/** What the second reader has found and the first has not confirmed yet: each record's last line, and what is stray. */
interface Expectation {
  readonly records: { readonly line: number; readonly lastLine: number }[];
  readonly stray: FileRow[];
}

/** The records that the cutter found, for the parser; a stray row leaves its empty line, so that every number stays true. */
async function* handOver(records: AsyncIterable<CutRecord>, expected: Expectation): AsyncGenerator<string> {
  for await (const { kind, line, lastLine, text } of records) {
    if (kind === 'record') expected.records.push({ line, lastLine });
    if (kind === 'stray') expected.stray.push({ kind: 'broken', line, reason: 'quote' });
    yield kind === 'stray' ? '\n' : `${text}\n`;
  }
}

/**
 * Two readers of one file: what lies between line ends and quotes is counted by one and cut into cells by the other.
 * @throws ImportProblem at the line at which they part: then nobody knows what the file says
 */
async function* readRecords(
  file: string,
  size: number,
  encoding: Encoding,
  delimiter: string,
  onFraction: (fraction: number) => void,
): AsyncGenerator<FileRow> {
  const expected: Expectation = { records: [], stray: [] };
  const lines = splitLines(decodeFile(file, size, encoding, onFraction));
  const text = Readable.from(handOver(cutRecords(lines, delimiter), expected));
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: RECORD_LIMIT,
  });
  // `pipe` hands on neither errors nor an early end, and both must reach whoever reads the rows.
  text.on('error', (error) => parser.destroy(error));
  text.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      const next = expected.records.shift();
      // The parser counts the lines before the one on which a record ends, or that one too, by whether it spans several.
      if (next === undefined || info.lines !== next.lastLine) throw partedAt(next?.line ?? info.lines);
      while (expected.stray.length > 0 && expected.stray[0]!.line < next.line) yield expected.stray.shift()!;
      yield { kind: 'cells', line: next.lastLine, cells: record };
    }
    if (expected.records.length > 0) throw partedAt(expected.records[0]!.line);
    yield* expected.stray.splice(0);
  } catch (error) {
    if (error instanceof CsvError) throw partedAt(expected.records[0]?.line ?? 1);
    throw error;
  } finally {
    text.destroy();
    parser.destroy();
  }
}

function partedAt(line: number): ImportProblem {
  return new ImportProblem(
    `第 ${line} 行起无法确定行与引号的界线，没有导入任何内容。请检查该行的引号。`,
    `From line ${line} on it is not certain where rows and quotes end; nothing was imported. Look at the quotes of that line.`,
  );
}

async function readHeader(
  rows: AsyncIterable<FileRow>,
  headerRow: number,
): Promise<{ readonly line: number; readonly cells: readonly string[] }> {
  for await (const row of rows) {
    if (row.line < headerRow) continue;
    if (row.kind === 'cells') return { line: row.line, cells: row.cells.map((cell) => cell.trim()) };
    break;
  }
  throw new ImportProblem(`第 ${headerRow} 行没有列名。`, `Line ${headerRow} holds no column names.`);
}

/** Cells beyond the header are borne when nothing stands in them; a row that is too short may have lost any of its cells. */
function checkWidth(row: Extract<FileRow, { kind: 'cells' }>, width: number): FileRow {
  const isWhole = row.cells.length === width;
  const isPadded = row.cells.length > width && row.cells.slice(width).every((cell) => cell.trim() === '');
  const isBlank = row.cells.every((cell) => cell.trim() === '');
  return isWhole || isPadded || isBlank ? row : { kind: 'broken', line: row.line, reason: 'columns' };
}

function encodingProblem(encoding: string): ImportProblem {
  return new ImportProblem(
    `文件不是有效的 ${encoding} 编码，没有导入任何内容。`,
    `The file is not valid ${encoding}; nothing was imported.`,
  );
}
