/** Cells under their column names: where the names stand, what lies under them, and what merged cells leave blank. */
import { isPlace, placeOf } from '../../../domain/mapping/columns.ts';
import type { CellSource, FileRow, RowSource, Sheet } from './file-row.ts';
import { ImportProblem } from './problem.ts';

export interface Layout {
  /** The line of the column names, in each sheet; 0: there are none. Absent: they are looked for. */
  readonly headerRow?: number | undefined;
  /** Columns whose blank cells repeat the cell above. */
  readonly fillDown?: readonly string[] | undefined;
}

/** So far down column names are looked for: a title, a span of dates and a remark stand above them at most. */
const LOOKED_AT = 30;

/** Where the names of one sheet stand, and where its columns lie among those of the first. */
interface Header {
  readonly sheet: Sheet;
  readonly line: number;
  readonly names: readonly string[];
  /** For each column of the first sheet its place in this one; absent where they are the same. */
  readonly places?: readonly number[];
}

const WHOLE_FILE: Sheet = { name: '', before: 0 };

/**
 * @param wanted the columns that a mapping reads: the names are the first line that holds all of them
 * @throws ImportProblem where there are no names, or a further sheet lacks a column that is wanted
 */
export async function layOut(
  source: CellSource,
  { headerRow, fillDown = [] }: Layout,
  wanted: readonly string[],
): Promise<RowSource> {
  const named = wanted.filter((name) => !isPlace(name));
  const headers = await findHeaders(source, headerRow, named);
  const [first] = headers;
  if (!first) throw new ImportProblem('文件里没有内容。', 'There is nothing in the file.');
  const { names } = first;
  const filled = fillDown.map((name) => placeOf(name, names)).filter((place) => place >= 0);
  const { cells, ...about } = source;
  return {
    ...about,
    header: names,
    headerLine: first.line,
    async *rows(onFraction) {
      let [current, next] = [first, 1];
      let above: string[] = [];
      for await (const row of cells(onFraction, first.line)) {
        for (; headers[next] && row.line > headers[next]!.sheet.before; next++) [current, above] = [headers[next]!, []];
        const { line, names: own, places } = current;
        if (row.line <= line) continue;
        if (row.kind !== 'cells') yield row;
        else if (line > 0 && repeatsNames(row.cells, own)) yield { kind: 'header', line: row.line };
        else {
          const placed = places ? { ...row, cells: places.map((place) => row.cells[place] ?? '') } : row;
          const wide = source.format === 'csv' ? checkWidth(placed, names.length) : placed;
          yield wide.kind === 'cells' && filled.length > 0 ? fill(wide, filled, above) : wide;
        }
      }
    },
  };
}

async function findHeaders(
  source: CellSource,
  headerRow: number | undefined,
  wanted: readonly string[],
): Promise<readonly Header[]> {
  const sheets = source.sheets ?? [WHOLE_FILE];
  const tops = await readTops(source, sheets, headerRow);
  const headers: Header[] = [];
  for (const [index, rows] of tops.entries()) {
    if (rows.length === 0) continue;
    const sheet = sheets[index]!;
    const found = chooseHeader(rows, sheet, headerRow, wanted);
    const [first] = headers;
    headers.push(first ? { ...found, places: layUnder(first.names, found, wanted) } : found);
  }
  return headers;
}

/** The first rows of each sheet, as far down as its column names may stand. */
async function readTops(
  source: CellSource,
  sheets: readonly Sheet[],
  headerRow: number | undefined,
): Promise<readonly FileRow[][]> {
  const tops = sheets.map((): FileRow[] => []);
  const depth = Math.max(LOOKED_AT, headerRow ?? 0);
  let at = 0;
  for await (const row of source.cells(() => {}, headerRow)) {
    while (sheets[at + 1] && row.line > sheets[at + 1]!.before) at++;
    if (row.line <= sheets[at]!.before + depth || tops[at]!.length === 0) tops[at]!.push(row);
    else if (at === sheets.length - 1) break;
  }
  return tops;
}

function chooseHeader(
  rows: readonly FileRow[],
  sheet: Sheet,
  headerRow: number | undefined,
  wanted: readonly string[],
): Header {
  const filled = rows.filter((row) => row.kind !== 'cells' || row.cells.some((cell) => cell.trim() !== ''));
  if (headerRow === 0) {
    const widthOf = (row: FileRow | undefined): number => (row?.kind === 'cells' ? row.cells.length : 0);
    // A sheet's rows end at their last cell, wherever the columns end.
    const width = sheet === WHOLE_FILE ? widthOf(rows[0]) : Math.max(...rows.map(widthOf));
    return { sheet, line: sheet.before, names: Array.from({ length: width }, (_, index) => `#${index + 1}`) };
  }
  const holdsAll = (row: FileRow): boolean => {
    const names = row.kind === 'cells' ? row.cells.map(cleanName) : [];
    return wanted.length > 0 && wanted.every((name) => names.includes(name));
  };
  const row =
    headerRow === undefined
      ? (rows.find(holdsAll) ?? guessHeader(filled))
      : rows.find(({ line }) => line >= sheet.before + headerRow);
  const named = headerRow ?? 1;
  if (row?.kind === 'broken') throw brokenHeader(row.line - sheet.before, row.reason);
  if (row?.kind !== 'cells' || row.cells.every((cell) => cell.trim() === ''))
    throw new ImportProblem(`第 ${named} 行没有列名。`, `Line ${named} holds no column names.`);
  return { sheet, line: row.line, names: trimEnd(row.cells.map(cleanName)) };
}

/** Titles and remarks above the names fill few cells. */
function guessHeader(rows: readonly FileRow[]): FileRow | undefined {
  const [first] = rows;
  if (first?.kind !== 'cells') return first;
  const countFilled = (row: FileRow): number =>
    row.kind === 'cells' ? row.cells.filter((cell) => cell.trim() !== '').length : 0;
  const most = Math.max(...rows.map(countFilled));
  return rows.find((row) => row.kind === 'cells' && countFilled(row) * 2 > most) ?? first;
}

/** Where the columns of the first sheet lie in another, by their names; without names, by their places. */
function layUnder(names: readonly string[], { sheet, line, names: own }: Header, wanted: readonly string[]): number[] {
  if (line === sheet.before) return names.map((_, index) => index);
  const missing = wanted.filter((name) => !own.includes(name));
  if (missing.length > 0)
    throw new ImportProblem(
      `工作表“${sheet.name}”缺少映射用到的列：${missing.join('、')}。请在映射的 file.sheet 中只写要读的那一张。`,
      `The sheet "${sheet.name}" lacks columns of the mapping: ${missing.join(', ')}. Name the one to read in the mapping's file.sheet.`,
    );
  return names.map((name) => own.indexOf(name));
}

/** A header of one cell with another delimiter in it was meant to be cut there. */
export function findDelimiter(header: readonly string[]): ';' | '\t' | '|' | ',' | undefined {
  const [only, ...more] = header;
  return more.length > 0 ? undefined : ([';', '\t', '|', ','] as const).find((sign) => only?.includes(sign));
}

/** Signs of no width come along with names that were copied from a page. */
function cleanName(cell: string): string {
  return cell.replace(/[\u200B-\u200D\u2060\uFEFF]/g, '').trim();
}

/** A header that ends with delimiters names no columns there. */
function trimEnd(names: readonly string[]): readonly string[] {
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1);
}

function repeatsNames(cells: readonly string[], names: readonly string[]): boolean {
  return cells.length >= names.length && names.every((name, index) => cleanName(cells[index]!) === name);
}

function fill(row: Extract<FileRow, { kind: 'cells' }>, places: readonly number[], above: string[]): FileRow {
  if (row.cells.every((cell) => cell.trim() === '')) return row;
  const cells = [...row.cells];
  for (const place of places) {
    if ((cells[place] ?? '').trim() === '') cells[place] = above[place] ?? '';
    else above[place] = cells[place]!;
  }
  return { ...row, cells };
}

/** Cells beyond the header are borne when nothing stands in them; a row that is too short may have lost any of its cells. */
function checkWidth(row: Extract<FileRow, { kind: 'cells' }>, width: number): FileRow {
  const isWhole = row.cells.length === width;
  const isPadded = row.cells.length > width && row.cells.slice(width).every((cell) => cell.trim() === '');
  const isBlank = row.cells.every((cell) => cell.trim() === '');
  if (isWhole || isPadded || isBlank) return row;
  return { kind: 'broken', line: row.line, reason: 'columns', cells: row.cells.length, wanted: width };
}

function brokenHeader(line: number, reason: string): ImportProblem {
  if (reason === 'encoding') {
    return new ImportProblem(
      `第 ${line} 行应为列名，但其中有字节不属于所用的编码，没有导入任何内容。请在映射的 file.encoding 写明编码。`,
      `Line ${line} should hold the column names, but its bytes are not of the encoding; nothing was imported. Name the encoding in the mapping's file.encoding.`,
    );
  }
  if (reason === 'cell') {
    return new ImportProblem(
      `第 ${line} 行应为列名，但其中有单元格无法读取，没有导入任何内容。`,
      `Line ${line} should hold the column names, but a cell in it cannot be read; nothing was imported.`,
    );
  }
  return new ImportProblem(
    `第 ${line} 行应为列名，但其中有引号没有配对，没有导入任何内容。`,
    `Line ${line} should hold the column names, but a quote in it is not closed; nothing was imported.`,
  );
}
