/** How long a thread keeps everybody else waiting. */

/** The longest time that this thread gave nobody else a turn while `work` went on, ms. */
export async function longestPause(work: () => Promise<unknown>): Promise<number> {
  let [longest, last, isOver] = [0, performance.now(), false];
  const look = (): void => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isOver) setImmediate(look);
  };
  look();
  await work();
  isOver = true;
  return longest;
}
