/** Work that is done one after another, in the order in which it was asked for, whatever becomes of what went before. */

export type InTurn = <T>(run: () => Promise<T>) => Promise<T>;

/** @param before awaited at the beginning of each turn, such as the board's catching up */
export function createTurns(before?: () => Promise<unknown>): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (run) => {
    const next = last.then(before).then(run);
    last = next.catch(() => {});
    return next;
  };
}
