// A page without pixels that has a desk, for a test to work at: `window.desk`.
import { Desk } from '../../../client/desk/desk.svelte.ts';

declare global {
  interface Window {
    desk: Desk;
    ready: boolean;
  }
}

window.desk = new Desk({ pulseMs: 1_000, doubtMs: 1_000, tickMs: 100, retry: { firstMs: 100, mostMs: 1_000 } });
window.desk.start();
window.ready = true;
