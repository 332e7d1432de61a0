/** What a browser keeps for a page. One that forbids it, or has no room, forgets: nothing else may hang on it. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

/** @param open reading `localStorage` itself throws where a browser forbids it */
export function guardMemory(open: () => Memory): Memory {
  return {
    getItem(key) {
      try {
        return open().getItem(key);
      } catch {
        return null;
      }
    },
    setItem(key, value) {
      try {
        open().setItem(key, value);
      } catch {
        // Asked for again next time.
      }
    },
  };
}
