/** The page of a window's tablet: its window is the end of its address, and its right a cookie. */
import '@fontsource-variable/noto-sans-sc/wght.css';
import { mount } from 'svelte';
import '../../ui/page.ts';
import '../../ui/touch.css';
import '../../display/kiosk.css';
import { keepAwake } from '../../display/wake-lock.ts';
import { guardMemory } from '../../live/memory.ts';
import { createRenewal } from '../../live/renewal.ts';
import Rate from './Rate.svelte';
import { Tablet } from './tablet.svelte.ts';

const tablet = new Tablet({
  window: readWindow(),
  onBuild: createRenewal({
    origin: '',
    build: import.meta.env['VITE_BUILD'] as string,
    reload: () => location.reload(),
    memory: guardMemory(() => sessionStorage),
  }),
});
mount(Rate, { target: document.getElementById('app')!, props: { tablet } });
tablet.start();
keepAwake();

function readWindow(): string {
  const last = location.pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
