/** The cells of one line of CSV, counted by its delimiters and quotes. */

export interface CellCount {
  readonly cells: number;
  /** The last cell, from 1, in which something stands; 0 where none is. */
  readonly lastFilled: number;
}

export interface LineRead extends CellCount {
  /**
   * `open`: the line ends within quotes. `unsound`: the line began within quotes, and a quote in it neither opens a cell
   * nor closes one. In other lines such quotes are text.
   */
  readonly state: 'closed' | 'open' | 'unsound';
}

export const QUOTE = '"';

/** @param isInside whether the line begins within a quoted cell, which is then its first */
export function readLine(line: string, delimiter: string, isInside: boolean): LineRead {
  let cells = 1;
  let lastFilled = isInside ? 1 : 0;
  for (let at = 0; ; cells++) {
    const isContinued = isInside && cells === 1;
    let end = at;
    if (isContinued || line[at] === QUOTE) {
      const begin = isContinued ? 0 : at + 1;
      const close = findClose(line, begin);
      if (close < 0) return { state: 'open', cells, lastFilled: cells };
      end = close + 1;
      const isSound = end === line.length || line[end] === delimiter;
      if (isInside && !isSound) return { state: 'unsound', cells, lastFilled };
      if (!isSound || line.slice(begin, close).trim() !== '') lastFilled = cells;
    }
    const begin = end;
    end = line.indexOf(delimiter, begin);
    if (end < 0) end = line.length;
    const text = line.slice(begin, end);
    if (isInside && text.includes(QUOTE)) return { state: 'unsound', cells, lastFilled };
    if (text.trim() !== '') lastFilled = cells;
    if (end === line.length) return { state: 'closed', cells, lastFilled };
    at = end + 1;
  }
}

/** The quote that closes a cell; a doubled one is a sign within it. */
export function findClose(line: string, begin: number): number {
  for (let at = line.indexOf(QUOTE, begin); at >= 0; at = line.indexOf(QUOTE, at + 2)) {
    if (line[at + 1] !== QUOTE) return at;
  }
  return -1;
}
