/** Work that is begun early and settled in the order of its beginning. */

export interface OrderedWork {
  /** Begins `work` at once, and calls `settle` once all that was added before is settled; resolves when there is room for more. */
  add<T>(work: () => Promise<T>, settle: (result: T) => Promise<void>): Promise<void>;
  /** Resolves when everything is settled. */
  drain(): Promise<void>;
}

/** @param limit how much may be under way */
export function createOrderedWork(limit: number): OrderedWork {
  const waiting: Promise<void>[] = [];
  let last = Promise.resolve();
  return {
    async add(work, settle) {
      const [before, result] = [last, work()];
      const settled = (async () => {
        // Both are awaited from now on: whichever fails is heard.
        const [, value] = await Promise.all([before, result]);
        await settle(value);
      })();
      // Whoever awaits it hears of a failure later than it happens.
      settled.catch(() => {});
      last = settled;
      waiting.push(settled);
      if (waiting.length >= limit) await waiting.shift();
    },
    async drain() {
      waiting.length = 0;
      await last;
    },
  };
}
