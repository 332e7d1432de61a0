/** The one alarm that a wall shows at a time, the same in every place: what the key takes is what is read. */
import { untrack } from 'svelte';
import { PAGE_MS } from '../ui/pages.svelte.ts';
import type { AlarmView } from './alarms.ts';
import { followAlarms, NO_PAGE, turnAlarm } from './pager.ts';

/** What a banner draws. */
export interface ShownAlarm {
  readonly view: AlarmView;
  /** How many more there are. */
  readonly others: number;
  /** Whether nobody has taken some alarm, be it this one or another. */
  readonly isAnyOpen: boolean;
  /** Why the key that was just pressed did nothing. */
  readonly refusal?: string | undefined;
}

export interface AlarmPager {
  readonly shown: AlarmView | undefined;
  /** Its time on the wall begins anew. */
  stay(): void;
}

/** Must be called while a component is set up: the turning ends with it. */
export function pageAlarms(list: () => readonly AlarmView[]): AlarmPager {
  let last = $state.raw(NO_PAGE);
  let stays = $state(0);
  const page = $derived(
    followAlarms(
      last,
      list().map(({ id }) => id),
    ),
  );
  const id = $derived(page.id);
  const isAlone = $derived(page.ids.length < 2);
  $effect(() => {
    last = page;
  });
  $effect(() => {
    // Each alarm has its full time, from when it came into sight.
    void [id, stays];
    if (isAlone) return;
    const timer = setTimeout(() => (last = turnAlarm(untrack(() => page))), PAGE_MS);
    return () => clearTimeout(timer);
  });
  return {
    get shown() {
      return list().find((view) => view.id === id);
    },
    stay() {
      stays++;
    },
  };
}
