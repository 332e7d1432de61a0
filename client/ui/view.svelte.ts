/** A view, built anew when what it reads has changed, stays the very same object where it says the same: a page touches only what changed. */
import { reuse } from './reuse.ts';

export interface View<T> {
  readonly current: T;
}

/** @param build makes a plain value, which nobody changes, out of the states that it reads */
export function keepView<T>(build: () => T): View<T> {
  let kept: unknown;
  const view = $derived.by(() => (kept = reuse(kept, build())) as T);
  return {
    get current() {
      return view;
    },
  };
}
