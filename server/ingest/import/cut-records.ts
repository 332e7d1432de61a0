/** Where the records of a CSV text begin and end, by its line ends and quotes alone: the count that the rows are held against. */
import { type CellCount, readLine } from './read-line.ts';
import { isOneRecord } from './row-likeness.ts';

/** A record longer than this, in characters, is no row. */
export const RECORD_LIMIT = 1_000_000;

export type CutRecord =
  /** `from` and `to` are its first and its last line in the file, from 1; the line ends within it are `\n`. */
  | { readonly kind: 'record'; readonly from: number; readonly to: number; readonly text: string }
  /** A line with a quote that opens a cell and never closes it, one that is too long, or bytes that are no text. */
  | { readonly kind: 'broken'; readonly from: number; readonly to: number; readonly reason: BrokenReason };

export type BrokenReason = 'quote' | 'long' | 'encoding';

/** What a decoder writes for bytes that are no sign of the encoding. */
const UNREADABLE = '\uFFFD';

export interface RecordCutter {
  /** Takes the next piece of the text, and gives the records that are certain by now. Empty lines are none. */
  push(text: string): readonly CutRecord[];
  /** Gives what the end of the text makes certain. */
  end(): readonly CutRecord[];
}

export interface CutOptions {
  readonly delimiter: string;
  /** The line that holds the column names, from 1: their number tells rows from lines within a cell. */
  readonly headerRow: number;
}

/** Lines that an open quote holds together so far. */
interface Group extends CellCount {
  /** Its first line's place among those that are kept. */
  readonly start: number;
  readonly length: number;
}

/** Stands for a line that is too long to be kept. */
const TOO_LONG = undefined;

/**
 * A state machine without any I/O. A cell that is open where its line ends is followed through the lines below. Where it
 * closes well, these lines are one record; where it does not, the quote is a stray one: its line alone is broken, and
 * the lines below are read anew, each by itself. It keeps no more than `RECORD_LIMIT` characters beyond a piece.
 */
export function createRecordCutter({ delimiter, headerRow }: CutOptions): RecordCutter {
  let held = '';
  let isTooLong = false;
  /** The lines that are not certain yet, the first of which is the file's `firstLine`. */
  let lines: (string | typeof TOO_LONG)[] = [];
  let firstLine = 1;
  let next = 0;
  let group: Group | undefined;
  let width: number | undefined;
  /** The last row below the header that is one line. */
  let above: string | undefined;
  let records: CutRecord[] = [];

  const give = (start: number, text: string, cells: number) => {
    const [from, to] = [firstLine + start, firstLine + next - 1];
    if (width === undefined) width = to >= headerRow ? cells : undefined;
    else if (from === to) above = text;
    if (text.includes(UNREADABLE)) records.push({ kind: 'broken', from, to, reason: 'encoding' });
    else records.push({ kind: 'record', from, to, text });
    group = undefined;
  };
  const refuse = (start: number, reason: 'quote' | 'long') => {
    records.push({ kind: 'broken', from: firstLine + start, to: firstLine + start, reason });
    group = undefined;
    next = start + 1;
  };
  const begin = (line: string) => {
    if (line === '') return;
    const start = next - 1;
    // Most lines are this, and need no counting.
    if (width !== undefined && !line.includes('"')) return give(start, line, width);
    const { state, cells, lastFilled } = readLine(line, delimiter, false);
    if (state === 'closed') give(start, line, cells);
    else group = { start, cells, lastFilled, length: line.length };
  };
  const follow = ({ start, ...before }: Group, line: string) => {
    const read = readLine(line, delimiter, true);
    const length = before.length + 1 + line.length;
    if (read.state === 'unsound' || length > RECORD_LIMIT) return refuse(start, 'quote');
    // The line's first cell is the group's last.
    const cells = before.cells - 1 + read.cells;
    const lastFilled = before.cells - 1 + read.lastFilled;
    if (read.state === 'open') group = { start, cells, lastFilled, length };
    else {
      const parts = lines.slice(start, next) as string[];
      if (isOneRecord({ lines: parts, cells, lastFilled }, delimiter, width, above))
        give(start, parts.join('\n'), cells);
      else refuse(start, 'quote');
    }
  };
  const run = () => {
    while (next < lines.length) {
      const line = lines[next++];
      if (line === TOO_LONG) refuse(group?.start ?? next - 1, group ? 'quote' : 'long');
      else if (group) follow(group, line);
      else begin(line);
    }
  };
  const settle = () => {
    const done = group?.start ?? lines.length;
    lines = lines.slice(done);
    firstLine += done;
    next -= done;
    if (group) group = { ...group, start: 0 };
    const given = records;
    records = [];
    return given;
  };
  const addLine = (line: string) => {
    lines.push(isTooLong || line.length > RECORD_LIMIT ? TOO_LONG : line);
    isTooLong = false;
  };

  return {
    push(text) {
      const all = held + text;
      // A pair cut in two between pieces waits for its other half.
      const isHalf = all.endsWith('\r');
      const whole = isHalf ? all.slice(0, -1) : all;
      const parts = whole.split(whole.includes('\r') ? /\r\n|\r|\n/ : '\n');
      held = parts.pop()!;
      parts.forEach(addLine);
      if (held.length > RECORD_LIMIT) [held, isTooLong] = ['', true];
      if (isHalf) held += '\r';
      run();
      return settle();
    },
    end() {
      const last = held.replace(/\r$/, '');
      if (last !== '' || isTooLong) addLine(last);
      held = '';
      run();
      // What is open now is never closed.
      while (group) {
        refuse(group.start, 'quote');
        run();
      }
      return settle();
    },
  };
}
