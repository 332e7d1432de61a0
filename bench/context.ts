/** What a bench is given: where the built product lies, where it may write, how much and how often it shall measure. */

/** `small` only proves that the bench still runs; its figures say nothing. */
export type BenchSize = 'full' | 'small';

export interface BenchContext {
  /** The built server's entry. */
  readonly mainFile: string;
  /** The built bench command, which is also started as every child. */
  readonly commandFile: string;
  /** The project's folder, for reading what a page needs. */
  readonly root: string;
  /** A folder of this run's own, gone afterwards; or one that is named, whose hall an earlier run has filled. */
  readonly folder: string;
  readonly size: BenchSize;
  /** Ten times as many events, where a bench has years of a hall behind it. */
  readonly isLarge: boolean;
  readonly rounds: number;
  /** Where a CPU profile of the product's server is written, if one is wanted. */
  readonly profileFolder: string | undefined;
}

/** Prints its own ratios. */
export type Bench = (context: BenchContext) => Promise<void>;
