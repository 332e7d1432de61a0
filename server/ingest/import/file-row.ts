/** The rows of a file, whatever its format: what every reader of files answers with. */
import type { FoundEncoding } from './encoding.ts';

export type FileRow =
  | { readonly kind: 'cells'; readonly line: number; readonly cells: readonly string[] }
  /** A line that cannot be cut into the header's columns. */
  | { readonly kind: 'broken'; readonly line: number; readonly reason: 'quote' | 'long' | 'encoding' }
  | {
      readonly kind: 'broken';
      readonly line: number;
      readonly reason: 'columns';
      /** How many cells it has, and how many the header. */
      readonly cells: number;
      readonly wanted: number;
    };

export interface RowSource {
  readonly format: 'csv' | 'xlsx';
  /** Of a text: how its bytes were read, and how sure that is. */
  readonly encoding?: FoundEncoding;
  readonly header: readonly string[];
  /** The rows below the header, from the first again at each call. `onFraction` hears how much has been read, 0 to 1. */
  rows(onFraction: (fraction: number) => void): AsyncIterable<FileRow>;
}
