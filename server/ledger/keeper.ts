/** What an engine can do with a ledger that nobody here has opened: make one, keep others away, copy it, take a copy in. */

/** What a copy holds. */
export interface CopyContents {
  readonly ledgerId: string;
  readonly hall: string;
  /** The head, and how many events there are. */
  readonly seq: number;
  readonly events: number;
}

export interface LedgerKeeper {
  /** The name in the hall's folder of the file whose presence says that there is a ledger. */
  readonly file: string;
  /** Makes an empty ledger, closed and on disk. `now` is epoch ms. */
  create(place: { folder: string; hall: string; zone: string; now: number }): void;
  /** Keeps every other writer away until the release that it returns is called. @throws LedgerError `in-use` */
  hold(folder: string, waitMs: number): () => void;
  /**
   * Writes the ledger of `folder`, as it stands at one moment, into the folder `into`, in files of the engine's choice,
   * `file` among them; whoever writes meanwhile is not held up.
   * @throws LedgerError `damaged` when the copy does not hold what the ledger held
   */
  copy(folder: string, into: string): Promise<CopyContents>;
  /**
   * Checks a copy that lies in `folder`, and makes it a ledger of its own.
   * @returns its ledger id, which no ledger had before
   * @throws LedgerError `damaged` when it does not hold what is expected
   */
  adopt(folder: string, expected: { seq: number; events: number }): string;
  /** The problem behind an error met in `folder`, as a LedgerError where it is one that the port names. */
  explain(error: unknown, folder: string): Error;
}
