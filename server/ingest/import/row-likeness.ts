/** Tells lines that are rows from lines of a text within a cell. */
import { type CellCount, findClose, QUOTE } from './read-line.ts';

/** Lines that an open quote holds together, and the cells of the record that they would be. */
export interface JoinedLines extends CellCount {
  readonly lines: readonly string[];
}

/**
 * Whether such lines are one record. It has as many cells as the header. And it is not so that two or more of its lines,
 * and half of them, look like rows by themselves: they are rows then, and one stray quote has opened the cell and
 * another one, perhaps far below, has closed it.
 * @param width the header's cells; undefined for the header itself, which is then held against its own lines
 * @param above a sound row of one line, if there is any; else the first of the lines stands for it
 */
export function isOneRecord(
  { lines, cells, lastFilled }: JoinedLines,
  delimiter: string,
  width = cells,
  above = lines[0]!,
): boolean {
  if (cells < width || lastFilled > width) return false;
  const model = shapesOf(splitAlone(above, delimiter).cells);
  const filled = lines.filter((line) => line.trim() !== '');
  const rows = filled.filter((line) => isLikeRow(splitAlone(line, delimiter), width, model));
  return rows.length < 2 || rows.length * 2 < filled.length;
}

interface LoneLine {
  readonly cells: readonly string[];
  /** The place of the cell whose quote the line does not close: whether what follows is within it nobody knows. */
  readonly openAt: number;
}

/** The cells of a line by itself, as they stand. */
function splitAlone(line: string, delimiter: string): LoneLine {
  const cells: string[] = [];
  for (let at = 0; ;) {
    const close = line[at] === QUOTE ? findClose(line, at + 1) : at;
    if (close < 0) return { cells: [...cells, ...line.slice(at).split(delimiter)], openAt: cells.length };
    // A quote that closes in the midst of a text has not quoted it.
    const isQuoted = close > at && (close + 1 === line.length || line[close + 1] === delimiter);
    const end = line.indexOf(delimiter, isQuoted ? close : at);
    if (end < 0) return { cells: [...cells, line.slice(at)], openAt: Infinity };
    cells.push(line.slice(at, end));
    at = end + 1;
  }
}

/** As many cells as the header, and one of them, or all, written as the model's: a date or an id betrays a row, a comma does not. */
function isLikeRow({ cells, openAt }: LoneLine, width: number, model: readonly string[]): boolean {
  if (cells.length < width) return false;
  if (openAt >= width && cells.slice(width).some((cell) => cell.trim() !== '')) return false;
  const shapes = shapesOf(cells.slice(0, width));
  if (shapes.some((shape, index) => isTelling(shape) && shape === model[index])) return true;
  return shapes.some((shape) => shape.includes('0')) && shapes.every((shape, index) => shape === model[index]);
}

/** Any text may hold a small number alone. */
function isTelling(shape: string): boolean {
  return shape.includes('0') && shape !== '0';
}

/** How a cell is written: `2019/6/5 9:03` and `2020/12/24 10:00` alike are `00/0/0 0:0`, `c4` and `d17` are `a0`. */
function shapesOf(cells: readonly string[]): readonly string[] {
  return cells.map((cell) =>
    cell
      .slice(0, 100)
      .replaceAll(QUOTE, '')
      .replaceAll(/\p{Nd}+/gu, (digits) => (digits.length > 2 ? '00' : '0'))
      .replaceAll(/\p{L}+/gu, 'a')
      .trim(),
  );
}
