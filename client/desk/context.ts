/** A page's one desk, for all its parts: opened by the page, asked for by whatever it holds. */
import { createContext, onDestroy } from 'svelte';
import { Desk } from './desk.svelte.ts';

const [getDesk, provideDesk] = createContext<Desk>();
export { getDesk };

/** Called while a page is set up: its desk works until the page is gone. */
export function openDesk(): Desk {
  const desk = provideDesk(new Desk());
  onDestroy(desk.start());
  return desk;
}
