/** CSV as a stream of rows: decoded strictly, cut by csv-parse, never held as a whole. */
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import type { Encoding, MappingSpec } from '../../../domain/mapping/schema.ts';
import { ImportProblem } from './problem.ts';
import type { FileRow, RowSource } from './rows.ts';

/** A record longer than this is an unclosed quote that swallows the file, not a row. */
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
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) {
    const bytes = chunk as Buffer;
    done += bytes.length;
    onFraction(done / size);
    const text = held + decodeStrictly(decoder, encoding, bytes);
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

async function* readRecords(
  file: string,
  size: number,
  encoding: Encoding,
  delimiter: string,
  onFraction: (fraction: number) => void,
): AsyncGenerator<FileRow> {
  const broken: FileRow[] = [];
  let lastLine = 0;
  const text = Readable.from(decodeFile(file, size, encoding, onFraction));
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true,
    max_record_size: RECORD_LIMIT,
    on_record: (record, { lines }) => {
      lastLine = lines;
      return record;
    },
    // The error knows the line at which the parser gave up; whoever mends the file wants the one where it began.
    on_skip: () => {
      broken.push({ kind: 'broken', line: lastLine + 1, reason: 'quote' });
      return undefined;
    },
  });
  // `pipe` hands on neither errors nor an early end, and both must reach whoever reads the rows.
  text.on('error', (error) => parser.destroy(error));
  text.pipe(parser);
  try {
    for await (const { record, info } of parser as AsyncIterable<ParsedRecord>) {
      yield* broken.splice(0);
      yield { kind: 'cells', line: info.lines, cells: record };
    }
    yield* broken.splice(0);
  } finally {
    text.destroy();
    parser.destroy();
  }
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
