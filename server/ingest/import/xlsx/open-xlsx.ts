/** An XLSX file as rows of text: one sheet, or all that can be seen, read as they come. */
import type { MappingSpec } from '../../../../domain/mapping/schema.ts';
import type { CellSource, FileRow, Sheet } from '../file-row.ts';
import { ImportProblem } from '../problem.ts';
import { nameZip } from '../no-table.ts';
import { readSheet, ROW_LIMIT, type SheetContext } from './sheet.ts';
import { readStyles, readTexts, readWorkbook, type Workbook, type WorkbookSheet } from './workbook.ts';
import { DamagedXml } from './xml.ts';
import { DamagedZip, LargeZip, openZip, type Zip } from './zip.ts';

/** In bytes. The texts that cells share are held, so that what they grow to is bounded first. */
export const XLSX_FILE_LIMIT = 64 * 1024 * 1024;
export const XLSX_UNPACKED_LIMIT = 256 * 1024 * 1024;
const PART_LIMIT = 2_000;
/** A mapping's word for all sheets that can be seen. */
const ALL = '*';

/** @throws ImportProblem */
export async function openXlsx(
  file: string,
  size: number,
  { sheet: wanted }: NonNullable<MappingSpec['file']>,
): Promise<CellSource> {
  if (size > XLSX_FILE_LIMIT) throw tooLarge();
  return withZip(file, async (zip) => {
    const workbook = await readWorkbook(zip);
    if (!workbook) throw nameZip(zip.names) ?? damaged();
    const chosen = chooseSheets(workbook.sheets, wanted);
    // Lines are counted on from sheet to sheet, each of which may have as many as a sheet can.
    const sheets = chosen.map(({ name }, index): Sheet => ({ name, before: index * ROW_LIMIT }));
    const unread = workbook.sheets.filter((sheet) => !chosen.includes(sheet));
    return {
      ...{ format: 'xlsx', sheets },
      unread: unread.map(({ name, isHidden }) => ({ name, isHidden })),
      cells: (onFraction) => readSheets(file, workbook, chosen, onFraction),
    };
  });
}

async function* readSheets(
  file: string,
  workbook: Workbook,
  chosen: readonly WorkbookSheet[],
  onFraction: (fraction: number) => void,
): AsyncGenerator<FileRow> {
  const zip = await withTrouble(() => openZip(file, LIMITS));
  try {
    const context = await readContext(zip, workbook);
    const total = chosen.reduce((sum, { part }) => sum + zip.sizeOf(part), 0);
    let done = 0;
    for (const [index, { part }] of chosen.entries()) {
      const stream = (await zip.read(part))!;
      for await (const row of readSheet(stream, context, (bytes) => onFraction((done += bytes) / Math.max(total, 1))))
        yield index === 0 ? row : { ...row, line: row.line + index * ROW_LIMIT };
    }
    onFraction(1);
  } catch (error) {
    throw explain(error);
  } finally {
    zip.close();
  }
}

async function readContext(zip: Zip, { calendar, styles, texts }: Workbook): Promise<SheetContext> {
  const open = (part: string | undefined) => (part === undefined ? undefined : zip.read(part));
  return { calendar, styles: await readStyles(await open(styles)), texts: await readTexts(await open(texts)) };
}

function chooseSheets(sheets: readonly WorkbookSheet[], wanted: string | number | undefined): readonly WorkbookSheet[] {
  const visible = sheets.filter(({ isHidden }) => !isHidden);
  if (wanted === ALL && visible.length > 0) return visible;
  const named = sheets.find(({ name }) => name === wanted) ?? sheets.find(({ name }) => name.trim() === wanted);
  const found =
    wanted === undefined
      ? (visible[0] ?? sheets[0])
      : typeof wanted === 'number'
        ? (sheets[wanted - 1] ?? sheets.find(({ name }) => name === String(wanted)))
        : named;
  if (found) return [found];
  const names = sheets.map(({ name }) => name);
  if (names.length === 0) throw new ImportProblem('文件中没有可读的工作表。', 'The file has no sheet with cells.');
  throw new ImportProblem(
    `文件中没有工作表“${wanted}”。有：${names.map((name) => `“${name}”`).join('、')}。`,
    `The file has no sheet "${wanted}". It has: ${names.map((name) => `"${name}"`).join(', ')}.`,
  );
}

const LIMITS = { unpacked: XLSX_UNPACKED_LIMIT, parts: PART_LIMIT };

async function withZip<T>(file: string, use: (zip: Zip) => Promise<T>): Promise<T> {
  return withTrouble(async () => {
    const zip = await openZip(file, LIMITS);
    try {
      return await use(zip);
    } finally {
      zip.close();
    }
  });
}

async function withTrouble<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw explain(error);
  }
}

/** What a damaged file makes of its readers, as a sentence; anything else is a fault of ours. */
function explain(error: unknown): unknown {
  if (error instanceof LargeZip) return tooLarge();
  return error instanceof DamagedZip || error instanceof DamagedXml ? damaged(error) : error;
}

function tooLarge(): ImportProblem {
  return new ImportProblem(
    '工作簿太大：压缩后不得超过 64 MB，解开后不得超过 256 MB。请分成几份，或另存为 CSV（不限大小）。',
    'The workbook is too large: at most 64 MB packed and 256 MB unpacked. Split it, or save it as CSV, which has no limit.',
  );
}

function damaged(cause?: unknown): ImportProblem {
  const problem = new ImportProblem('这不是完好的 .xlsx 文件。', 'This is not a sound .xlsx file.');
  problem.cause = cause;
  return problem;
}
