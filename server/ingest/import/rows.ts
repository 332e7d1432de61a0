/** A file as rows of text, whatever its format: opened by its first bytes, not by its name. */
import { open, stat } from 'node:fs/promises';
import type { MappingSpec } from '../../../domain/mapping/schema.ts';
import type { CellSource, RowSource } from './file-row.ts';
import { layOut } from './lay-out.ts';
import { ImportProblem } from './problem.ts';
import { openCsv } from './read-csv.ts';
import { openXlsx } from './read-xlsx.ts';

const ZIP = Buffer.from([0x50, 0x4b, 0x03, 0x04]);
const OLD_EXCEL = Buffer.from([0xd0, 0xcf, 0x11, 0xe0]);

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
  const handle = await open(file);
  const first = Buffer.alloc(4);
  await handle.read(first, 0, 4, 0);
  await handle.close();
  if (first.equals(OLD_EXCEL)) {
    throw new ImportProblem(
      '这是旧版 Excel 文件(.xls)或带密码的文件，请另存为不带密码的 .xlsx 后再导入。',
      'This is an old Excel file (.xls) or one with a password: save it as .xlsx without a password.',
    );
  }
  return first.equals(ZIP) ? openXlsx(file, size, options) : openCsv(file, size, options);
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined);
  if (!found?.isFile()) throw new ImportProblem(`找不到文件：${file}`, `There is no file ${file}.`);
  if (found.size === 0) throw new ImportProblem('文件是空的。', 'The file is empty.');
  return found.size;
}
