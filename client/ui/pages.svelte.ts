/** A list too long for its place turns its pages by itself. */

export const PAGE_MS = 10_000;

export interface Pages<T> {
  readonly shown: readonly T[];
  /** Counted from 1. */
  readonly page: number;
  readonly pages: number;
}

/** Must be called while a component is set up: the turning ends with it. */
export function turnPages<T>(list: () => readonly T[], size: number): Pages<T> {
  let turn = $state(0);
  const pages = $derived(Math.max(1, Math.ceil(list().length / size)));
  const page = $derived(turn % pages);
  $effect(() => {
    if (pages === 1) return;
    const timer = setInterval(() => turn++, PAGE_MS);
    return () => clearInterval(timer);
  });
  return {
    get shown() {
      return list().slice(page * size, (page + 1) * size);
    },
    get page() {
      return page + 1;
    },
    get pages() {
      return pages;
    },
  };
}
