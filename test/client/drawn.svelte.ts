// A component's reading of a view, without a browser: what was read from it, each time that it was told of a change.
import { keepView } from '../../client/ui/view.svelte.ts';

export interface Drawn {
  /** Sets the number that the view is made of. */
  set(n: number): void;
  /** The first row of the view, whenever who reads it was told that it changed. */
  readonly drawn: readonly string[];
  stop(): void;
}

/** A number's tens and units as two rows of a view; the tens are drawn. */
export function countTens(first: number): Drawn {
  let n = $state(first);
  const drawn: string[] = [];
  const stop = $effect.root(() => {
    const view = keepView(() => ({ tens: { value: Math.floor(n / 10) }, units: { value: n % 10 } }));
    const tens = $derived(view.current.tens);
    $effect(() => void drawn.push(String(tens.value)));
  });
  return { set: (next) => (n = next), drawn, stop };
}
