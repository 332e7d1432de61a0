/** The rows of a file, whatever its format: what every reader of files answers with. */
import type { Delimiter } from '../../../domain/mapping/schema.ts';
import type { FoundEncoding } from './encoding.ts';

export type FileRow =
  | { readonly kind: 'cells'; readonly line: number; readonly cells: readonly string[] }
  /** The column names once more, as a page break repeats them. */
  | { readonly kind: 'header'; readonly line: number }
  /** A line that cannot be cut into the header's columns, or with a cell that cannot be read. */
  | { readonly kind: 'broken'; readonly line: number; readonly reason: 'quote' | 'long' | 'encoding' | 'cell' }
  | {
      readonly kind: 'broken';
      readonly line: number;
      readonly reason: 'columns';
      /** How many cells it has, and how many the header. */
      readonly cells: number;
      readonly wanted: number;
    };

/** A sheet of a workbook that is read. The lines of all of them are counted on from one to the next. */
export interface Sheet {
  readonly name: string;
  /** How many lines were counted before its first: its row 1 is line `before + 1`. */
  readonly before: number;
}

/** What the reader of one format answers with: every row of the file, those above the header included. */
export interface CellSource {
  readonly format: 'csv' | 'xlsx';
  /** Of a text: how its bytes were read, and how sure that is. */
  readonly encoding?: FoundEncoding;
  /** Of a text: what stands between its cells. */
  readonly delimiter?: Delimiter;
  /** Of a workbook: the sheets that are read, in order. */
  readonly sheets?: readonly Sheet[];
  /** Of a workbook: the sheets that are not read. */
  readonly unread?: readonly { readonly name: string; readonly isHidden: boolean }[];
  /**
   * The rows from the first again at each call.
   * @param onFraction hears how much has been read, 0 to 1
   * @param headerLine where the column names stand, if that is known: their number tells rows from lines within a cell
   */
  cells(onFraction: (fraction: number) => void, headerLine?: number): AsyncIterable<FileRow>;
}

export interface RowSource extends Omit<CellSource, 'cells'> {
  /** The line of the column names; 0 where the file has none, and its columns are named `#1`, `#2` … */
  readonly headerLine: number;
  readonly header: readonly string[];
  /** The rows below the header, from the first again at each call. `onFraction` hears how much has been read, 0 to 1. */
  rows(onFraction: (fraction: number) => void): AsyncIterable<FileRow>;
}
