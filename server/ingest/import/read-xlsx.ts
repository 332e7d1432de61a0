/** One sheet of an XLSX file as rows of text. A sheet is held in memory as a whole, so its size is bounded first. */
import { readFile } from 'node:fs/promises';
import { readSheet, SheetNotFoundError } from 'read-excel-file/universal';
import type { MappingSpec } from '../../../domain/mapping/schema.ts';
import { ImportProblem } from './problem.ts';
import type { CellSource } from './file-row.ts';
import { judgeZip } from './zip-directory.ts';

export const XLSX_FILE_LIMIT = 64 * 1024 * 1024;
export const XLSX_UNPACKED_LIMIT = 256 * 1024 * 1024;
const ENTRY_LIMIT = 2_000;
const DAY_MS = 86_400_000;
/** Where a sheet's calendar begins: a cell that holds a time of day alone lies on that day or just before it. */
const SHEET_EPOCH_MS = Date.UTC(1900, 0, 1);

export async function openXlsx(
  file: string,
  size: number,
  options: NonNullable<MappingSpec['file']>,
): Promise<CellSource> {
  if (size > XLSX_FILE_LIMIT) throw tooLarge();
  const bytes = await readFile(file);
  const verdict = await judgeZip(bytes, XLSX_UNPACKED_LIMIT, ENTRY_LIMIT);
  if (verdict === 'too-large') throw tooLarge();
  if (verdict === 'damaged') throw damaged();
  const sheet = await readCells(bytes, options.sheet);
  return {
    format: 'xlsx',
    async *cells(onFraction) {
      for (const [index, cells] of sheet.entries()) {
        if (index % 1_000 === 0) {
          onFraction(index / sheet.length);
          // Without a pause a long sheet would starve everything else that the process does.
          await new Promise((resolve) => setImmediate(resolve));
        }
        yield { kind: 'cells', line: index + 1, cells };
      }
      onFraction(1);
    },
  };
}

async function readCells(bytes: Buffer, sheet: string | number | undefined): Promise<readonly (readonly string[])[]> {
  const copy = new Uint8Array(bytes).buffer;
  try {
    const rows = await readSheet(copy, sheet ?? 1, { parseNumber: formatNumber });
    return rows.map((row) => row.map((cell) => formatCell(cell)));
  } catch (error) {
    if (error instanceof SheetNotFoundError) {
      throw new ImportProblem(`文件中没有工作表“${sheet}”。`, `The file has no sheet "${sheet}".`);
    }
    throw damaged(error);
  }
}

/** A long number keeps its digits: as a number it would lose those beyond the fifteenth. */
function formatNumber(text: string): string {
  if (/^-?\d+$/.test(text)) return text;
  // 0.1 + 0.2 is stored with its rounding error, which nobody sees in the sheet.
  return String(Number(Number(text).toPrecision(15)));
}

function formatCell(cell: unknown): string {
  if (cell instanceof Date) return formatDateCell(cell);
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE';
  return typeof cell === 'string' ? cell : '';
}

/** As a CSV export would write it: `2019-06-05`, `2019-06-05 09:03:00`, or `9:03:00` for a time of day alone. */
function formatDateCell(cell: Date): string {
  const rounded = new Date(settleSecond(cell.getTime()));
  const iso = rounded.toISOString();
  const millis = iso.slice(19, 23) === '.000' ? '' : iso.slice(19, 23);
  const clock = `${iso.slice(11, 19)}${millis}`;
  if (rounded.getTime() < SHEET_EPOCH_MS) return clock.replace(/^0(\d:)/, '$1');
  return rounded.getTime() % DAY_MS === 0 ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${clock}`;
}

/** A sheet keeps a moment as a fraction of days, which comes back a millisecond short of the second that was typed. */
function settleSecond(ms: number): number {
  const second = Math.round(ms / 1_000) * 1_000;
  return Math.abs(ms - second) <= 2 ? second : Math.round(ms);
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
