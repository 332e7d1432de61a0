/** A file as rows of text, whatever its format: opened by its first bytes, not by its name. */
import { open, readFile, stat } from 'node:fs/promises';
import type { MappingSpec } from '../../../domain/mapping/schema.ts';
import type { CellSource, RowSource } from './file-row.ts';
import { layOut } from './lay-out.ts';
import { isOle, nameForeign } from './no-table.ts';
import { ImportProblem } from './problem.ts';
import { openCsv } from './read-csv.ts';
import { openXlsx, XLSX_FILE_LIMIT } from './xlsx/open-xlsx.ts';

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
/** What a file is stands at its beginning. */
const BEGINNING = 1_024;

/**
 * @param wanted the columns that a mapping reads, by which the column names are found; none for a look at the file
 * @throws ImportProblem when the file cannot be read as either format
 */
export async function openRows(
  file: string,
  options: MappingSpec['file'] = {},
  wanted: readonly string[] = [],
): Promise<RowSource> {
  return layOut(await openCells(file, options), options, wanted);
}

async function openCells(file: string, options: NonNullable<MappingSpec['file']>): Promise<CellSource> {
  const size = await sizeOf(file);
  const first = await readBeginning(file);
  if (first.subarray(0, ZIP.length).equals(ZIP)) return openXlsx(file, size, options);
  // An old Office file names its parts anywhere within it.
  const isWhole = isOle(first) && size <= XLSX_FILE_LIMIT;
  const foreign = nameForeign(isWhole ? await readFile(file) : first);
  if (foreign) throw foreign;
  return openCsv(file, size, options);
}

async function readBeginning(file: string): Promise<Buffer> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new ImportProblem(`找不到文件：${file}`, `There is no file ${file}.`);
  if (found.size === 0) throw new ImportProblem('文件是空的。', 'The file is empty.');
  return found.size;
}
