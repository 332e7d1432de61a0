/** The rows of a file, whatever its format: what every reader of files answers with. */

export type FileRow =
  | { readonly kind: 'cells'; readonly line: number; readonly cells: readonly string[] }
  /** A line that cannot be cut into the header's columns. */
  | { readonly kind: 'broken'; readonly line: number; readonly reason: 'quote' | 'long' | 'columns' };

export interface RowSource {
  readonly format: 'csv' | 'xlsx';
  readonly encoding?: string;
  readonly header: readonly string[];
  /** The rows below the header, from the first again at each call. `onFraction` hears how much has been read, 0 to 1. */
  rows(onFraction: (fraction: number) => void): AsyncIterable<FileRow>;
}
