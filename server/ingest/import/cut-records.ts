/** A second reader of a CSV file's line ends and quotes: where each record begins and ends, and which quotes are stray. */

/** Lines that one cell may span, and characters: what is longer is an unclosed quote that swallows the file. */
const LINES_LIMIT = 200;
const CHARACTERS_LIMIT = 100_000;

export interface CutRecord {
  /** The first and the last physical line, from 1. */
  readonly line: number;
  readonly lastLine: number;
  readonly kind: 'record' | 'blank' | 'stray';
  /** Without the line end behind it. */
  readonly text: string;
}

/**
 * Cuts lines into records. A quote that opens a cell and is not closed before its line ends is stray, and the row with it,
 * unless the cell really goes on: the quote closes before a delimiter or a line end within the limits, and no line in
 * between is a whole row by itself. So two stray quotes never take the rows between them along.
 */
export async function* cutRecords(
  lines: AsyncIterable<string> | Iterable<string>,
  delimiter: string,
): AsyncGenerator<CutRecord> {
  const ahead: string[] = [];
  const iterator = Symbol.asyncIterator in lines ? lines[Symbol.asyncIterator]() : lines[Symbol.iterator]();
  const peek = async (index: number): Promise<string | undefined> => {
    while (ahead.length <= index) {
      const next = await iterator.next();
      if (next.done) return undefined;
      ahead.push(next.value);
    }
    return ahead[index];
  };
  let width: number | undefined;
  for (let line = 1; ;) {
    const text = await peek(0);
    if (text === undefined) return;
    const reading = readCells(text, delimiter);
    if (reading.state !== 'open') {
      const kind = text === '' ? 'blank' : reading.state === 'whole' ? 'record' : 'stray';
      if (kind === 'record') width ??= reading.cells;
      yield { line, lastLine: line, kind, text };
      ahead.shift();
      line++;
      continue;
    }
    const count = await measureSpan(peek, delimiter, width);
    const parts = ahead.splice(0, count ?? 1);
    const kind = count === undefined ? 'stray' : 'record';
    if (kind === 'record') width ??= readCells(parts.join('\n'), delimiter).cells;
    yield { line, lastLine: line + parts.length - 1, kind, text: parts.join('\n') };
    line += parts.length;
  }
}

/** How many lines the record at the front takes; `undefined` where its open quote is stray. */
async function measureSpan(
  peek: (index: number) => Promise<string | undefined>,
  delimiter: string,
  width: number | undefined,
): Promise<number | undefined> {
  let text = (await peek(0))!;
  for (let count = 2; count <= LINES_LIMIT && text.length <= CHARACTERS_LIMIT; count++) {
    const next = await peek(count - 1);
    if (next === undefined) return undefined;
    text += `\n${next}`;
    const { state, cells } = readCells(text, delimiter);
    // A row in the place of a cell's next line: the quote before it was never meant to reach so far. Only where the
    // quote closes in the line's first cell can both readings be whole, and then the cell is what was meant.
    const closesFirst = state === 'whole' && !next.slice(0, next.indexOf('"')).includes(delimiter);
    const alone = readCells(next, delimiter);
    if (!closesFirst && width !== undefined && width > 1 && alone.state === 'whole' && alone.cells === width)
      return undefined;
    if (state === 'whole') return width === undefined || cells === width ? count : undefined;
    if (state === 'broken') return undefined;
  }
  return undefined;
}

interface CellReading {
  /** `open`: the last cell's quote is not closed. `broken`: something stands between a closing quote and the delimiter. */
  readonly state: 'whole' | 'open' | 'broken';
  readonly cells: number;
}

/** Quotes count where they open a cell; inside, two of them are one sign. */
function readCells(text: string, delimiter: string): CellReading {
  let cells = 1;
  let at = 0;
  for (;;) {
    if (text[at] === '"') {
      let close = at + 1;
      for (; close < text.length; close++) {
        if (text[close] !== '"') continue;
        if (text[close + 1] !== '"') break;
        close++;
      }
      if (close >= text.length) return { state: 'open', cells };
      at = close + 1;
      if (at < text.length && !text.startsWith(delimiter, at)) return { state: 'broken', cells };
    } else {
      const next = text.indexOf(delimiter, at);
      at = next < 0 ? text.length : next;
    }
    if (at >= text.length) return { state: 'whole', cells };
    at += delimiter.length;
    cells++;
  }
}
